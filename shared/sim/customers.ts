import { clockAt } from './clocks.ts'
import { HELD_MAX, HOPS_MAX, REQUESTS_WAITING_MAX } from './limits.ts'
import { emit, emitAt, nodeAt, refreshAlarms, schedule, since } from './run.ts'
import type { Run } from './run.ts'
import { tell } from './node.ts'
import { handOver, waits } from './work.ts'
import type { Dice } from './scenario.ts'
import type { NodeId, RequestId } from './types.ts'
import type { Customer, Outgoing } from './world.ts'

/**
 * Simulated customers: each asks one thing at a time, waits for the answer until its deadline, follows redirections, rests,
 * and asks again: often the node that answered, sometimes any. If all were faithful, nobody would notice a stale leader.
 */

const nameOf = (customer: number, n: number): RequestId => `c${customer}/${n}`
const customerOf = (request: RequestId): number => Number(request.slice(1, request.indexOf('/')))

/** What the customer of a request still waits for an answer to; null when it has gone on. */
function openOf(run: Run, request: RequestId): Customer['open'] {
  const customer = customerOf(request)
  const { open } = run.world.customers[customer] as Customer
  return open !== null && nameOf(customer, open.n) === request ? open : null
}

const diceAt = (run: Run, customer: number): Dice => run.customerDice[customer] as Dice

/** Schedules the customer's next request after a rest. */
export function rest(run: Run, customer: number): void {
  const state = run.world.customers[customer] as Customer
  state.open = null
  const [least, most] = run.scenario.workload.gapMs
  schedule(run, run.world.nowMs + diceAt(run, customer).between('rest', String(state.n), least, most), { kind: 'ask', customer })
}

/** The customer asks: the node it knows, or any. */
export function ask(run: Run, customer: number): void {
  const state = run.world.customers[customer] as Customer
  const dice = diceAt(run, customer)
  const n = ++state.n
  const sticky = state.knows !== null && dice.between('sticky', String(n), 1, 100) <= run.scenario.workload.stickyPercent
  const seat = sticky && state.knows !== null ? state.knows : dice.between('node', String(n), 0, run.ids.length - 1)
  const now = run.world.nowMs
  const { workload } = run.scenario
  state.open = { n, operation: workload.operation(customer, n, dice, state.carried ?? null), startedMs: now, deadlineMs: now + workload.deadlineMs, hop: 0, fact: -1, asked: null, seat: null, local: null }
  schedule(run, now + workload.deadlineMs, { kind: 'expire', customer, n })
  arriveRequest(run, customer, n, seat)
}

/** A request reaches a node, or finds it crashed or full: then the customer gives up and looks elsewhere next time. `waited`: it did already. */
export function arriveRequest(run: Run, customer: number, n: number, seat: number, waited = false): void {
  const state = run.world.customers[customer] as Customer
  const open = state.open
  if (open === null || open.n !== n) return
  const node = nodeAt(run, seat)
  if (!node.up || node.self.requests.length >= REQUESTS_WAITING_MAX || (!waited && waits(node) && node.held.length >= HELD_MAX)) {
    const before = state.lastFact < 0 ? [] : [state.lastFact]
    const because = node.crashedBy === null ? [] : [node.crashedBy]
    emit(run, { n: 0, atMs: 0, kind: 'unreached', node: null, request: nameOf(customer, n), customer, to: run.ids[seat] as NodeId, before, because })
    state.knows = null
    rest(run, customer)
    return
  }
  if (!waited && waits(node)) {
    open.seat = seat
    // Who was sent on has asked already.
    if (open.hop === 0) {
      open.asked = emit(run, {
        n: 0, atMs: 0, kind: 'asked', node: null, request: nameOf(customer, n), customer, to: node.self.id,
        operation: open.operation, deadlineAtMs: open.deadlineMs, before: state.lastFact < 0 ? [] : [state.lastFact], because: [],
      })
      state.lastFact = open.asked
    }
    handOver(run, seat, { kind: 'request', customer, n })
    return
  }
  const local = ++node.requests
  const atMs = clockAt(node.clock, run.world.nowMs)
  open.seat = seat
  open.local = local
  const request = { n: local, operation: open.operation, atMs, deadlineAtMs: atMs + open.deadlineMs - run.world.nowMs }
  node.self.requests.push(request)
  node.requestIds[local] = nameOf(customer, n)
  open.fact = emitAt(run, node, {
    n: 0, atMs: 0, kind: 'requested', node: node.self.id, request: nameOf(customer, n), customer, local, hop: open.hop,
    operation: open.operation, deadlineAtMs: open.deadlineMs, before: since(node, state.lastFact), because: open.asked === null || open.hop > 0 ? [] : [open.asked],
  })
  tell(run, seat, { on: 'request', request })
}

/** A reply or a redirection leaves its node. One that comes after the deadline reaches nobody. */
export function depart(run: Run, seat: number, out: Exclude<Outgoing, { kind: 'send' }>): void {
  const open = openOf(run, out.request)
  if (open === null) return
  const customer = customerOf(out.request)
  const state = run.world.customers[customer] as Customer
  const node = nodeAt(run, seat)
  const head = { n: 0, atMs: 0, node: node.self.id, request: out.request, customer, local: out.local, before: since(node), because: [] }
  if (out.kind === 'reply') {
    state.lastFact = emitAt(run, node, { ...head, kind: 'replied', reply: out.reply, tookMs: run.world.nowMs - open.startedMs })
    state.knows = seat
    const carried = run.scenario.workload.carries?.(out.reply) ?? null
    if (carried !== null) state.carried = carried
    rest(run, customer)
    return
  }
  state.lastFact = emitAt(run, node, { ...head, kind: 'redirected', to: run.ids[out.to] as NodeId })
  state.knows = out.to
  open.seat = null
  open.local = null
  open.hop++
  if (open.hop > HOPS_MAX) {
    // Sent from one to the other and back: nobody goes on for ever.
    emit(run, { n: 0, atMs: 0, kind: 'unreached', node: null, request: out.request, customer, to: run.ids[out.to] as NodeId, before: [state.lastFact], because: [] })
    state.knows = null
    rest(run, customer)
  } else schedule(run, run.world.nowMs + run.scenario.workload.redirectMs, { kind: 'arrive', customer, n: open.n, seat: out.to })
}

/** The deadline passes. A paused node learns of it only on waking; a crashed one never. */
export function expire(run: Run, customer: number, n: number): void {
  const state = run.world.customers[customer] as Customer
  const open = state.open
  if (open === null || open.n !== n) return
  const node = open.seat === null ? null : nodeAt(run, open.seat)
  const sees = node !== null && node.up && node.pausedAtMs === null && open.local !== null
  if (sees) {
    forget(run, open.seat as number, open.local as number)
    emitAt(run, node, { n: 0, atMs: 0, kind: 'expired', node: node.self.id, request: nameOf(customer, n), customer, local: open.local, before: since(node), because: [] })
    refreshAlarms(run, open.seat as number)
  } else {
    const began = open.fact < 0 ? open.asked : open.fact
    const before = began === null ? [] : [began]
    emit(run, { n: 0, atMs: 0, kind: 'expired', node: null, request: nameOf(customer, n), customer, local: null, before, because: [] })
  }
  state.knows = null
  rest(run, customer)
}

/** Takes a request off a node's list. */
function forget(run: Run, seat: number, local: number): void {
  const node = nodeAt(run, seat)
  node.self.requests = node.self.requests.filter((one) => one.n !== local)
  delete node.requestIds[local]
}

/** On waking: drops the requests whose deadline passed meanwhile. They are the customers' deadlines: the node's clock may have been bent. */
export function dropExpired(run: Run, seat: number): void {
  const node = nodeAt(run, seat)
  for (const { n } of [...node.self.requests]) {
    const name = node.requestIds[n]
    const open = name === undefined ? null : openOf(run, name)
    if (open === null || open.deadlineMs <= run.world.nowMs) forget(run, seat, n)
  }
}
