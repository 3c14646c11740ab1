import { spanish as claims } from './claims-es.ts'
import type { HeartbeatWords } from './en.ts'
import { spanish as facts } from './facts-es.ts'

export const spanish: HeartbeatWords = {
  title: '¿Muerto o solo lento?',
  lesson: {
    brief: 'Cada nodo envía latidos. Los oyes tarde, o no los oyes. Cuando uno calla, decide: ¿está muerto, o solo va lento? Si sospechas pronto, te equivocas. Si esperas mucho, una caída pasa sin que nadie la note. Si un sospechoso late otra vez, retira la sospecha. Nunca lo sabrás de seguro.',
    ruleCard: {
      title: 'Reglas de la sospecha',
      rules: [
        { strong: 'Un latido cada 6 s', rest: 'dice: estoy aquí. Nada más lo dice.' },
        { strong: 'El silencio tiene dos causas:', rest: 'muerto, o lento. No puedes saber cuál.' },
        { strong: 'Cuando se acaba la espera,', rest: 'sospecha. Una caída debe notarse en 30 s.' },
        { strong: 'No antes de 12 s', rest: 'desde un latido que oíste: esos huecos son normales.' },
        { strong: 'Un sospechoso que late', rest: 'está vivo. Vuelve a fiarte en 10 s.' },
        { strong: 'Cada enlace tiene su ritmo.', rest: 'Dale a uno lento una espera mayor.' },
      ],
    },
    runbook: [
      { atMs: 0, say: 'Todos laten. Que vean qué desiguales son los huecos antes de que se rompa nada.', ask: '¿Cuánto después del último latido darías por perdido a un compañero?', answers: ['6 segundos', '12 segundos', '20 segundos', 'Nunca'] },
      { atMs: 70_000, say: 'Tira un nodo medio minuto.', ask: '¿Cómo se ve un nodo caído desde donde estás?', answers: ['Lo dice él', 'Como uno lento', 'Como un enlace cortado', 'Como los dos últimos'] },
      { atMs: 130_000, say: 'Pausa un nodo 45 segundos. No lo sabrá.', ask: 'El nodo en pausa despierta. ¿De quién sospecha primero?', answers: ['De nadie', 'De todos', 'Solo de quien cayó', 'No puede saberlo'] },
      { atMs: 205_000, say: 'Deja un enlace en un solo sentido. Ahora dos nodos discrepan uno del otro, y ambos aciertan por lo que oyeron.' },
      { atMs: 250_000, say: 'Cúralo todo, y cuenta cuánto tardan en volver a fiarse.' },
    ],
    questions: [
      { ask: '¿Qué silencio fue una caída y cuál no? ¿Pudo saberlo alguien en ese momento?', facts: 'mistakes' },
      { ask: '¿Cuánto se tardó en notar la caída, y quién fue el último?', facts: 'detection' },
      { ask: '¿Qué habría ganado una espera más corta, y qué habría costado?', facts: 'accuracy' },
      { ask: '¿Sospechó alguien demasiado pronto? ¿Qué hueco había visto antes?', facts: 'suspicion-earned' },
    ],
    glossary: {
      latido: 'Un mensaje corto que dice: sigo aquí.',
      espera: 'Cuánto aguardas un latido antes de sospechar de quien lo envía.',
      'detector de fallos': 'Lo que dice a un nodo a cuáles de los demás creer muertos. Puede equivocarse.',
      sospechar: 'Creer que un nodo está muerto. Se puede retirar.',
      completitud: 'De todo nodo caído se acaba sospechando.',
      acierto: 'De los nodos vivos no se sospecha, o no por mucho tiempo.',
      'tiempo de detección': 'Desde una caída hasta que se sospecha.',
      'enlace de un sentido': 'Un enlace que lleva mensajes en una sola dirección.',
    },
  },
  screen: {
    trustsAll: 'se fía de todos',
    suspects: (peers) => `sospecha de ${peers}`,
    nobody: 'nadie',
    sameForAll: 'igual para todos',
    plate: { suspected: 'Sospechas de', timeout: 'Esperas', interval: 'Lates cada', beats: 'Latidos enviados' },
    panel: { title: 'Latidos que oíste', peer: 'Compañero', silent: 'Callado', longest: 'Mayor hueco', timeout: 'Esperas', never: 'nunca oído' },
    waits: (time) => `esperas ${time}`,
    doubt: (peer) => `duda de ${peer}`,
    ranOut: (peers) => `${peers} lleva callado toda tu espera. ¿Sospechas?`,
    beats: (peer, beat) => `${peer} late (${beat})`,
    youSuspect: (peer) => `Sospechas de ${peer}. Vive, o vivía cuando lo envió.`,
  },
  keys: {
    beat: 'Enviar latido', toAll: (beat) => `número ${beat}, a todos`,
    suspect: 'Sospechar', silent: (peer, seconds) => `${peer}, callado ${seconds} s`, nobodyLeft: 'no queda nadie',
    tooSoon: (peer, seconds) => `Oíste a ${peer} hace ${seconds} s: ese hueco es normal. Pulsa otra vez para sospechar igualmente.`,
    trust: 'Volver a fiarse', again: (peer) => `${peer} vive`,
    waitOne: 'Esperar a uno', timeout: 'Espera', forOne: 'una espera para un compañero', forPeer: (peer) => `una espera para ${peer}`,
    waitAll: 'Esperar a todos', forAll: 'una espera para todos',
    beatEvery: 'Latir cada', interval: 'Cada', every: (seconds) => `ahora ${seconds} s`,
  },
  alarms: { beat: 'próximo latido' },
  ideas: {
    impatient: 'Quien pierde un latido está muerto. Esperar más solo cuesta tiempo.',
    trusting: 'Ya volverá. Las redes son lentas.',
    'one-size': 'Un buen tiempo de espera sirve para todos los enlaces.',
    'no-forgiveness': 'Quien se fue una vez se fue para siempre.',
  },
  rules: {
    beat: 'Envía un latido cada 6 s.',
    trust: 'Un sospechoso que late está vivo: vuelve a fiarte.',
    tune: 'Pon una espera algo mayor que el hueco más largo que has visto de ese compañero.',
    suspect: 'Cuando un compañero calla toda su espera, sospecha de él.',
  },
  claims, facts,
  figures: { detection: 'Hasta notar una caída', mistakes: 'Errores por minuto', 'mistake-time': 'Un error dura', accuracy: 'Creencias acertadas', agreement: 'Hasta volver a fiarse todos' },
}
