import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { sameJson } from '../json.ts'
import type { Model } from '../model.ts'
import { Numbering } from './numbering.ts'
import type { Before } from './order.ts'
import type { Rules } from './relax.ts'

/**
 * Which unanswered operations can help to explain nothing. All rules are of one form: given any order of all answered operations and some
 * unanswered ones that follows the model and `before`, the useless ones can be taken out, some other unanswered ones with them,
 * and the order still follows both. So operations can be explained with the useless ones exactly when they can without. Taking out never breaks
 * `before`, so only the model is to be looked at; and what comes before an operation stands before it in every order, so that the
 * operation helps it in none.
 */
interface Use {
  /** Answered operations that `model.pure` does not name but that, with their answer, changed nothing. */
  idle?(operation: Operation): boolean
  /** Of one partition's operations the unanswered ones that may help. */
  help(unanswered: readonly Operation[], answered: readonly Operation[], before: Before): ReadonlySet<Operation>
}

/** What a change leaves in the register, or undefined if it changes nothing. A compare-and-set that sets a value to itself changes nothing. */
export function leaves({ f, arg, result }: Operation): Json | undefined {
  if (f === 'write' || f === 'put') return arg
  if (f !== 'cas' || result === false) return undefined
  const [from, to] = arg as readonly [Json, Json]
  return sameJson(from, to) ? undefined : to
}

/** Which value the register held when it happened, or undefined if it does not say. */
export function found({ f, arg, result }: Operation): Json | undefined {
  if (f === 'read' || f === 'get') return result
  return f === 'cas' && result === true ? (arg as readonly [Json, Json])[0] : undefined
}

/**
 * A register's write helps those that may meet the value that it leaves: a read of it, a compare-and-set from it; a refused
 * compare-and-set from another value; one whose answer is not known, whatever it leaves. An unanswered compare-and-set counts only if it helps itself.
 *
 * Why the others can be taken out, and with them each unanswered compare-and-set that found another value: then at every operation that is left
 * the register either holds what it held, or held what one taken out had left. By induction along the order: a write makes both alike again. If what it
 * held was left by an operation that stays, both are alike since then, for a compare-and-set among those stays only if it did its work, on a value that both
 * held. And if an operation that stays met a value left by `p`, then `p` helps it, for it does not come before `p`, and so `p` stays.
 */
const register: Use = {
  idle: ({ f, result }) => f === 'cas' && result === false,
  help(unanswered, answered, before) {
    const values = new Numbering(), meeting: Operation[][] = []
    /** Those that may meet many values. */
    const choosy: Operation[] = []
    const meets = (operation: Operation): void => {
      const value = operation.status === 'info' && operation.f === 'cas' ? (operation.arg as readonly [Json, Json])[0] : found(operation)
      if (value === undefined) {
        if (operation.f === 'cas') choosy.push(operation)
        return
      }
      if (values.add(value)) meeting.push([operation])
      else meeting[values.of(value)!]!.push(operation)
    }
    answered.forEach(meets)
    const helping = new Set<Operation>()
    for (let known = -1; helping.size > known;) {
      known = helping.size
      for (const one of unanswered) {
        const left = leaves(one)
        if (left === undefined || helping.has(one)) continue
        const number = values.of(left)
        const meetings = number === undefined ? [] : meeting[number]!
        const helps = meetings.some((other) => other !== one && !before(other, one))
          || choosy.some((other) => !before(other, one) && !(other.result === false && sameJson((other.arg as readonly [Json, Json])[0], left)))
        if (!helps) continue
        helping.add(one)
        meets(one)
      }
    }
    return helping
  },
}

/**
 * After a put the text begins with what was put until the next put, and after an append it contains what was appended. So one whose text no
 * get can have met stands where no get follows before the next put, and may be taken out.
 */
const keyValue: Use = {
  help: (unanswered, answered, before) => new Set(unanswered.filter((one) => one.arg !== '' || one.f === 'put').filter((one) => answered.some((get) =>
    get.f === 'get' && typeof get.result === 'string' && !before(get, one) && (one.f === 'put' ? get.result.startsWith(one.arg as string) : get.result.includes(one.arg as string))))),
}

/** Acquire and release take turns, so an acquire helps only the release right after it. If that one is unanswered too, both can be taken out. And so the other way round. */
const mutex: Use = {
  help: (unanswered, answered, before) => new Set(unanswered.filter((one) => answered.some((other) => other.f !== one.f && !before(other, one)))),
}

/** By how much a counter rises. */
export const rise = ({ f, arg }: Operation): number => (f === 'read' ? 0 : (arg === null ? 1 : Number(arg)) * (f === 'decrement' ? -1 : 1))

/** What a counter can hold at most and at least when `read` happens, if each operation that may come before it comes before it where that leads furthest. */
export function reach(read: Operation, operations: readonly Operation[], before: Before, from: readonly Json[]): { least: number; most: number } {
  let least = from.reduce<number>((low, state) => Math.min(low, Number(state)), Infinity), most = from.reduce<number>((high, state) => Math.max(high, Number(state)), -Infinity)
  for (const one of operations) {
    const by = rise(one), must = one.status === 'ok' && before(one, read)
    if (!must && before(read, one)) continue
    least += must ? by : Math.min(0, by)
    most += must ? by : Math.max(0, by)
  }
  return { least, most }
}

/** A counter's rise helps each read that it can come before. That some reads found too little for it is left to the sentence, which counts. */
const counter: Use = {
  help: (unanswered, answered, before) => new Set(unanswered.filter((one) => rise(one) !== 0 && answered.some((read) => read.f === 'read' && read.result !== undefined && !before(read, one)))),
}

/**
 * What nobody who was answered took out stays in the queue to the end, or leaves by an unanswered dequeue, which is taken out with it: the others meet
 * the same next one. And a dequeue after which no answered dequeue follows changes no answer.
 */
const queue: Use = {
  idle: ({ f, result }) => f === 'dequeue' && result === null,
  help: (unanswered, answered, before) => new Set(unanswered.filter((one) => answered.some((other) =>
    other.f === 'dequeue' && !before(other, one) && (one.f === 'dequeue' || other.result === undefined || sameJson(other.result, one.arg))))),
}

const uses: { readonly [type: string]: Use } = { register, 'cas-register': register, kv: keyValue, mutex, counter, queue }

/**
 * The rules by which `relax` may leave operations out, for a model by its name in the registry. `before`: what the check keeps in order. Of a model that is not known here only operations without effect are left out.
 */
export function rulesFor(type: string, model: Model, before: Before): Rules {
  const use = Object.hasOwn(uses, type) ? uses[type]! : null
  const idle = (operation: Operation): boolean => model.pure(operation) || (operation.status === 'ok' && use?.idle?.(operation) === true)
  return {
    idle,
    helpful(operations) {
      const open = operations.filter((one) => one.status === 'info' && !idle(one))
      const answered = operations.filter(({ status }) => status === 'ok')
      if (open.length === 0) return answered
      if (use === null) return operations.filter((one) => one.status === 'ok' || !idle(one))
      const partitions = new Map<string, { open: Operation[]; answered: Operation[] }>()
      for (const one of operations) {
        const name = model.partition(one)
        let partition = partitions.get(name)
        if (partition === undefined) partitions.set(name, (partition = { open: [], answered: [] }))
        if (one.status === 'ok') partition.answered.push(one)
        else if (!idle(one)) partition.open.push(one)
      }
      const helping = new Set([...partitions.values()].flatMap((partition) => [...use.help(partition.open, partition.answered, before)]))
      return operations.filter((one) => one.status === 'ok' || helping.has(one))
    },
  }
}
