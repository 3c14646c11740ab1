import type { texts as english } from '../en/host.ts'
import type { Words } from '../language.ts'

export const texts: Words<typeof english> = {
  levels: {
    L0: { title: 'L0 A mano', words: 'Los estudiantes lo hacen todo, también los latidos. A media velocidad.' },
    L1: { title: 'L1 Tareas', words: 'Los latidos y los acuses van solos.' },
    L2: { title: 'L2 Mensajes', words: 'Los mensajes se atienden solos; los estudiantes deciden esperas, votos y respuestas.' },
    L3: { title: 'L3 Política', words: 'Los estudiantes solo ponen los números, y miran.' },
  },
  open: {
    title: 'Abrir una clase',
    words: 'Recibes un código para el muro. Los estudiantes entran con él; sin cuentas.',
    field: 'Nombre de la clase',
    usual: 'Sistemas distribuidos',
    button: 'Abrir la clase',
    mine: 'Abiertas en este navegador',
  },
  noSecret: {
    title: 'Este navegador no tiene la clave de la clase',
    words: 'Solo puede dirigir una clase el navegador que la abrió. Usa el enlace completo con su clave, o abre otra clase.',
    field: 'El enlace con su clave',
    button: 'Usar este enlace',
    wrong: 'Eso no es un enlace de dirección. Acaba en un código, un punto y una clave.',
  },
  link: {
    connecting: 'Conectando con la clase.',
    lost: 'El servidor no responde. La página vuelve sola; no se pierde nada de lo confirmado.',
    refused: 'La clase no dejó entrar a esta página.',
    elsewhere: 'La cabina está abierta en otra pestaña',
    elsewhereWords: 'Esta página tiene la misma identidad que otra más reciente. La otra dirige ahora.',
    closed: 'Esta clase está cerrada. Sus repeticiones siguen donde están.',
  },
  lobby: {
    local: 'Los estudiantes no pueden abrir esta dirección: es la de su propia máquina. Abre esta página con la dirección de esta máquina en tu red.',
    empty: 'Aún no hay nadie. Pon el código en el muro.',
    free: 'libre: juega un bot',
    gone: 'fuera',
    rename: 'Haz clic en un nombre para cambiarlo o quitarlo.',
  },
  plans: {
    waits: {
      leader: (seconds) => (seconds === '0' ? 'cuando alguien mande' : `cuando alguien lleve ${seconds} s al mando`),
      noLeader: (seconds) => (seconds === '0' ? 'cuando nadie mande' : `cuando nadie haya mandado en ${seconds} s`),
      after: (seconds, fault) => (seconds === '0' ? `cuando acabe ${fault}` : `${seconds} s después del fin de ${fault}`),
      breach: (claim) => `cuando se rompa ${claim ?? 'una promesa'}`,
    },
    monkeyTitle: (seed) => `Mono ${seed}`,
    savedTitle: (title, round, cluster) => `${title}, ronda ${round}, ${cluster}`,
    unreadable: (name) => `No se puede leer ${name}.`,
    nothing: 'Aún no se ha roto nada, ni hay nada previsto: no hay guion que guardar.',
    saveLong: 'Guardar como plan lo hecho y lo que viene',
    saveThis: 'Guardar este plan en un archivo',
    fromFile: 'De un archivo',
    length: (steps, long) => `${steps === 1 ? '1 paso' : `${steps} pasos`}, dura ${long}`,
  },
}
