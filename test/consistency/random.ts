import type { History, Operation } from '../../shared/consistency/history.ts'
import type { Json } from '../../shared/sim/json.ts'
import { finish } from '../../shared/sim/hash.ts'

/** Whole numbers below a bound, the same ones for the same seed. */
export type Random = (below: number) => number

export function randomOf(seed: number): Random {
  let n = finish(seed)
  return (below) => {
    n = (n + 0x9e3779b9) | 0
    return Math.floor((finish(n) / 4_294_967_296) * below)
  }
}

type Asked = Pick<Operation, 'f' | 'arg'>

/** A real object of a model, to make histories from: it is written apart from the models, so that it does not share their faults. */
export interface Toy {
  inits: readonly Json[]
  ask(random: Random): Asked
  /** The state after, and what is answered; null when it cannot happen now. */
  act(state: Json, asked: Asked): { state: Json; result?: Json } | null
  /** An answer that may be wrong. */
  lie(random: Random, asked: Asked): Json | undefined
}

const values: readonly Json[] = [0, 1, 2]
const one = <T>(random: Random, of: readonly T[]): T => of[random(of.length)] as T
const letters = ['a', 'b', 'ab']

/** One for each model of the registry. */
export const toys: { readonly [type: string]: Toy } = {
  register: {
    inits: [null, 0],
    ask: (random) => (random(2) === 0 ? { f: 'read', arg: null } : { f: 'write', arg: one(random, values) }),
    act: (state, { f, arg }) => (f === 'read' ? { state, result: state } : { state: arg }),
    lie: (random, { f }) => (f === 'read' ? one(random, [null, ...values]) : undefined),
  },
  'cas-register': {
    inits: [null, 0],
    ask(random) {
      const f = one(random, ['read', 'write', 'cas', 'cas'])
      return { f, arg: f === 'read' ? null : f === 'write' ? one(random, values) : [one(random, values), one(random, values)] }
    },
    act(state, { f, arg }) {
      if (f === 'read') return { state, result: state }
      if (f === 'write') return { state: arg }
      const [from, to] = arg as readonly [Json, Json]
      return from === state ? { state: to, result: true } : { state, result: false }
    },
    lie: (random, { f }) => (f === 'read' ? one(random, [null, ...values]) : f === 'cas' ? random(2) === 0 : undefined),
  },
  kv: {
    inits: [''],
    ask(random) {
      const f = one(random, ['get', 'get', 'append', 'append', 'put'])
      return { f, arg: f === 'get' ? null : one(random, letters) }
    },
    act: (state, { f, arg }) => (f === 'get' ? { state, result: state } : { state: f === 'put' ? arg : `${String(state)}${String(arg)}` }),
    lie: (random, { f }) => (f === 'get' ? one(random, ['', 'a', 'b', 'ab', 'ba', 'aa', 'abb']) : undefined),
  },
  mutex: {
    inits: [false, false, true],
    ask: (random) => ({ f: one(random, ['acquire', 'release']), arg: null }),
    act: (locked, { f }) => (locked === (f === 'acquire') ? null : { state: f === 'acquire' }),
    lie: () => undefined,
  },
  counter: {
    inits: [0, 1],
    ask(random) {
      const f = one(random, ['read', 'read', 'increment', 'increment', 'decrement'])
      return { f, arg: f === 'read' ? null : one(random, [null, 1, 2]) }
    },
    act(state, { f, arg }) {
      const now = Number(state), amount = arg === null ? 1 : Number(arg)
      return f === 'read' ? { state, result: state } : { state: f === 'increment' ? now + amount : now - amount }
    },
    lie: (random, { f }) => (f === 'read' ? random(5) - 1 : undefined),
  },
  queue: {
    inits: [[], [], [1]],
    ask: (random) => (random(2) === 0 ? { f: 'dequeue', arg: null } : { f: 'enqueue', arg: one(random, values) }),
    act(state, { f, arg }) {
      const waiting = state as readonly Json[]
      if (f === 'enqueue') return { state: [...waiting, arg] }
      return waiting.length === 0 ? { state, result: null } : { state: waiting.slice(1), result: waiting[0] as Json }
    },
    lie: (random, { f }) => (f === 'dequeue' ? one(random, [null, ...values]) : undefined),
  },
}

/** How large a random history is at most. */
export interface Sizes { clientsMax: number; operationsMin: number; operationsMax: number; keysMax: number }
export const sizesSmall: Sizes = { clientsMax: 4, operationsMin: 3, operationsMax: 7, keysMax: 2 }
/** Too many for brute force in every test run. */
export const sizesMiddle: Sizes = { clientsMax: 5, operationsMin: 6, operationsMax: 10, keysMax: 2 }

/**
 * A history of a real object, with some answers lost, some refused, some left out, and in two of three histories some made up, which may break it or
 * not. Clients call at random moments, one operation at a time; one whose answer was lost goes on under a new number.
 */
export function randomHistory(type: string, seed: number, sizes: Sizes = sizesSmall): History {
  const toy = toys[type]
  if (toy === undefined) throw new Error(`no toy for the model ${type}`)
  const random = randomOf(seed)
  const clientCount = 2 + random(sizes.clientsMax - 1), count = sizes.operationsMin + random(sizes.operationsMax - sizes.operationsMin + 1)
  const keys = type === 'kv' || random(4) === 0 ? ['x', 'y', 'z'].slice(0, 1 + random(sizes.keysMax)) : [null]
  const init = one(random, toy.inits), state = new Map<string | null, Json>(keys.map((key) => [key, init]))
  const liesIn100 = random(3) === 0 ? 0 : 40, lostIn100 = one(random, [0, 10, 40]), gapsIn100 = one(random, [0, 0, 20])

  interface Open { operation: Operation; result?: Json | undefined; acted: boolean }
  const clients = Array.from({ length: clientCount }, (_, client) => ({ client, open: null as Open | null }))
  const operations: Operation[] = []
  let now = 0, newcomers = clientCount
  // Enough turns for all, also where some wait for a lock.
  for (let turn = 0; turn < 12 * count; turn++) {
    const who = one(random, clients)
    if (who.open === null) {
      if (operations.length === count) continue
      const operation: Operation = { id: operations.length, client: who.client, ...toy.ask(random), key: one(random, keys), status: 'info', call: now++, ret: null, result: undefined }
      operations.push(operation)
      who.open = { operation, acted: false }
      continue
    }
    const { open } = who, { operation } = open
    if (open.acted) {
      if (random(100) < lostIn100) {
        who.client = newcomers++
      } else {
        const lies = random(100) < liesIn100, result = lies ? toy.lie(random, operation) : open.result
        Object.assign(operation, { status: 'ok', ret: now++, result: random(100) < gapsIn100 ? undefined : result })
      }
      who.open = null
      continue
    }
    if (random(100) < 4) {
      Object.assign(operation, { status: 'fail', ret: now++ })
      who.open = null
      continue
    }
    const outcome = toy.act(state.get(operation.key) as Json, operation)
    if (outcome !== null) state.set(operation.key, outcome.state)
    open.result = outcome?.result
    // Where a made-up answer is not wrong enough: what never happened is answered all the same.
    open.acted = outcome !== null || random(100) < liesIn100
  }
  return { model: { type, init }, operations }
}
