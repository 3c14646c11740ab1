import type { Json } from '../../sim/json.ts'
import { assert } from '../../sim/assert.ts'
import type { Operation } from '../history.ts'
import { sameJson } from '../json.ts'
import type { Model } from '../model.ts'
import { keep } from './kept.ts'
import type { Class, Configuration, ObjectState, OnlineLimits, Waiting } from './state.ts'

/**
 * All ways in which an object may have gone, answer by answer (just-in-time linearization: Lowe, "Testing for linearizability", 2017). An answer is
 * worked off only when every operation called before it is answered or never will be: so nothing is ever guessed, and an
 * operation that turns out to have failed was in no configuration.
 */

/** How many answers one event works off at most: after an operation that hung for long there are many, and none of them is urgent. */
const ANSWERS_PER_EVENT = 4

/** Works off what can be. */
export function advance(object: ObjectState, model: Model, limits: OnlineLimits): void {
  for (let done = 0; done < ANSWERS_PER_EVENT && object.due.length > 0 && !object.stuck; done++) {
    const id = object.due[0] as number
    const { waiting } = object
    const target = waiting.find((one) => one.operation.id === id) as Waiting
    const { operation } = target
    const ret = operation.ret as number
    const open = waiting.find((one) => one.open)
    if (open !== undefined && open.operation.call < ret) return
    settleUnanswered(object, ret)
    const next = workOff(object, model, target, limits.configurations)
    if (next === null) {
      object.stuck = true
      return
    }
    keep(object, model, operation, limits.kept)
    // An order that explains all answers was found before.
    assert(next.length > 0, 'an explained answer left no configuration')
    object.configurations = next
    object.due.shift()
    waiting.splice(waiting.indexOf(target), 1)
  }
}

/** Puts the never answered operations that were called before `ret` into their classes. */
function settleUnanswered(object: ObjectState, ret: number): void {
  const { waiting, classes } = object
  for (let at = 0; at < waiting.length && (waiting[at] as Waiting).operation.call < ret; at++) {
    const { operation, overwrites } = waiting[at] as Waiting
    if (operation.status !== 'info') continue
    waiting.splice(at--, 1)
    object.unanswered++
    const like = classes.find(({ members }) => asksSame(members[0] as Operation, operation))
    if (like === undefined) classes.push({ members: [operation], overwrites })
    else like.members.push(operation)
  }
}

const asksSame = (a: Operation, b: Operation): boolean => a.f === b.f && sameJson(a.arg, b.arg)

/**
 * A configuration on the way to an answer. `before`: the state before the latest step, if nothing has made use of that step yet, and the next one would hide
 * it if it overwrites, or it could be left out. `optional`: it could be left out before any other too, as it was never answered and has hidden nothing.
 */
interface Way extends Configuration { before: Json | undefined; optional: boolean }

/** The configurations after the answer of `target`, or null if more than `most` had to be looked at. */
function workOff(object: ObjectState, model: Model, target: Waiting, most: number): Configuration[] | null {
  const ret = target.operation.ret as number
  const { id } = target.operation
  const { classes } = object
  const reads: Operation[] = [], others: Waiting[] = []
  for (const one of object.waiting) {
    if (one.operation.call > ret) break
    if (one.still) reads.push(one.operation)
    else if (one.operation.id !== target.operation.id) others.push(one)
  }
  const hideable = others.filter((one) => one.overwrites).map((one) => one.operation.id)
  const allOverwrite = (target.still || target.overwrites) && [...others, ...classes].every((one) => one.overwrites)
  const looksAhead = target.still && target.operation.result !== undefined && model.hopeless !== undefined && ![...others.map((one) => one.operation), ...classes.map((one) => one.members[0] as Operation)].some((one) => model.sets?.(one) !== undefined)
  const ways: Way[] = object.configurations.map((one) => ({ ...one, before: undefined, optional: false }))
  const after: Configuration[] = []
  for (let at = 0; at < ways.length; at++) {
    if (ways.length > most) return null
    const way = readAll(ways[at] as Way, reads, model)
    const { used, free, read, spent } = way
    const settled = used.includes(id) || read.includes(id)
    if (settled || free.includes(id)) addTo(after, { state: way.state, hash: way.hash, used: without(used, id), free: without(free, id), read: without(read, id), spent }, model)
    if (settled) continue
    /** The state after `operation`, unless it need not be looked at. */
    const stepped = (operation: Operation, overwrites: boolean): Json | undefined => {
      if (way.before !== undefined && overwrites) return undefined
      const state = model.step(way.state, operation)
      if (state === undefined || (looksAhead && model.hopeless?.(state, target.operation) === true)) return undefined
      if (way.before === undefined || !way.optional) return state
      const sooner = model.step(way.before, operation)
      return sooner !== undefined && model.equal(sooner, state) ? undefined : state
    }
    /** What all that could follow overwrites must be read at once. */
    const isLost = (state: Json): boolean => allOverwrite && !reads.some((one) => !read.includes(one.id) && model.step(state, one) !== undefined)
    const hides = (overwrites: boolean, own: number | null): number[] => {
      const hidden = overwrites ? hideable.filter((one) => !used.includes(one)) : free
      return own === null ? hidden : without(hidden, own)
    }
    if (!target.still) {
      const state = stepped(target.operation, target.overwrites)
      if (state !== undefined) addTo(after, { state, hash: model.hash(state), used, free: hides(target.overwrites, id), read, spent }, model)
    }
    for (const { operation, overwrites } of others) {
      if (used.includes(operation.id)) continue
      const state = stepped(operation, overwrites)
      if (state === undefined || isLost(state)) continue
      const before = overwrites ? way.state : undefined
      addTo(ways, { state, hash: model.hash(state), used: withOne(used, operation.id), free: hides(overwrites, operation.id), read, spent, before, optional: false }, model, at)
    }
    for (let no = 0; no < classes.length; no++) {
      const { members, overwrites } = classes[no] as Class
      if ((spent[no] ?? 0) >= members.length) continue
      const state = stepped(members[0] as Operation, overwrites)
      if (state === undefined || isLost(state)) continue
      const hidden = hides(overwrites, null), optional = hidden.length === free.length
      // One that changes nothing may still hide what others did.
      if (optional && model.equal(state, way.state)) continue
      addTo(ways, { state, hash: model.hash(state), used, free: hidden, read, spent: spendOne(spent, no), before: way.state, optional }, model, at)
    }
  }
  return after
}

/** Lets every answered read that fits take effect: that hinders nothing, as it changes nothing. */
function readAll(way: Way, reads: readonly Operation[], model: Model): Way {
  let { read } = way
  for (const one of reads) if (!read.includes(one.id) && model.step(way.state, one) !== undefined) read = withOne(read, one.id)
  return read === way.read ? way : { ...way, read, before: undefined }
}

/**
 * Adds a configuration unless one there is as good: in the same state, and able to do whatever this one can. With `from`, those up to there stay, as
 * they are being looked at; otherwise worse ones go.
 */
function addTo<C extends Configuration>(all: C[], one: C, model: Model, from?: number): void {
  for (let at = 0; at < all.length; at++) {
    const other = all[at] as C
    if (other.hash !== one.hash || !model.equal(other.state, one.state)) continue
    if (isAsGood(other, one)) return
    if (from === undefined && isAsGood(one, other)) all.splice(at--, 1)
  }
  all.push(one)
}

/** Never answered operations are better kept, reads better done, and best of all is what may be either. */
const isAsGood = (a: Configuration, b: Configuration): boolean =>
  a.used.every((id) => b.used.includes(id)) && b.used.every((id) => a.used.includes(id) || a.free.includes(id)) && b.free.every((id) => a.free.includes(id))
  && b.read.every((id) => a.read.includes(id)) && a.spent.every((count, no) => count <= (b.spent[no] ?? 0))

const without = (ids: number[], id: number): number[] => (ids.includes(id) ? ids.filter((one) => one !== id) : ids)
const withOne = (ids: readonly number[], id: number): number[] => [...ids, id].sort((a, b) => a - b)
const spendOne = (spent: readonly number[], no: number): number[] => Array.from({ length: Math.max(spent.length, no + 1) }, (_, at) => (spent[at] ?? 0) + (at === no ? 1 : 0))
