import type { texts as english } from '../en/replay.ts'
import type { Words } from '../language.ts'

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '.')

export const texts: Words<typeof english> = {
  fetching: (share, bytes) => (share === null ? `Trayendo la ronda, ${Math.round(bytes / 1_000)} KB.` : `Trayendo la ronda, ${Math.round(share * 100)}%.`),
  replaying: (share) => `Jugándola otra vez, ${Math.round(share * 100)}%.`,
  open: {
    title: 'Ver una ronda otra vez',
    words: 'Abre una grabación de este ordenador. Se juega otra vez en esta página y no va a ninguna parte.',
    button: 'Elegir una grabación',
    drop: 'O suelta el archivo aquí.',
    other: 'Abrir otra',
  },
  failed: {
    unknown: 'No hay ninguna grabación en esta dirección. Puede ser de una clase que se borró.',
    running: 'Esta ronda aún se juega. Su repetición se abre cuando acabe.',
    network: 'El servidor no responde. Inténtalo cuando responda.',
    unreadable: 'No se puede leer este archivo.',
    broken: 'Esta grabación no se puede repetir.',
    again: 'Intentar otra vez',
  },
  same: (digest, facts) => `repetida con la misma huella ${digest}, ${grouped(facts)} hechos`,
  unchecked: (digest, facts) => `huella ${digest}, ${grouped(facts)} hechos; la grabación no tiene ninguna con que comparar`,
  differs: (fact) => `Esta repetición difiere de la grabación en el hecho ${grouped(fact)} o poco después. No te fíes de lo que sigue.`,
  damaged: (damage) => `La grabación está dañada. Se muestra lo que precede al daño. ${damage}`,
  otherVersion: 'Esta ronda se grabó con otra versión de Netsplit, y sus hechos no están a mano. Jugada otra vez, no tiene por qué dar los mismos.',
  fromCache: 'Esta ronda se grabó con otra versión de Netsplit. Se muestra con los hechos que se guardaron, sin jugarla otra vez.',
  noState: 'Solo se guardaron los hechos de esta ronda: no se puede mostrar lo que sabía un nodo.',
  unfinished: 'Esta ronda no llegó a su fin.',
  factsLeft: 'Antes del primer hecho.',
  noBreach: 'Ninguna promesa rota.',
  noBreachWords: 'Recorre los hechos, o elige un nodo para ver qué sabía.',
  ask: 'Pregunta a la clase',
  pickNode: 'Elige un nodo para ver qué sabía en este momento.',
  crashed: 'Caído. Su memoria se ha borrado.',
  save: 'Guardar la grabación en un archivo',
  saveShort: 'Guardar',
  prevention: 'Una regla que lo habría evitado',
  nothingHeard: 'nunca oído',
  notRecorded: (digest) => `huella ${digest}, no la grabada`,
  bands: { partition: 'corte', 'one-way': 'un sentido', latency: 'lento', loss: 'pérdida', duplicate: 'doble', crash: 'caída', pause: 'pausa' },
}
