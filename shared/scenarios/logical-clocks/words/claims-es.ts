import type { ClaimWords } from '../../../sim/claim.ts'
import type { Json } from '../../../sim/types.ts'
import type { ClaimId } from '../claims/index.ts'

const seconds = (ms: Json | undefined): string => `${String(Number(ms) / 1_000).replace('.', ',')} s`
/** An event's name: `A3`, or `A3 at B` for the applying of it. */
const event = (name: Json | undefined): string => String(name).replace(' at ', ' en ')
const at = (v: { readonly [name: string]: Json }, which: 'first' | 'second'): string => `«${event(v[which])}» en ${v[`${which}Node`]} (${seconds(v[`${which}Ms`])})`
const relations: { readonly [said: string]: string } = { before: 'antes que', after: 'después que' }

/** The claims of this mission in Spanish. What a breach holds is the same in every language. */
export const spanish: { readonly [C in ClaimId]: ClaimWords } = {
  'clock-condition': {
    words: 'Lo que sucedió antes tiene el sello de Lamport menor.',
    prevention: 'Cuenta cada suceso, y de lo que te dicen toma antes el máximo de los dos relojes.',
    sentence: (v) => `${at(v, 'first')} sucedió antes que ${at(v, 'second')}, pero sus sellos son ${v['firstClock']} y ${v['secondClock']}.`,
  },
  'vector-exactness': {
    words: 'Un vector está por debajo de otro justo cuando su suceso fue antes que el otro.',
    prevention: 'Sube tu propia cifra en cada suceso, y de cada otra toma el máximo de lo que tienes y lo que te dicen.',
    sentence(v) {
      if (v['happened'] === 'before') return `${at(v, 'first')} sucedió antes que ${at(v, 'second')}, pero su vector ${v['firstVector']} no está por debajo de ${v['secondVector']}.`
      const [low, high] = v['below'] === 'first' ? ['first', 'second'] as const : ['second', 'first'] as const
      return `Ninguno de ${at(v, 'first')} y ${at(v, 'second')} sucedió antes que el otro, pero el vector de «${event(v[low])}», ${v[`${low}Vector`]}, está por debajo del de «${event(v[high])}», ${v[`${high}Vector`]}.`
    },
  },
  'causal-delivery': {
    words: 'Ninguna operación se aplica en un nodo antes que otra de su pasado causal.',
    prevention: 'Retén una operación hasta que aquí se haya aplicado todo lo que conocía quien la hizo.',
    sentence: (v) => `«${event(v['lacks'])}» (${seconds(v['knownMs'])}) fue antes de que ${v['maker']} hiciera «${event(v['operation'])}» (${seconds(v['madeMs'])}), y ${v['node']} aplicó «${event(v['operation'])}» a los ${seconds(v['atMs'])} sin haber aplicado «${event(v['lacks'])}».`,
  },
  'same-outcome': {
    words: 'Los nodos que recibieron las mismas operaciones tienen el mismo libro.',
    prevention: 'Une de modo que no importe el orden en que llegan las operaciones, ni cuántas veces.',
    sentence: (v) => `${v['first']} a los ${seconds(v['firstMs'])} y ${v['second']} a los ${seconds(v['secondMs'])} tenían las mismas operaciones (${v['updates'] === '' ? 'ninguna' : v['updates']}), pero no el mismo libro.`,
  },
  'applied-everywhere': {
    words: 'Todo nodo aplica toda operación en 60 s, o en ese tiempo desde la última cura.',
    prevention: 'Envía una operación otra vez hasta que todos la confirmen, o compara de vez en cuando con los demás.',
    sentence: (v) => `${v['maker']} hizo «${event(v['operation'])}» a los ${seconds(v['madeMs'])}${v['healedMs'] === null ? '' : `, y todo se curó a los ${seconds(v['healedMs'])}`}; ${seconds(v['withinMs'])} después ${v['node']} no la había aplicado.`,
  },
  'right-answer': {
    words: 'A quien pregunta cuál de dos operaciones fue antes se le dice la verdad: antes, después o concurrentes.',
    prevention: 'Compara los vectores. Un sello de Lamport menor no significa que sucediera antes.',
    sentence: (v) => `${v['node']} dijo que ${v['said'] === 'concurrent' ? `${v['first']} y ${v['second']} eran concurrentes` : `${v['first']} sucedió ${relations[String(v['said'])]} ${v['second']}`}. En verdad ${v['truth'] === 'concurrent' ? 'ninguna sucedió antes que la otra' : `${v['first']} sucedió ${relations[String(v['truth'])]} ${v['second']}`}.`,
  },
}
