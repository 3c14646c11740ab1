import type { FaultParams } from '../../sim/fault.ts'
import type { FaultId, faults } from '../index.ts'
import { inSeconds, whole } from '../parts.ts'
import type { FaultWordsOf } from './fault-words.ts'

/** Names as a sentence lists them: `A`, `A y B`, `A, B y C`. */
export const y = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} y ${names[names.length - 1]}`)
const nodes = (value: unknown): string => y(Array.isArray(value) ? value.map(String) : [])
/** `de A y B a C`, or `entre A y B` where both ends are the same. */
function way(params: FaultParams): string {
  const from = nodes(params['from']), to = nodes(params['to'])
  return from === to ? `entre ${from}` : `de ${from} a ${to}`
}
const seconds = (params: FaultParams, name: string): string => inSeconds(Math.abs(whole(params, name))).replace('.', ',')

const ends = { from: 'De', to: 'A' }
const some = { nodes: 'Nodos' }
const counted = { messages: 'mensajes' }

/** Every fault in Spanish. */
export const spanish: { readonly [F in FaultId]: FaultWordsOf<(typeof faults)[F]> } = {
  partition: {
    title: 'Cortar la red',
    sentence: (p) => `Nada pasa entre ${nodes(p['side'])} y el resto.`,
    fields: { side: 'Un lado' },
    presets: ['En mitades', 'Aislar al líder', 'Aislar a uno', 'Líder en la minoría', 'Líder en la mayoría'],
    composes: 'Un corte va primero: lo cortado no se pierde otra vez, ni se copia, ni se retrasa. Lo que va de camino cuando empieza se pierde si al llegar sigue cortado.',
  },
  'one-way': {
    title: 'Cortar en un sentido',
    sentence: (p) => `Nada de ${nodes(p['from'])} llega a ${nodes(p['to'])}. La vuelta está abierta.`,
    fields: ends,
    presets: ['Al líder no se le oye', 'El líder no oye a nadie', 'Un enlace'],
    composes: 'Como un corte, en un solo sentido.',
  },
  flapping: {
    title: 'Corte intermitente',
    sentence: (p) => `La red entre ${nodes(p['side'])} y el resto está cortada ${seconds(p, 'everyMs')} s y abierta otros tantos, una y otra vez.`,
    fields: { side: 'Un lado', everyMs: 'Cambia cada' },
    presets: ['El líder va y viene', 'Las mitades van y vienen'],
    composes: 'Como un corte mientras corta; empieza cortado.',
  },
  bridge: {
    title: 'Puente',
    sentence: (p) => `Solo ${String(p['bridge'])} une a ${nodes(p['side'])} con el resto.`,
    fields: { bridge: 'El puente', side: 'Un lado' },
    presets: ['El líder es el puente'],
    composes: 'Como un corte entre los dos lados.',
    invalid: {
      'The bridge stands on neither side.': 'El puente no está en ninguno de los lados.',
      'Somebody must be left on the other side of the bridge.': 'Alguien tiene que quedar al otro lado del puente.',
    },
  },
  ring: {
    title: 'Anillo de mayorías',
    sentence: () => 'Cada nodo alcanza una mayoría, sus vecinos en un anillo; no hay dos nodos que alcancen la misma.',
    fields: {},
    presets: ['Anillo de mayorías'],
    composes: 'Como un corte entre todos los nodos que no son vecinos cercanos en el anillo.',
    invalid: { 'A ring of majorities needs at least four nodes.': 'Un anillo de mayorías necesita al menos cuatro nodos.' },
  },
  latency: {
    title: 'Enlaces lentos',
    sentence: (p) => `${whole(p, 'share') === 100 ? `Los mensajes ${way(p)}` : `De los mensajes ${way(p)}, el ${whole(p, 'share')} %`} ${whole(p, 'share') === 100 ? 'tardan' : 'tarda'} unos ${seconds(p, 'extraMs')} s más, en un sentido.`,
    fields: { ...ends, extraMs: 'Más, en un sentido', spreadMs: 'Dispersión', share: 'Parte de los mensajes', shape: 'Forma', correlation: 'Como el segundo anterior' },
    options: { constant: 'constante', uniform: 'uniforme', normal: 'normal', exponential: 'exponencial', 'log-normal': 'lognormal', pareto: 'de Pareto' },
    presets: ['Lento, no muerto', 'Lento en todas partes', 'Cola pesada', 'Rachas de retraso'],
    composes: 'Los retrasos se suman, sobre el propio del enlace; cada uno se sortea por su cuenta. Es en un sentido: para una vuelta lenta elige ambos.',
  },
  loss: {
    title: 'Enlaces con pérdidas',
    sentence: (p) => `De los mensajes ${way(p)}, se pierde el ${whole(p, 'share')} %.`,
    fields: { ...ends, share: 'Parte perdida' },
    presets: ['10 % en todas partes', 'El líder pierde la mitad'],
    composes: 'Cada fallo sortea por su cuenta: con 20 % y 50 % se pierde el 60 %.',
  },
  'burst-loss': {
    title: 'Pérdidas a rachas',
    sentence: (p) => `Los mensajes ${way(p)} topan con rachas malas de unos ${Math.round(100 / whole(p, 'r'))} s, en las que se pierde el ${whole(p, 'lossBad')} %; entre ellas, el ${whole(p, 'lossGood')} %.`,
    fields: { ...ends, p: 'Empieza (p), por segundo', r: 'Acaba (r), por segundo', lossBad: 'Perdido en rachas (1-h)', lossGood: 'Perdido entre ellas (1-k)' },
    presets: ['Rachas cortas', 'Rachas largas con fugas'],
    composes: 'Después de la pérdida uniforme. Cada enlace tiene sus propias rachas; cada fallo así sortea por su cuenta.',
  },
  duplicate: {
    title: 'Duplicar mensajes',
    sentence: (p) => `De los mensajes ${way(p)}, el ${whole(p, 'share')} % llega dos veces.`,
    fields: { ...ends, share: 'Parte duplicada' },
    presets: ['Un tercio, en todas partes'],
    composes: 'Después de la pérdida: un mensaje perdido no tiene copia. Cada fallo añade una copia como mucho, y nunca hay más de cuatro.',
  },
  reorder: {
    title: 'Desordenar mensajes',
    sentence: (p) => `De los mensajes ${way(p)}, el ${whole(p, 'share')} % llega solo tras ${whole(p, 'gap') === 1 ? 'el siguiente' : `los ${whole(p, 'gap')} siguientes`} que se envíen.`,
    fields: { ...ends, share: 'Parte adelantada', gap: 'Por los siguientes' },
    units: counted,
    presets: ['Cambiar vecinos', 'Muy atrás'],
    composes: 'Al llegar, después de un corte y de una retención. Nadie espera más de 20 s a que lo adelanten. Una latencia que varía también desordena.',
  },
  corrupt: {
    title: 'Dañar mensajes',
    sentence: (p) => `De los mensajes ${way(p)}, se daña el ${whole(p, 'share')} %. ${p['damage'] === 'let through' ? 'Nadie puede saber cuáles.' : 'Una suma de control lo muestra, y se tiran.'}`,
    fields: { ...ends, share: 'Parte dañada', damage: 'El daño' },
    options: { 'caught by a checksum': 'lo ve una suma de control', 'let through': 'pasa' },
    presets: ['10 %, se ve', '10 %, pasa'],
    composes: 'Después de las copias: cada copia se daña o no por su cuenta, y una vez como mucho. Aun así ocupa su lugar en un enlace estrecho, y su tiempo.',
  },
  rate: {
    title: 'Enlaces estrechos',
    sentence: (p) => `Cada enlace ${way(p)} deja pasar un mensaje cada ${inSeconds(Math.round(60_000 / whole(p, 'perMinute'))).replace('.', ',')} s; ${whole(p, 'queue')} pueden esperar, luego se tira el más ${p['drop'] === 'oldest' ? 'viejo' : 'nuevo'}.`,
    fields: { ...ends, perMinute: 'Mensajes por minuto', queue: 'Pueden esperar', drop: 'Lleno: tirar el' },
    units: counted,
    options: { newest: 'más nuevo', oldest: 'más viejo' },
    presets: ['Uno cada 5 s', 'El líder va estrecho'],
    composes: 'Después de pérdidas, copias y daños: solo lo que está de camino ocupa sitio. El viaje empieza cuando el mensaje sale de la cola. De dos límites en un enlace vale el más lento. Al acabar, todo lo que espera sale a la vez.',
  },
  hold: {
    title: 'Retener y soltar',
    sentence: (p) => `Los mensajes ${way(p)} se retienen, y llegan todos a la vez cuando esto acaba.`,
    fields: ends,
    presets: ['Retenerlo todo', 'Retener lo que dice el líder'],
    composes: 'Al llegar, después de un corte: lo cortado se pierde, no se retiene. Lo soltado topa con lo que actúe entonces en el enlace. En un enlace esperan 512 como mucho.',
  },
  crash: {
    title: 'Caída',
    sentence: (p) => `Caída de ${nodes(p['nodes'])}: la memoria se pierde, el disco se conserva.`,
    fields: some,
    presets: ['Cae el líder', 'Cae una minoría'],
    composes: 'Una caída va antes que una pausa. Lo que llega a un nodo caído se pierde. Vuelve cuando acaba su última caída.',
  },
  'power-cut': {
    title: 'Caída, última escritura perdida',
    sentence: (p) => `Apagón en ${nodes(p['nodes'])}: se pierde la memoria, y lo que aún no estaba a salvo en el disco.`,
    fields: some,
    presets: ['El líder se queda sin luz', 'Todos se quedan sin luz'],
    composes: 'Como una caída. De una caída y un apagón cuenta el primero: a un nodo que ya está abajo no le queda nada que perder.',
  },
  restart: {
    title: 'Reinicio',
    sentence: (p) => `Reinicio de ${nodes(p['nodes'])}: la memoria se pierde, el disco se conserva.`,
    fields: some,
    presets: ['Reiniciar al líder', 'Reiniciar a todos'],
    composes: 'Como una caída.',
  },
  pause: {
    title: 'Pausa',
    sentence: (p) => `Pausa de ${nodes(p['nodes'])}: allí nada se mueve, y nadie lo nota.`,
    fields: some,
    presets: ['La pausa de 45 s del recolector', 'Un parón corto'],
    composes: 'Los enlaces funcionan como antes. Al despertar va primero lo que esperaba, en orden, y luego las alarmas.',
  },
  'slow-node': {
    title: 'Nodo lento',
    sentence: (p) => `En ${nodes(p['nodes'])}, cada cosa que llega tarda ${seconds(p, 'workMs')} s.`,
    fields: { ...some, workMs: 'Cada cosa tarda' },
    presets: ['Un líder lento', 'Uno se hunde'],
    composes: 'Los enlaces funcionan como antes. De varios cuenta el más largo. Mientras el nodo está en pausa no se hace nada, y sus alarmas se retrasan desde que despierta; una caída vacía la cola. Al acabar, el nodo se pone al día de golpe.',
  },
  'clock-bump': {
    title: 'Saltar un reloj',
    sentence: (p) => `En ${nodes(p['nodes'])}, el reloj salta ${whole(p, 'byMs') < 0 ? 'atrás' : 'adelante'} ${seconds(p, 'byMs')} s.`,
    fields: { ...some, byMs: 'Cuánto' },
    presets: ['10 s adelante', '10 s atrás'],
    composes: 'Los saltos se suman, y la deriva sigue desde ahí. Al acabar, el reloj se queda torcido: deshacer lo endereza, y poner en hora todos los relojes también. Un reloj nunca muestra menos de 0.',
  },
  'clock-strobe': {
    title: 'Reloj que oscila',
    sentence: (p) => `En ${nodes(p['nodes'])}, el reloj salta ${seconds(p, 'byMs')} s y vuelve, cada ${seconds(p, 'everyMs')} s.`,
    fields: { ...some, byMs: 'Cuánto', everyMs: 'Cambia cada' },
    presets: ['4 s, cada 2 s'],
    composes: 'Los saltos se suman. Empieza adelantado, y se recoge acabe como acabe.',
  },
  'clock-drift': {
    title: 'Dejar derivar un reloj',
    sentence: (p) => `En ${nodes(p['nodes'])}, el reloj ${whole(p, 'msPerSecond') < 0 ? 'pierde' : 'gana'} ${Math.abs(whole(p, 'msPerSecond'))} ms por segundo.`,
    fields: { ...some, msPerSecond: 'Gana, por segundo' },
    presets: ['5 % rápido', '5 % lento'],
    composes: 'Las derivas se suman, hasta 900 ms por segundo: un reloj nunca se para. Al acabar, el reloj vuelve a ir bien, desde donde está.',
  },
}
