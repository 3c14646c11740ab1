import type { CheckWords } from '../../sim/fault-check.ts'

/** Why a fault cannot be started so, in Spanish. */
export const checks: CheckWords = {
  nodes: (name, ids) => `${name}: elige algunos de los nodos ${ids}, cada uno una vez.`,
  notAllNodes: (name, ids) => `${name}: elige algunos, no todos, de los nodos ${ids}, cada uno una vez.`,
  oneOf: (name, options) => `${name} tiene que ser uno de ${options}.`,
  whole: (name, least, most) => `${name} tiene que ser un número entero de ${least} a ${most}.`,
  object: 'Los parámetros tienen que ser un objeto.',
  unknown: (name) => `Este fallo no tiene el parámetro ${name}.`,
  lies: 'En esta misión un mensaje dañado siempre se ve y se tira: nadie miente.',
  bentClocks: 'En esta misión ningún reloj se tuerce a mitad de la ronda: su seguridad descansa en relojes que van bien.',
  endless: (title, mostMs) => `${title} necesita un final: dura como mucho ${mostMs} ms.`,
  lasts: (title, mostMs) => `${title} dura de 1 a ${mostMs} ms.`,
  noFault: (type) => `No existe el fallo ${type}.`,
  activeAlready: (id) => `Ya actúa un fallo llamado ${id}.`,
  tooMany: (most) => `Actúan como mucho ${most} fallos a la vez.`,
}
