import { assert, fail, unreachable } from './assert.ts'
import { parseFields } from './fields.ts'
import { INBOX_MAX } from './limits.ts'
import { cloneJson } from './json.ts'
import { letterOfId, placeOf } from './letters.ts'
import { transmit } from './network.ts'
import { depart } from './customers.ts'
import { emitAt, hasFired, nodeAt, noteFired, refreshAlarms, schedule, since, wind } from './run.ts'
import type { RuleBook, Run } from './run.ts'
import type { ActionSpec, Dice, Out, Rule, Scenario } from './scenario.ts'
import type { RecordedAction } from './inputs.ts'
import type { Json, NodeEvent, Shape } from './types.ts'
import type { Flight, NodeWorld, Outgoing } from './world.ts'

/** Names of the rules that run by themselves at this node now. */
export function rulesInForce(run: Run, node: NodeWorld): readonly string[] {
  const { rules, levels, misconceptions } = run.scenario
  const belief = node.belief === null ? null : misconceptions[node.belief]
  const all = new Set([...Object.keys(rules), ...Object.keys(belief?.replaces ?? {})])
  const own = node.playedBy === 'bot' ? [...all] : levels[node.level]
  return own.filter((id) => belief?.replaces[id] !== null)
}

interface Ruled { id: string; rule: Rule<never> }

function bookOf(run: Run, node: NodeWorld): RuleBook {
  const { rules, misconceptions } = run.scenario
  const replaced = node.belief === null ? {} : (misconceptions[node.belief]?.replaces ?? {})
  const book = { message: new Map<string, Ruled[]>(), alarm: new Map<string, Ruled[]>(), request: [] as Ruled[], start: [] as Ruled[] }
  for (const id of rulesInForce(run, node)) {
    const rule = (Object.hasOwn(replaced, id) ? replaced[id] : rules[id]) as Rule<never> | undefined
    assert(rule !== undefined, `no rule ${id} in mission ${run.scenario.id}`)
    for (const trigger of rule.on) {
      if (trigger === 'request' || trigger === 'start') {
        book[trigger].push({ id, rule })
        continue
      }
      const [sort, name] = trigger.split(' ') as ['message' | 'alarm', string]
      book[sort].set(name, [...(book[sort].get(name) ?? []), { id, rule }])
    }
  }
  return book
}

/** Books of each mission by what they depend on: who searches through thousands of rounds makes them once. */
const books = new WeakMap<Scenario, Map<string, RuleBook>>()

function knownBookOf(run: Run, node: NodeWorld): RuleBook {
  const known = books.get(run.scenario) ?? new Map<string, RuleBook>()
  books.set(run.scenario, known)
  const key = `${node.playedBy === 'bot' ? 'bot' : node.level} ${node.belief ?? ''}`
  const book = known.get(key) ?? bookOf(run, node)
  known.set(key, book)
  return book
}

/** The rules of a seat by trigger, looked up once for each change of level, belief or player. */
function rulesAt(run: Run, seat: number): RuleBook {
  return (run.rules[seat] ??= knownBookOf(run, nodeAt(run, seat)))
}

function triggeredBy(book: RuleBook, event: NodeEvent): readonly Ruled[] | undefined {
  switch (event.on) {
    case 'message': return book.message.get(event.letter.message.kind)
    case 'alarm': return book.alarm.get(event.name)
    case 'request': return book.request
    case 'start': return book.start
    default: return unreachable(event)
  }
}

/** Lets an outgoing thing leave now, or after the write that is under way. */
function release(run: Run, seat: number, out: Outgoing): void {
  if (out.kind === 'send') transmit(run, seat, out.to, out.body)
  else depart(run, seat, out)
}

/** What a seat's actions reach the world through; made once for each seat. */
export function outOf(run: Run, seat: number): Out<Shape> {
  const node = nodeAt(run, seat)
  const leave = (out: Outgoing): void => {
    const { barriers } = node
    // Asking an empty list for its last item is slow.
    if (barriers.length === 0) release(run, seat, out)
    else barriers[barriers.length - 1]?.out.push(out)
  }
  const seatOf = (to: string): number => {
    const target = run.seatOf.get(to)
    if (target === undefined || target === seat) fail(`${node.self.id} cannot send to ${to}`)
    return target
  }
  const takeRequest = (local: number): string => {
    const at = node.self.requests.findIndex((one) => one.n === local)
    const id = node.requestIds[local]
    if (at < 0 || id === undefined) fail(`request ${local} does not wait at ${node.self.id}`)
    node.self.requests.splice(at, 1)
    delete node.requestIds[local]
    return id
  }
  return {
    send: (to, message) => leave({ kind: 'send', to: seatOf(to), body: message }),
    reply: (request, reply) => leave({ kind: 'reply', local: request.n, request: takeRequest(request.n), reply }),
    redirect: (request, to) => leave({ kind: 'redirect', local: request.n, request: takeRequest(request.n), to: seatOf(to) }),
    sync: () => {
      node.barriers.push({ disk: cloneJson(node.self.disk), out: [] })
      schedule(run, run.world.nowMs + run.world.settings.syncMs, { kind: 'synced', seat, boot: node.boots })
    },
  }
}

/** What a click on a crashed node is told. */
export const CRASHED = 'Your node has crashed.'

/** Performs an action that physics allows; a refusal is a fact, not an error. Returns whether it was done. */
function perform(run: Run, seat: number, action: Shape['action'], rule: string | null): boolean {
  const node = nodeAt(run, seat)
  const self = node.self
  const spec = (run.scenario.actions as { [kind: string]: ActionSpec<Shape, Shape['action']> })[action.kind]
  if (spec === undefined) fail(`mission ${run.scenario.id} has no action ${action.kind}`)
  const place = action.letter === undefined ? -1 : placeOf(self.inbox, action.letter)
  const letter = place < 0 ? undefined : self.inbox[place]
  const waits = action.request === undefined || self.requests.some((one) => one.n === action.request)
  const refusal = action.letter !== undefined && letter === undefined ? 'That message is gone.'
    : !waits ? 'That request is gone.' : (spec.refusal?.(self, action) ?? null)
  if (refusal !== null) {
    refuse(run, node, action as unknown as Json, refusal)
    return false
  }
  if (letter !== undefined) letter.handled = true
  emitAt(run, node, {
    n: 0, atMs: 0, kind: 'acted', node: self.id, action, rule,
    message: place < 0 ? null : (node.origins[place]?.message ?? null),
    request: action.request === undefined ? null : (node.requestIds[action.request] ?? null),
    before: since(node), because: [],
  })
  spec.perform(self, action, run.outs[seat] as Out<Shape>)
  return true
}

/** Records that a click could not be done. */
export function refuse(run: Run, node: NodeWorld, action: Json, reason: string): void {
  emitAt(run, node, { n: 0, atMs: 0, kind: 'refused', node: node.self.id, action, reason, before: since(node), because: [] })
}

/** Offers an event to the rules in force, each after what the ones before it did. `only`: just these. */
function offer(run: Run, seat: number, event: NodeEvent, only?: ReadonlySet<string>): void {
  const rules = triggeredBy(rulesAt(run, seat), event)
  if (rules === undefined) return
  const self = nodeAt(run, seat).self as never
  for (const { id, rule } of rules) {
    if (only !== undefined && !only.has(id)) continue
    if (!rule.when(self, event as never)) continue
    for (const action of rule.act(self, event as never, run.dice[seat] as Dice)) perform(run, seat, action, id)
  }
}

/** Tells a running node something. */
export function tell(run: Run, seat: number, event: NodeEvent): void {
  wind(run, nodeAt(run, seat))
  offer(run, seat, event)
  refreshAlarms(run, seat)
}

/** A message arrives at a node that is up and running. */
export function deliver(run: Run, flight: Flight): void {
  const node = nodeAt(run, flight.to)
  const self = node.self
  wind(run, node)
  const from = run.ids[flight.from] as string
  const letter = { n: ++node.letters, from, message: flight.body, atMs: self.clockMs, handled: false }
  self.inbox.push(letter)
  node.origins.push({ message: flight.message, copy: flight.copy })
  if (self.inbox.length > INBOX_MAX) {
    self.inbox.shift()
    node.origins.shift()
  }
  emitAt(run, node, {
    n: 0, atMs: 0, kind: 'delivered', node: self.id, message: flight.message, from, body: flight.body,
    letter: letter.n, copy: flight.copy, before: since(node, flight.sent), because: flight.corrupted === undefined ? [] : [flight.corrupted.because],
  })
  run.scenario.arrive(self, from, flight.body)
  tell(run, flight.to, { on: 'message', letter })
}

/** A write has reached the disk: it survives from now on, and what waited for it leaves. */
export function synced(run: Run, seat: number): void {
  const node = nodeAt(run, seat)
  const barrier = node.barriers.shift()
  assert(barrier !== undefined, 'a write completed that never began')
  wind(run, node)
  node.syncedDisk = barrier.disk
  emitAt(run, node, { n: 0, atMs: 0, kind: 'stored', node: node.self.id, disk: barrier.disk, before: since(node), because: [] })
  for (const out of barrier.out) release(run, seat, out)
  refreshAlarms(run, seat)
}

/** Sets off the alarms of a node that are due; each (name, due) pair once, earliest first. */
export function ring(run: Run, seat: number): void {
  const node = nodeAt(run, seat)
  wind(run, node)
  const alarms = run.scenario.alarms(node.self)
  let name: string | null = null
  let dueMs = Infinity
  for (const one in alarms) {
    const at = alarms[one]
    if (at !== null && at !== undefined && at <= node.self.clockMs && at < dueMs && !hasFired(node, one, at)) { name = one; dueMs = at }
  }
  assert(name !== null, 'an alarm was expected and none is due')
  noteFired(node, name, dueMs)
  emitAt(run, node, { n: 0, atMs: 0, kind: 'timer', node: node.self.id, name, dueMs, before: since(node), because: [] })
  offer(run, seat, { on: 'alarm', name, dueMs })
  refreshAlarms(run, seat)
}

/** The local numbers behind the identities in a recorded action, or what is gone. */
function localise(node: NodeWorld, action: RecordedAction): { [name: string]: Json | undefined } | string {
  const local: { [name: string]: Json | undefined } = { ...action }
  if (action.letter !== undefined) {
    local['letter'] = letterOfId(node, action.letter)
    if (local['letter'] === undefined) return 'That message is gone.'
  }
  if (action.request !== undefined) {
    const n = Object.keys(node.requestIds).find((one) => node.requestIds[one] === action.request)
    if (n === undefined) return 'That request is gone.'
    local['request'] = Number(n)
  }
  return local
}

/** A student's click on a node that is up and running. */
export function click(run: Run, seat: number, action: RecordedAction): void {
  const node = nodeAt(run, seat)
  wind(run, node)
  const spec = Object.hasOwn(run.scenario.actions, action.kind)
    ? (run.scenario.actions as { [kind: string]: ActionSpec<Shape, Shape['action']> })[action.kind] : undefined
  const local = spec === undefined ? 'There is no such action.' : localise(node, action)
  if (spec === undefined || typeof local === 'string') return refuse(run, node, action as Json, local as string)
  const parsed = parseFields(spec.fields, local, node.self)
  if (!parsed.ok) refuse(run, node, action as Json, parsed.error)
  else perform(run, seat, { ...parsed.value, kind: action.kind } as Shape['action'], null)
  refreshAlarms(run, seat)
}

/**
 * A seat changes hands or level. Rules that are switched on by it are offered what lies unanswered: letters, requests,
 * and alarms that went off with nobody to act on them. A paused node notices only when it wakes up.
 */
export function reoffer(run: Run, seat: number, change: (node: NodeWorld) => void): void {
  const node = nodeAt(run, seat)
  const before = new Set(rulesInForce(run, node))
  change(node)
  run.rules[seat] = null
  if (!node.up) return
  const now = rulesInForce(run, node)
  const fresh = now.filter((id) => !before.has(id))
  if (node.pausedAtMs !== null) {
    node.fresh = [...node.fresh.filter((id) => now.includes(id) && !fresh.includes(id)), ...fresh]
    return
  }
  offerWaiting(run, seat, new Set(fresh))
  offerAlarms(run, seat, new Set(fresh))
}

/** Offers unanswered letters and requests to rules that were not there when they came. */
export function offerWaiting(run: Run, seat: number, fresh: ReadonlySet<string>): void {
  if (fresh.size === 0) return
  const node = nodeAt(run, seat)
  wind(run, node)
  for (const letter of [...node.self.inbox]) if (!letter.handled) offer(run, seat, { on: 'message', letter }, fresh)
  for (const request of [...node.self.requests]) {
    if (node.self.requests.includes(request)) offer(run, seat, { on: 'request', request }, fresh)
  }
  refreshAlarms(run, seat)
}

/** Offers alarms that went off, and are still due, to rules that were not there then. */
export function offerAlarms(run: Run, seat: number, fresh: ReadonlySet<string>): void {
  if (fresh.size === 0) return
  const node = nodeAt(run, seat)
  wind(run, node)
  for (const [name, dueMs] of Object.entries(run.scenario.alarms(node.self))) {
    if (dueMs !== null && dueMs <= node.self.clockMs && hasFired(node, name, dueMs)) offer(run, seat, { on: 'alarm', name, dueMs }, fresh)
  }
  refreshAlarms(run, seat)
}
