import { closes, linkEffectOf } from './faults/effects.ts'
import type { Fact, FactOf, Severity } from './sim/facts.ts'
import type { NodeId, RequestId, SimMs } from './sim/types.ts'

/**
 * The score of a cluster: safety, availability and latency, as one fold over its facts. Plain JSON state, and each fact costs
 * no more than the cluster's nodes and links, so that it runs live, in a replay and in a report alike.
 */

/** What a breach costs of the 100 points of safety. A claim reports each breach once for each witness. */
export const SAFETY_COST: { readonly [S in Severity]: number } = { severe: 12, liveness: 6, minor: 3 }
/**
 * A request that was not served counts against the cluster only if the node that the customer asked could reach a majority,
 * without a break, for this share of the time the request had. No cluster can serve who asks a node that is cut off
 * (Gilbert and Lynch, 2002); a served request counts in any case.
 */
export const REACHABLE_SHARE = 0.5
/** Latencies are counted in steps of this many ms; the figure is the step's upper end. */
export const LATENCY_STEP_MS = 50


interface Waiting { request: RequestId; node: NodeId; startedMs: SimMs; deadlineMs: SimMs; /** Longest unbroken reach so far, of what has ended. */ reachedMs: number }

export interface ScoreState {
  nodes: readonly NodeId[]
  /** Nodes that are crashed or paused. */
  down: { [node: NodeId]: true }
  /** Directions of links that each active fault cuts, as `A>B`. */
  cuts: { [fault: string]: readonly string[] }
  /** Since when each node can reach a majority; null while it cannot. */
  reachesSince: { [node: NodeId]: SimMs | null }
  /** By customer: each waits for one answer at a time. */
  waiting: { [customer: string]: Waiting }
  served: number
  missed: number
  excused: number
  /** Requests by how many steps they took. */
  steps: { [step: string]: number }
  breaches: { [S in Severity]: number }
}

export interface Score {
  /** 100 at first, never below 0. */
  safety: number
  /** Percent of the requests that counted which were served in time; null before the first. */
  inTime: number | null
  /** 99th percentile by nearest rank of the time to an answer, in ms; null before the first. */
  p99Ms: number | null
  served: number
  missed: number
  /** Not served, and nobody could have: the node asked was cut off, crashed or paused. */
  excused: number
  breaches: number
}

export function newScore(nodes: readonly NodeId[]): ScoreState {
  return {
    nodes, down: {}, cuts: {}, reachesSince: Object.fromEntries(nodes.map((id) => [id, 0])), waiting: {}, served: 0, missed: 0, excused: 0, steps: {},
    breaches: { severe: 0, minor: 0, liveness: 0 },
  }
}

/** Takes one fact; facts come in order. */
export function foldScore(state: ScoreState, fact: Fact): void {
  switch (fact.kind) {
    case 'asked': wait(state, fact, fact.to); return
    // A request that was sent on still belongs to the node that was asked first.
    case 'requested': if (fact.hop === 0) wait(state, fact, fact.node); return
    case 'replied': {
      state.served++
      const step = String(Math.max(1, Math.ceil(fact.tookMs / LATENCY_STEP_MS)))
      state.steps[step] = (state.steps[step] ?? 0) + 1
      delete state.waiting[fact.customer]
      return
    }
    case 'unreached': case 'expired': {
      const one = state.waiting[fact.customer]
      delete state.waiting[fact.customer]
      if (one?.request === fact.request) giveUp(state, one, fact.atMs)
      // It never reached a node that could note it: a crashed or paused one, or one without room, which is the cluster's own doing.
      else if (fact.kind === 'unreached' && (state.reachesSince[fact.to] ?? null) !== null) state.missed++
      else state.excused++
      return
    }
    case 'crashed': case 'paused': state.down[fact.node] = true; reckon(state, fact.atMs); return
    case 'restarted': case 'resumed': delete state.down[fact.node]; reckon(state, fact.atMs); return
    case 'fault-started': case 'fault-turned': {
      const cuts = cutsOf(fact, state.nodes)
      if (cuts.length > 0) state.cuts[fact.fault] = cuts
      else if (state.cuts[fact.fault] !== undefined) delete state.cuts[fact.fault]
      else return
      reckon(state, fact.atMs)
      return
    }
    case 'fault-ended': {
      if (state.cuts[fact.fault] !== undefined) { delete state.cuts[fact.fault]; reckon(state, fact.atMs) }
      return
    }
    case 'breached': state.breaches[fact.severity]++; return
    default:
  }
}

/** A customer's time begins when it asks, though the node may take its request up later. */
function wait(state: ScoreState, { request, customer, atMs, deadlineAtMs }: FactOf<'asked' | 'requested'>, node: NodeId): void {
  const before = state.waiting[customer]
  if (before?.request === request) return
  // Sent round in circles until it gave up: nothing says so but its next request.
  if (before !== undefined) giveUp(state, before, atMs)
  state.waiting[customer] = { request, node, startedMs: atMs, deadlineMs: deadlineAtMs, reachedMs: 0 }
}

/** The directions that a fault closes; a link that loses or holds everything is closed too. */
function cutsOf(fact: FactOf<'fault-started'> | FactOf<'fault-turned'>, ids: readonly NodeId[]): string[] {
  const phase = fact.kind === 'fault-turned' ? fact.phase : 0
  return fact.links.filter(([from, to]) => closes(linkEffectOf(fact, from, to, { ids, phase }))).map(([from, to]) => `${from}>${to}`)
}

/** Which nodes now hear, and are heard by, enough others to make a majority; notes the stretches that end here. */
function reckon(state: ScoreState, nowMs: SimMs): void {
  const closed = new Set(Object.values(state.cuts).flat())
  for (const id of state.nodes) {
    const peers = state.nodes.filter((peer) => peer !== id && state.down[peer] === undefined && !closed.has(`${id}>${peer}`) && !closed.has(`${peer}>${id}`))
    const reaches = state.down[id] === undefined && peers.length + 1 > state.nodes.length / 2
    const since = state.reachesSince[id] ?? null
    if (reaches && since === null) state.reachesSince[id] = nowMs
    if (reaches || since === null) continue
    for (const one of Object.values(state.waiting)) if (one.node === id) one.reachedMs = Math.max(one.reachedMs, nowMs - Math.max(since, one.startedMs))
    state.reachesSince[id] = null
  }
}

function giveUp(state: ScoreState, one: Waiting, nowMs: SimMs): void {
  const since = state.reachesSince[one.node] ?? null
  const reachedMs = since === null ? one.reachedMs : Math.max(one.reachedMs, nowMs - Math.max(since, one.startedMs))
  if (reachedMs >= REACHABLE_SHARE * (one.deadlineMs - one.startedMs)) state.missed++
  else state.excused++
}

/** The score so far. */
export function scoreOf(state: ScoreState): Score {
  const { served, missed, excused, breaches } = state
  const cost = (Object.keys(SAFETY_COST) as Severity[]).reduce((sum, severity) => sum + breaches[severity] * SAFETY_COST[severity], 0)
  return {
    safety: Math.max(0, 100 - cost), inTime: served + missed === 0 ? null : Math.round((100 * served) / (served + missed)),
    p99Ms: percentileMs(state, 99), served, missed, excused, breaches: breaches.severe + breaches.minor + breaches.liveness,
  }
}

/** A percentile of the answers' times by nearest rank, up to the next step. */
function percentileMs(state: ScoreState, percent: number): number | null {
  let left = Math.ceil((state.served * percent) / 100)
  if (left === 0) return null
  const steps = Object.keys(state.steps).map(Number).toSorted((a, b) => a - b)
  for (const step of steps) {
    left -= state.steps[step] ?? 0
    if (left <= 0) return step * LATENCY_STEP_MS
  }
  return null
}
