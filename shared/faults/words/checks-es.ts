import type { CheckWords } from '../../sim/fault-check.ts'

/** Why a fault cannot be started so, in Spanish. */
export const checks: CheckWords = {
  nodes: (name, proper, ids) => `${name}: elige ${proper ? 'algunos, no todos,' : 'algunos'} de los nodos ${ids}, cada uno una vez.`,
  oneOf: (name, options) => `${name} tiene que ser uno de ${options}.`,
  whole: (name, least, most, unit) => `${name} tiene que ser un número entero de ${least} a ${most}${unit === '' ? '' : ` ${unit}`}.`,
  object: 'Los parámetros tienen que ser un objeto.',
  unknown: (name) => `Este fallo no tiene el parámetro ${name}.`,
  lies: 'En esta misión un mensaje dañado siempre se ve y se tira: nadie miente.',
  bentClocks: 'En esta misión ningún reloj se tuerce a mitad de la ronda: su seguridad descansa en relojes que van bien.',
}
