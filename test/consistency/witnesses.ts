import type { Operation } from '../../shared/consistency/history.ts'
import type { cutOff } from '../../shared/consistency/linearizable/cut.ts'
import { inTime } from '../../shared/consistency/linearizable/order.ts'
import type { Before } from '../../shared/consistency/linearizable/order.ts'
import { unanswered } from '../../shared/consistency/linearizable/relax.ts'
import { find, holds } from '../../shared/consistency/linearizable/shapes.ts'
import type { shapes } from '../../shared/consistency/linearizable/shapes.ts'
import { rulesFor } from '../../shared/consistency/linearizable/useless.ts'
import { plainWords } from '../../shared/consistency/linearizable/words.ts'
import { witnessOf } from '../../shared/consistency/linearizable/witness.ts'
import type { Model } from '../../shared/consistency/model.ts'
import type { Witness } from '../../shared/consistency/verdict.ts'
import type { Json } from '../../shared/sim/json.ts'
import { largeHistory } from './large.ts'
import { hasOrder } from './orders.ts'
import { part, relaxed } from './parts.ts'
import { randomOf } from './random.ts'

/** What is compared with brute force, or a copy of it with a fault. */
export interface Useless { rulesFor: typeof rulesFor }
export interface Cutting { cutOff: typeof cutOff }
export interface Shapes { shapes: typeof shapes }

/** The first seed at which relaxing breaks what was fine, or leaving useless operations out changes a verdict of brute force; and how often something was left out. */
export function compareUseless(rules: Useless['rulesFor'], type: string, before: Before, count: number): { seed: number | null; spared: number; violated: number } {
  let spared = 0, violated = 0
  for (let seed = 1; seed <= count; seed++) {
    const { model, operations } = part(type, seed), random = randomOf(seed), { idle, helpful } = rules(type, model, before)
    const some = relaxed(operations, random, idle, 1 + random(6)), less = helpful(some)
    const fine = hasOrder(model, some, [model.init], before)
    if (hasOrder(model, less, [model.init], before) !== fine || (!fine && hasOrder(model, operations, [model.init], before))) return { seed, spared, violated }
    spared += some.length - less.length
    if (!fine) violated++
  }
  return { seed: null, spared, violated }
}

/** The first seed at which a history that is fine breaks when cut off, or is cut off where it only breaks from some states; and how many were cut off. */
export function compareCuts(cut: Cutting['cutOff'], type: string, count: number): { seed: number | null; cuts: number; fine: number } {
  let cuts = 0, fine = 0
  for (let seed = 1; seed <= count; seed++) {
    const { model, operations } = part(type, seed)
    const end = cut(type, operations, [model.init], (some, from) => !hasOrder(model, some, from, inTime), rulesFor(type, model, inTime))
    if (hasOrder(model, operations, [model.init], inTime)) {
      fine++
      if (end !== null) return { seed, cuts, fine }
    } else if (end !== null) cuts++
  }
  return { seed: null, cuts, fine }
}

/** States in which a random scene may begin, beside the first. */
const further: { readonly [type: string]: readonly Json[] } = { register: [0, 1, 2], 'cas-register': [0, 1, 2], kv: ['', 'a', 'ab'], mutex: [false, true], counter: [0, 1, 3], queue: [[], [0], [1, 2]] }

/** Whether a shape is found where brute force finds an order; how often each was found. */
export function compareShapes(all: Shapes['shapes'], type: string, before: Before, count: number): { fault: string | null; found: Map<string, number> } {
  const found = new Map<string, number>(Object.keys(all[type]!).map((name) => [name, 0]))
  for (let seed = 1; seed <= count; seed++) {
    const { model, operations } = part(type, seed), random = randomOf(seed)
    const from = [model.init, ...further[type]!.filter((state) => !model.equal(state, model.init) && random(4) === 0)]
    const scene = { operations: relaxed(operations, random, () => false, random(4)), from, before }
    let fine: boolean | null = null
    for (const [name, { find }] of Object.entries(all[type]!)) {
      if (find(scene) === null) continue
      fine ??= hasOrder(model, scene.operations, from, before)
      if (fine) return { fault: `${name} of seed ${seed}`, found }
      found.set(name, found.get(name)! + 1)
    }
  }
  return { fault: null, found }
}

/** A history of up to 45 operations of one object with two answers exchanged, or one in the place of another; of a mutex, with one turn struck out. It may be broken or not. */
export function brokenHistory(type: string, seed: number): { init: Json; operations: readonly Operation[] } {
  const random = randomOf(seed)
  const { init, operations } = largeHistory({ type, clients: 2 + random(7), operations: 6 + random(40), keys: 0, values: 2 + random(5), lostIn1000: [0, 30, 150][random(3)]! }, seed)
  const answers = operations.filter(({ status, result }) => status === 'ok' && (type === 'mutex' || result !== undefined))
  const one = answers[random(answers.length)], others = answers.filter(({ f }) => f === one?.f), other = others[random(others.length)], both = random(2) === 0
  // Short ones, each another.
  const short = (text: string): string => text.replace(/x \d+ (\d+) y/g, (_, serial) => String.fromCharCode(0x4e00 + Number(serial)))
  const shortened = (operation: Operation): Operation =>
    type !== 'kv' ? operation : { ...operation, arg: typeof operation.arg === 'string' ? short(operation.arg) : operation.arg, result: typeof operation.result === 'string' ? short(operation.result) : operation.result }
  return { init, operations: operations.map((operation): Operation => {
    if (one === undefined || other === undefined) return operation
    if (type === 'mutex') return operation === one ? { ...operation, status: 'fail' } : operation
    return operation === one ? { ...operation, result: other.result } : operation === other && both ? { ...operation, result: one.result } : operation
  }).map(shortened) }
}

/** The witness that brute force leads to. */
export const makeOf = (type: string, model: Model, operations: readonly Operation[], before: Before): Witness =>
    witnessOf({ type, model, partition: null, operations, from: [model.init], before, breaks: (some, from) => !hasOrder(model, some, from, before) })

/** What is wrong with a witness of a history that breaks, or null. */
export function faultOf(witness: Witness, type: string, model: Model, operations: readonly Operation[], before: Before): string | null {
  const { operations: shown, from, shape, sentence } = witness
  if (hasOrder(model, shown, from, before)) return 'an order explains it'
  if (!from.some((state) => model.equal(state, model.init))) return 'it does not begin as the history does'
  const byId = new Map(operations.map((one) => [one.id, one]))
  for (const one of shown) {
    const original = byId.get(one.id)
    if (original === undefined || ![JSON.stringify(original), JSON.stringify(unanswered(original))].includes(JSON.stringify(one))) return `${one.id} is not of the history`
    if (original.status === 'fail') return `${one.id} failed`
    const { idle } = rulesFor(type, model, before)
    const less = shown.flatMap((other) => (other !== one ? [other] : idle(one) ? [] : [unanswered(one)]))
    if (one.status === 'ok' && !hasOrder(model, less, from, before) && (shape === 'no-order' || find(shape, type, { operations: less, from, before })?.sentence(plainWords) === sentence)) return `${one.id} could be relaxed`
  }
  if (shown.some((one, at) => at > 0 && shown[at - 1]!.call > one.call)) return 'it is not in the order of calls'
  return holds(shape, type, { operations: shown, from, before }) ? null : `${shape} does not hold`
}
