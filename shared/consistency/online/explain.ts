import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { findOrder } from '../linearizable/search.ts'
import type { Model } from '../model.ts'
import { Meter } from '../verdict.ts'
import { keptOf, tellsAll } from './kept.ts'
import { stateBefore } from './order.ts'
import type { Configuration, ObjectState, Placed } from './state.ts'

/** A part of the steps for an order that is near the one at hand, and a part for each of the two searches through all. */
const NEAR = 64, ALL = 2

/**
 * Looks for another order that explains all answers so far, when the one at hand does not take the latest, that of `operation`. First one that differs from it
 * only since `operation` was called: mostly there is one. Then all, as whole histories are searched, among the operations that are kept, since that search leaves out most
 * of what leads nowhere; and where that does not decide, from the configurations on: Wing and Gong's search with a memo (Lowe, "Testing for linearizability", 2017).
 */
export function explain(object: ObjectState, model: Model, operation: Operation, stepsMost: number): 'fine' | 'violated' | 'unknown' {
  if (mend(object, model, operation, { steps: Math.ceil(stepsMost / NEAR) })) return 'fine'
  const steps = Math.ceil(stepsMost / ALL), isExact = tellsAll(object)
  const kept = isExact ? searchKept(object, model, steps) : 'unknown'
  if (kept !== 'unknown') return kept
  const outcome = searchOn(object, model, { steps })
  return outcome === 'unknown' && !isExact && searchKept(object, model, steps) === 'violated' ? 'violated' : outcome
}

/** Looks among all that is kept. Only if that tells all is it taken for the order, and `fine` an answer. */
function searchKept(object: ObjectState, model: Model, steps: number): 'fine' | 'violated' | 'unknown' {
  const { outcome, explained } = findOrder(model, keptOf(object, model), new Meter({ steps }), object.kept.since.from)
  if (explained === null || !tellsAll(object)) return outcome
  let state = object.orderFrom = explained.from
  object.order = explained.order().map((one) => {
    state = model.step(state, one) as Json
    return { id: one.id, call: one.call, ret: one.ret, state }
  })
  return outcome
}

/** Looks for what may come after each configuration. */
function searchOn(object: ObjectState, model: Model, budget: { steps: number }): 'fine' | 'violated' | 'unknown' {
  for (const configuration of object.configurations) {
    const search = new Search(entriesFrom(object, configuration), model, budget)
    if (search.from(configuration.state, undefined)) {
      object.orderFrom = configuration.state
      object.order = search.order
      return 'fine'
    }
    if (budget.steps <= 0) return 'unknown'
  }
  return 'violated'
}

/** Looks for an order that begins as the one at hand, up to the last that was over when `operation` was called. */
function mend(object: ObjectState, model: Model, operation: Operation, budget: { steps: number }): boolean {
  const { order } = object
  const from = order.findLastIndex(({ ret }) => ret !== null && ret < operation.call) + 1
  const entries: Entry[] = []
  for (const { operation: one, open, still, overwrites } of object.waiting) {
    const place = order.findIndex(({ id }) => id === one.id)
    if (one.status === 'ok' && (place >= from || one.id === operation.id)) entries.push({ operation: one, must: true, still, overwrites, over: one.ret as number, like: -1 })
    // Of one never answered that has no place it is not known any more whether it had one.
    else if (one.status === 'info' && !still && (place >= from || (open && place < 0))) entries.push({ operation: one, must: false, still, overwrites, over: Infinity, like: -1 })
  }
  const search = new Search(entries, model, budget)
  if (!search.from(stateBefore(object, from), undefined)) return false
  order.splice(from, order.length, ...search.order)
  return true
}

/** What may come after a configuration. */
function entriesFrom(object: ObjectState, { used, free, read, spent }: Configuration): Entry[] {
  const entries: Entry[] = []
  for (const { operation, still, overwrites } of object.waiting) {
    const { id, status, ret } = operation
    if (used.includes(id) || read.includes(id)) continue
    if (status === 'ok') entries.push({ operation, must: !free.includes(id), still, overwrites, over: ret as number, like: -1 })
    else if (!still) entries.push({ operation, must: false, still, overwrites, over: Infinity, like: -1 })
  }
  object.classes.forEach(({ members, overwrites }, no) => {
    const first = spent[no] ?? 0
    for (let at = first; at < members.length; at++) entries.push({ operation: members[at] as Operation, must: false, still: false, overwrites, over: Infinity, like: at > first ? entries.length - 1 : -1 })
  })
  return entries
}

/**
 * `must`: it needs a place in the order. `over`: when it was over, though it needs none, as it may have come before all; Infinity for one never
 * answered. `like`: the entry before, if it asks the same and is used first; -1 for none.
 */
interface Entry { operation: Operation; must: boolean; still: boolean; overwrites: boolean; over: number; like: number }

/** What was found to lead nowhere: the state, and a bit for each entry that was in the order. */
interface Failed { state: Json; done: readonly number[] }

class Search {
  readonly order: Placed[] = []
  private readonly entries: readonly Entry[]
  /** A bit for each entry that is in the order. */
  private readonly done: number[]
  /** Whether every one that changes the state overwrites: then what an optional one did must be read at once. */
  private readonly allOverwrite: boolean
  /** Whether the model can say what is hopeless. */
  private readonly looksAhead: boolean
  private readonly failed = new Map<number, Failed[]>()
  private readonly model: Model
  private readonly budget: { steps: number }

  constructor(entries: readonly Entry[], model: Model, budget: { steps: number }) {
    this.entries = entries
    this.model = model
    this.budget = budget
    this.allOverwrite = this.entries.every(({ still, overwrites }) => still || overwrites)
    this.looksAhead = model.hopeless !== undefined && !entries.some(({ operation, still }) => !still && model.sets?.(operation) !== undefined)
    this.done = Array.from({ length: (this.entries.length >> 5) + 1 }, () => 0)
  }

  private isDone(at: number): boolean { return ((this.done[at >> 5] as number) & (1 << (at & 31))) !== 0 }

  private put(at: number, state: Json): void {
    const { id, call, ret } = (this.entries[at] as Entry).operation
    this.order.push({ id, call, ret, state })
    this.done[at >> 5] = (this.done[at >> 5] as number) ^ (1 << (at & 31))
  }

  private takeBack(at: number): void {
    this.order.pop()
    this.done[at >> 5] = (this.done[at >> 5] as number) ^ (1 << (at & 31))
  }

  /** The first to be over of those that need a place: none called after that may come before it. -1 when none is left. */
  private next(): number {
    let next = -1, over = Infinity
    for (let at = 0; at < this.entries.length; at++) {
      const entry = this.entries[at] as Entry
      if (!entry.must || entry.over >= over || this.isDone(at)) continue
      next = at
      over = entry.over
    }
    return next
  }

  /** Until when an operation must have been called to leave every choice to those that need no place: they may come before it still. */
  private freeUntil(): number {
    let until = Infinity
    for (let at = 0; at < this.entries.length; at++) {
      const { must, over } = this.entries[at] as Entry
      if (!must && over < until && !this.isDone(at)) until = over
    }
    return until
  }

  /** Whether an order of what is left explains its answers from `state` on. `before`: the state before an operation that could be left out, and of which nothing has made use yet. */
  from(state: Json, before: Json | undefined): boolean {
    const { entries, model } = this
    const reads: number[] = []
    let next = this.next()
    const freeUntil = this.freeUntil()
    // Reads that fit hinder nothing, as they change nothing, unless some that need no place could not have one any more.
    for (let at = 0; next >= 0 && at < entries.length; at++) {
      const { must, still, operation } = entries[at] as Entry
      if (!must || !still || this.isDone(at) || operation.call > Math.min(freeUntil, (entries[next] as Entry).over) || model.step(state, operation) === undefined) continue
      this.put(at, state)
      reads.push(at)
      if (at !== next) continue
      // More of them may be possible now.
      next = this.next()
      at = -1
    }
    if (next < 0) return true
    if (!this.hasFailed(state)) {
      if (this.goesOn(state, reads.length > 0 ? undefined : before, next)) return true
      this.noteFailed(state)
    }
    for (const at of reads.reverse()) this.takeBack(at)
    return false
  }

  /** Tries all that may come next; `next` is the first that must be over. */
  private goesOn(state: Json, before: Json | undefined, next: number): boolean {
    const { entries, model } = this
    const target = entries[next] as Entry
    this.budget.steps -= 1 + (entries.length >> 5)
    const tries = (at: number): boolean => {
      const { operation, must, over, like } = entries[at] as Entry
      if (this.budget.steps <= 0) return false
      if (operation.call > target.over || this.isDone(at) || (like >= 0 && !this.isDone(like))) return false
      const after = model.step(state, operation)
      if (after === undefined || (!must && model.equal(after, state)) || (this.looksAhead && target.still && target.operation.result !== undefined && model.hopeless?.(after, target.operation) === true)) return false
      if (before !== undefined) {
        // The same without the one before: pointless.
        const without = model.step(before, operation)
        if (without !== undefined && model.equal(without, after)) return false
      }
      if (!must && (this.order.some((one) => one.call > over) || (this.allOverwrite && !this.isRead(after, target.over)))) return false
      this.put(at, after)
      if (this.from(after, must ? undefined : state)) return true
      this.takeBack(at)
      return false
    }
    if (tries(next)) return true
    for (let at = 0; at < entries.length; at++) if (at !== next && (entries[at] as Entry).must && tries(at)) return true
    for (let at = 0; at < entries.length; at++) if (!(entries[at] as Entry).must && tries(at)) return true
    return false
  }

  /** Whether an answer that may come next is right in that state. */
  private isRead(state: Json, over: number): boolean {
    for (let at = 0; at < this.entries.length; at++) {
      const { must, still, operation } = this.entries[at] as Entry
      if (must && still && operation.call <= over && !this.isDone(at) && this.model.step(state, operation) !== undefined) return true
    }
    return false
  }

  private keyOf(state: Json): number {
    let key = this.model.hash(state)
    for (const word of this.done) key = Math.imul(key ^ word, 0x9e3779b1) ^ (key >>> 15)
    return key
  }

  private hasFailed(state: Json): boolean {
    return this.failed.get(this.keyOf(state))?.some((one) => one.done.every((word, at) => word === this.done[at]) && this.model.equal(one.state, state)) === true
  }

  private noteFailed(state: Json): void {
    const key = this.keyOf(state)
    const failed = { state, done: [...this.done] }
    const there = this.failed.get(key)
    if (there === undefined) this.failed.set(key, [failed])
    else there.push(failed)
  }
}
