import { inSpanish } from './faults/spanish.ts'
import { tellingIn } from './fact-words.ts'
import type { FactCatalogue } from './fact-words.ts'
import { parts, reasons } from './reasons-es.ts'
import { inWordsOf } from './sim/said.ts'
import { capital } from './sim/words.ts'

/** A decimal comma, as Spanish writes it. */
const seconds = (ms: number): string => `${(Math.round(ms / 100) / 10).toFixed(1).replace('.', ',')} s`

const to = (customer: string): string => customer.replace(/^el /, 'al ')

const because = inWordsOf(reasons, parts)

/** The general words for facts, in Spanish. What a recording holds of a refusal is in English. */
const spanish: FactCatalogue = {
  lost: {
    loss: 'se perdió por el camino', cut: 'se perdió: la red está cortada', crashed: 'se perdió: el nodo ha caído', corrupted: 'se dañó, y se tiró', rate: 'se tiró: el enlace está lleno', overflow: 'se perdió: esperaba demasiado',
  },
  held: { hold: 'queda retenido', rate: 'espera su turno', overtaken: 'espera a que lo adelanten' },
  customer: (customer) => `el cliente ${customer + 1}`,
  seconds,
  asks: (customer, node, what) => `${capital(customer)} pide a ${node}: ${what}.`,
  asksAgain: (customer, node, what) => `${capital(customer)}, enviado de otro, pide a ${node}: ${what}.`,
  waits: (customer, node, what) => `${capital(customer)} pide a ${node}: ${what}. Tiene que esperar.`,
  takesUp: (node, customer, what) => `${node} atiende lo que pidió ${customer}: ${what}.`,
  unreached: (customer, node) => `${capital(customer)} no alcanza a ${node}.`,
  sends: (node, what, to) => `${node} envía ${what} a ${to}.`,
  reaches: (what, from, node) => `${what} de ${from} llega a ${node}.`,
  message: (from, to, fate) => `Un mensaje de ${from} a ${to} ${fate}.`,
  goesOn: 'sigue su camino',
  decides: (node, what) => `${node} decide: ${what}.`,
  refused: (node, reason) => `${node} intenta lo que no se puede hacer. ${because(reason)}`,
  stored: (node) => `${node} lo tiene en el disco.`,
  timer: (node, name) => `Suena la alarma de ${node}: ${name}.`,
  answers: (node, customer, after, what) => `${node} responde ${to(customer)} tras ${after}: ${what}.`,
  redirects: (node, customer, other) => `${node} envía ${to(customer)} a ${other}.`,
  givesUp: (customer, node) => (node === null ? `${capital(customer)} se rinde.` : `${capital(customer)} se cansa de esperar a ${node}.`),
  jumps: (node, back, by) => `El reloj de ${node} salta ${back ? 'atrás' : 'adelante'} ${by}.`,
  drifts: (node, msPerSecond) => `Desde ahora el reloj de ${node} ${msPerSecond === 0 ? 'va bien' : `${msPerSecond < 0 ? 'pierde' : 'gana'} ${Math.abs(msPerSecond)} ms por segundo`}.`,
  crashes: (node, lostWrite) => `${node} cae. Su memoria se pierde${lostWrite ? ', y lo que no estaba a salvo en el disco' : ''}.`,
  back: (node) => `${node} ha vuelto, con lo que había en su disco.`,
  stands: (node) => `${node} se queda parado, y no lo nota.`,
  resumes: (node, after, things) => `${node} sigue tras ${after}; le ${things === 1 ? 'esperaba 1 cosa' : `esperaban ${things} cosas`}.`,
  faultBegins: (type) => `Empieza un fallo: ${type}.`,
  faultTurns: (title, on) => `${title}: ${on ? 'otra vez sí' : 'otra vez no'}.`,
  faultEnds: (title, healed) => `${healed ? 'Curado a mano' : 'Acabado'}: ${title.toLowerCase()}.`,
  faultRefused: (reason) => `Se rechazó un fallo. ${because(reason)}`,
  plays: (node, bot) => `Desde ahora juega ${node} ${bot ? 'un bot' : 'un estudiante'}.`,
  level: (node, level) => `Desde ahora ${node} juega con ayuda ${level}.`,
  broke: (claim) => `La promesa ${claim} se rompió.`,
  ends: 'La ronda acaba.',
  secondCopy: 'Es una segunda copia.',
}

/** Facts in Spanish. */
export const { factWords, breachSentence, faultTitle } = tellingIn(spanish, inSpanish)
