import type { Fact } from './sim/facts.ts'
import { INBOX_MAX } from './sim/limits.ts'
import type { Scenario } from './sim/scenario.ts'
import type { NodeId, RequestId, SimMs } from './sim/types.ts'

/**
 * How a cluster does over time, as one fold over its facts: latency, errors by cause, what waits at each node, missed heartbeats, and how far replicas are
 * behind. Plain JSON state of bounded size: counts in buckets of simulated time, the oldest of which are forgotten.
 */

/** Length of a bucket, and how many are kept: five minutes. */
export const BUCKET_MS = 5_000
export const BUCKETS_KEPT = 60
/** Percentiles are taken over this many buckets: a minute of customers is few enough as it is. */
export const WINDOW_BUCKETS = 12
/** Latencies are counted in steps of this many ms, so a percentile is at most this much too high. */
export const LATENCY_STEP_MS = 50
/** Answers remembered, by which a breach can say that one was wrong. */
const ANSWERS_KEPT = 64

export const ERROR_CAUSES = ['timeout', 'unreachable', 'wrong'] as const
export type ErrorCause = (typeof ERROR_CAUSES)[number]
export const PERCENTILES = [50, 95, 99, 99.9] as const

interface Bucket { fromMs: SimMs; steps: { [step: string]: number }; errors: { [C in ErrorCause]: number }; queue: { [node: NodeId]: number } }
export interface MetricsState {
  nodes: readonly NodeId[]
  /** The last is the one that is being filled. */
  buckets: Bucket[]
  /** Where each request waits. */
  waiting: { [request: RequestId]: NodeId }
  /** Numbers of the letters in each node's inbox that nobody has handled; an inbox is bounded. */
  letters: { [node: NodeId]: number[] }
  /** How many letters and requests wait at each node. */
  queue: { [node: NodeId]: number }
  /** Heartbeats to each node that never came since the last one that did. */
  missed: { [node: NodeId]: number }
  /** What each node's disk last had, as the mission counts it. */
  at: { [node: NodeId]: number }
  /** Numbers of the last answers, by fact. */
  answers: number[]
}

/** What of a mission the figures need. */
export type Measured = Pick<Scenario, 'messages' | 'behind'>

const emptyBucket = (fromMs: SimMs, queue: { readonly [node: NodeId]: number }): Bucket => ({ fromMs, steps: {}, errors: { timeout: 0, unreachable: 0, wrong: 0 }, queue: { ...queue } })

export function newMetrics(nodes: readonly NodeId[]): MetricsState {
  const none = (): { [node: NodeId]: number } => Object.fromEntries(nodes.map((id) => [id, 0]))
  return { nodes, buckets: [emptyBucket(0, none())], waiting: {}, letters: Object.fromEntries(nodes.map((id) => [id, []])), queue: none(), missed: none(), at: none(), answers: [] }
}

/** The bucket of a time; those between the last one and it are made, and the oldest forgotten. */
function bucketAt(state: MetricsState, atMs: SimMs): Bucket {
  const fromMs = atMs - (atMs % BUCKET_MS)
  let last = state.buckets.at(-1) as Bucket
  // After a long silence only what is kept is made.
  if (fromMs - last.fromMs > BUCKETS_KEPT * BUCKET_MS) state.buckets = [last = emptyBucket(fromMs - BUCKETS_KEPT * BUCKET_MS, state.queue)]
  while (last.fromMs < fromMs) state.buckets.push(last = emptyBucket(last.fromMs + BUCKET_MS, state.queue))
  if (state.buckets.length > BUCKETS_KEPT) state.buckets = state.buckets.slice(-BUCKETS_KEPT)
  return last
}

/** Takes one fact; facts come in order. */
export function foldMetrics(state: MetricsState, fact: Fact, mission: Measured): void {
  const bucket = bucketAt(state, fact.atMs)
  switch (fact.kind) {
    case 'requested': return wait(state, bucket, fact.request, fact.node)
    case 'redirected': return leave(state, fact.request)
    case 'replied': {
      leave(state, fact.request)
      const step = String(Math.max(1, Math.ceil(fact.tookMs / LATENCY_STEP_MS)))
      bucket.steps[step] = (bucket.steps[step] ?? 0) + 1
      state.answers.push(fact.n)
      if (state.answers.length > ANSWERS_KEPT) state.answers.shift()
      return
    }
    case 'expired':
      leave(state, fact.request)
      bucket.errors.timeout++
      return
    case 'unreached': bucket.errors.unreachable++; return
    case 'breached': {
      const named = new Set([...fact.before, ...fact.because])
      if (state.answers.some((n) => named.has(n))) bucket.errors.wrong++
      return
    }
    // A node that went down has lost what waited there.
    case 'crashed':
      for (const [request, node] of Object.entries(state.waiting)) if (node === fact.node) leave(state, request)
      return setLetters(state, bucket, fact.node, [])
    case 'acted': {
      const { letter } = fact.action
      if (letter !== undefined) setLetters(state, bucket, fact.node, (state.letters[fact.node] ?? []).filter((one) => one !== letter))
      return
    }
    case 'lost': if (isBeat(mission, fact.message)) state.missed[fact.to] = (state.missed[fact.to] ?? 0) + 1; return
    case 'delivered':
      if (mission.messages[fact.body.kind]?.family === 'beat') state.missed[fact.node] = 0
      // A full inbox forgets its oldest letter, handled or not.
      return setLetters(state, bucket, fact.node, [...(state.letters[fact.node] ?? []).filter((one) => one > fact.letter - INBOX_MAX), fact.letter])
    case 'stored': if (mission.behind !== undefined) state.at[fact.node] = mission.behind.of(fact.disk); return
    default:
  }
}

/** A lost message is named by its identity alone, `A>B beat 3.1 #0`: the second word is its kind. */
function isBeat(mission: Measured, message: string): boolean {
  return mission.messages[message.split(' ')[1] ?? '']?.family === 'beat'
}

function wait(state: MetricsState, bucket: Bucket, request: RequestId, node: NodeId): void {
  leave(state, request)
  state.waiting[request] = node
  deepen(state, bucket, node, 1)
}

function setLetters(state: MetricsState, bucket: Bucket, node: NodeId, letters: number[]): void {
  const by = letters.length - (state.letters[node] ?? []).length
  state.letters[node] = letters
  deepen(state, bucket, node, by)
}

function deepen(state: MetricsState, bucket: Bucket, node: NodeId, by: number): void {
  const depth = state.queue[node] = Math.max(0, (state.queue[node] ?? 0) + by)
  bucket.queue[node] = Math.max(bucket.queue[node] ?? 0, depth)
}

function leave(state: MetricsState, request: RequestId): void {
  const node = state.waiting[request]
  if (node === undefined) return
  delete state.waiting[request]
  state.queue[node] = Math.max(0, (state.queue[node] ?? 0) - 1)
}

export interface Metrics {
  /** Beginnings of the buckets, in ms; all series below have one value for each. */
  timesMs: SimMs[]
  /** By percentile, over the window that ends with the bucket, in ms; null where nobody was answered in it. */
  latencyMs: { [percentile: string]: (number | null)[] }
  errors: { [C in ErrorCause]: number[] }
  /** The most letters and requests that waited at a node in the bucket. */
  queue: { [node: NodeId]: number[] }
  queueNow: { [node: NodeId]: number }
  missed: { [node: NodeId]: number }
  /** How far each node is behind the one that is furthest; null where the mission counts nothing. */
  behind: { unit: string; by: { [node: NodeId]: number } } | null
}

/** The figures so far. Percentiles by nearest rank, up to the next step. */
export function metricsOf(state: MetricsState, mission: Measured): Metrics {
  const { buckets, nodes } = state, most = Math.max(0, ...Object.values(state.at))
  const windows = buckets.map((_, at) => merged(buckets.slice(Math.max(0, at + 1 - WINDOW_BUCKETS), at + 1)))
  return {
    timesMs: buckets.map(({ fromMs }) => fromMs),
    latencyMs: Object.fromEntries(PERCENTILES.map((percent) => [String(percent), windows.map((steps) => percentileMs(steps, percent))])),
    errors: Object.fromEntries(ERROR_CAUSES.map((cause) => [cause, buckets.map(({ errors }) => errors[cause])])) as Metrics['errors'],
    queue: Object.fromEntries(nodes.map((id) => [id, buckets.map(({ queue }) => queue[id] ?? 0)])), queueNow: { ...state.queue }, missed: { ...state.missed },
    behind: mission.behind === undefined ? null : { unit: mission.behind.unit, by: Object.fromEntries(nodes.map((id) => [id, most - (state.at[id] ?? 0)])) },
  }
}

function merged(buckets: readonly Bucket[]): Map<number, number> {
  const steps = new Map<number, number>()
  for (const bucket of buckets) for (const [step, count] of Object.entries(bucket.steps)) steps.set(Number(step), (steps.get(Number(step)) ?? 0) + count)
  return steps
}

function percentileMs(steps: ReadonlyMap<number, number>, percent: number): number | null {
  const total = [...steps.values()].reduce((sum, count) => sum + count, 0)
  let left = Math.ceil((total * percent) / 100)
  if (left === 0) return null
  for (const step of [...steps.keys()].toSorted((a, b) => a - b)) {
    left -= steps.get(step) ?? 0
    if (left <= 0) return step * LATENCY_STEP_MS
  }
  return null
}
