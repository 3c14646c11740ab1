import type { FaultParams, FaultRegistry } from '../../shared/sim/fault.ts'
import { PARKED_MAX } from '../../shared/sim/limits.ts'
import { bench } from '../sim/probe.ts'
import type { Bench } from '../sim/probe.ts'
import { altered, fromTo, misled } from './definition.ts'
import type { Definition } from './definition.ts'
import { DRAWS, ensure, ensureEqual, ensureShare } from './statistics.ts'
import { numbers } from './wire.ts'

/** Faults that keep messages back on a link, against queues that are as dumb as can be. */

const ROUNDS = 10
const TRAVEL_MS = 40
export const numberOf = (message: string): number => Number(message.split('#')[1])

/** A says something to B so many times, at times of their own; returns the times, message n at place n - 1. */
export function chat({ act }: Bench, count: number, fromMs: number, gapMs: readonly [number, number], what: string): number[] {
  const next = numbers(what)
  let atMs = fromMs
  return Array.from({ length: count }, () => {
    atMs += next(...gapMs)
    act(atMs, 0, { kind: 'say', to: 'B', text: 'x' })
    return atMs
  })
}

/** A queue that looks at the clock every millisecond. Returns when each message leaves; null for one that is dropped. */
function dumbQueue(sentAtMs: readonly number[], intervalMs: number, queueMax: number, drop: 'newest' | 'oldest'): (number | null)[] {
  const leaves: (number | null)[] = sentAtMs.map(() => null)
  const waiting: number[] = []
  let freeAtMs = 0
  let next = 0
  const leave = (n: number | undefined, atMs: number): void => {
    if (n === undefined) return
    leaves[n] = atMs
    freeAtMs = atMs + intervalMs
  }
  for (let atMs = sentAtMs[0] ?? 0; next < sentAtMs.length || waiting.length > 0; atMs++) {
    if (atMs >= freeAtMs) leave(waiting.shift(), atMs)
    for (; sentAtMs[next] === atMs; next++) {
      if (atMs >= freeAtMs) leave(next, atMs)
      else if (waiting.length < queueMax) waiting.push(next)
      else if (drop === 'oldest' && queueMax > 0) {
        waiting.shift()
        waiting.push(next)
      }
    }
  }
  return leaves
}

function throughTheNarrow(registry: FaultRegistry): void {
  const cases = [[600, 4, 'newest'], [600, 4, 'oldest'], [1_200, 0, 'newest'], [1_200, 0, 'oldest'], [701, 1, 'oldest'], [3_000, 100, 'newest'], [6_000, 100, 'oldest'], [430, 20, 'newest'], [6_000, 1, 'newest'], [1_000, 12, 'oldest']] as const
  cases.forEach(([perMinute, queue, drop], round) => {
    const intervalMs = Math.round(60_000 / perMinute)
    const one = bench({ registry, seed: round, latency: { shape: 'constant', ms: TRAVEL_MS } })
    one.fault(500, 'f', 'rate', { from: ['A'], to: ['B'], perMinute, queue, drop }, null)
    // A little more is sent than can pass.
    const sentAtMs = chat(one, DRAWS / cases.length, 1_000, [0, Math.floor(intervalMs * 1.9)], `rate ${round}`)
    const wanted = dumbQueue(sentAtMs, intervalMs, queue, drop)
    one.sim.runUntil((sentAtMs.at(-1) ?? 0) + 101 * intervalMs + TRAVEL_MS)
    const found: (number | null)[] = sentAtMs.map(() => -1)
    for (const fact of one.of('delivered')) found[numberOf(fact.message) - 1] = fact.atMs - TRAVEL_MS
    for (const fact of one.of('lost')) {
      ensureEqual(fact.reason, 'rate', 'why it was lost')
      found[numberOf(fact.message) - 1] = null
    }
    ensureEqual(found, wanted, `when each message leaves, at ${perMinute} a minute, ${queue} may wait, ${drop} dropped`)
  })
}

export const rate: Definition = {
  sample: { from: ['A', 'B'], to: ['C', 'D'], perMinute: 20, queue: 2, drop: 'oldest' },
  touches: fromTo,
  checks: {
    'a queue that leaves in its turn': { holds: throughTheNarrow, planted: {
      'whose turns come 3% too soon': altered(({ rate: it }) => (it === undefined ? null : { rate: { ...it, intervalMs: Math.floor(it.intervalMs * 0.97) } })),
      'which holds one more': misled((params) => ({ ...params, queue: Number(params['queue']) + 1 })),
      'which drops the other end': misled((params) => ({ ...params, drop: params['drop'] === 'oldest' ? 'newest' : 'oldest' })),
    } },
  },
}

const reordering = (share: number, gap: number): FaultParams => ({ from: ['A'], to: ['B'], share, gap })

/** How many of those sent later each message lets pass, from the order of arrival. */
function passedBy(order: readonly number[]): Map<number, number> {
  const passed = new Map<number, number>()
  order.forEach((n, place) => {
    // Those that passed it stand less than a hundred places ahead.
    passed.set(n, order.slice(Math.max(0, place - 100), place).filter((other) => other > n).length)
  })
  return passed
}

function overtaken(registry: FaultRegistry): void {
  for (let round = 0; round < ROUNDS; round++) {
    const [share, gap, steady] = [[25, 1, true], [20, 3, true], [60, 2, true], [5, 10, true], [30, 4, false]][round % 5] as [number, number, boolean]
    const one = bench({ registry, seed: round, latency: steady ? { shape: 'constant', ms: TRAVEL_MS } : { shape: 'uniform', leastMs: 20, mostMs: 120 } })
    one.fault(500, 'f', 'reorder', reordering(share, gap), null)
    const messages = DRAWS / ROUNDS
    const sentAtMs = chat(one, messages, 1_000, [1, 20], `reorder ${round}`)
    one.sim.runUntil((sentAtMs.at(-1) ?? 0) + 30_000)
    const delivered = one.of('delivered')
    ensureEqual(delivered.length, messages, 'nothing is lost')
    const waited = one.of('held').map((fact) => numberOf(fact.message))
    ensureShare(waited.length, messages, share / 100, `${share}% wait to be overtaken`)
    const passed = passedBy(delivered.map((fact) => numberOf(fact.message)))
    const late = new Set(waited)
    // The last ones wait in vain.
    const judged = Array.from({ length: messages - 100 }, (_, n) => n + 1)
    if (steady) ensureEqual(judged.map((n) => passed.get(n)), judged.map((n) => (late.has(n) ? gap : 0)), `how many passed each, of which the late ones let ${gap} pass`)
    else for (const n of judged) if (late.has(n)) ensure((passed.get(n) ?? -1) >= gap, `message ${n} is passed by ${gap} at least`)
  }
}

export const reorder: Definition = {
  sample: { from: ['D'], to: ['A', 'B'], share: 80, gap: 2 },
  touches: fromTo,
  checks: {
    'who is overtaken, and by how many': { holds: overtaken, planted: {
      'by one less': altered(({ overtaken: it }) => (it === undefined || it.gap === 1 ? { ...(it === undefined ? {} : { overtaken: it }) } : { overtaken: { ...it, gap: it.gap - 1 } })),
      'by one more': misled((params) => ({ ...params, gap: Number(params['gap']) + 1 })),
      'too seldom': misled((params) => ({ ...params, share: Number(params['share']) * 0.9 })),
      'by luck': altered(({ overtaken: it }) => ({ latency: { shape: 'constant', ms: 50 }, latencyPpm: it?.ppm ?? 0 })),
    } },
  },
}

/** A link that takes times of its own. Five hundred holds of 200 messages each; all arrive when a hold ends, in the order in which they would have. */
function heldBack(registry: FaultRegistry): void {
  const messages = 200
  for (let round = 0; round < ROUNDS; round++) {
    const one = bench({ registry, seed: round, latency: { shape: 'uniform', leastMs: 20, mostMs: 400 } })
    let fromMs = 1_000
    const wanted: [number, number][] = []
    for (let hold = 0; hold < DRAWS / messages / ROUNDS; hold++) {
      const before = one.facts.length
      one.fault(fromMs, 'f', 'hold', { from: ['A'], to: ['B'] }, 3_000)
      const sentAtMs = chat(one, messages, fromMs, [0, 27], `hold ${round} ${hold}`)
      const due = one.facts.slice(before).flatMap((fact): [number, number][] => (fact.kind === 'sent' ? [[(fact.arrivals[0] ?? 0) + fact.atMs, numberOf(fact.message)]] : []))
      const endMs = fromMs + 3_000
      // The order is that in which they came to the link's end; at the same moment, that in which they were sent. What was never kept back,
      // since it is due in the very millisecond of the release, goes ahead.
      const turn = (atMs: number): number => (atMs === endMs ? endMs - 0.5 : Math.max(atMs, endMs))
      wanted.push(...due.toSorted(([a, m], [b, n]) => turn(a) - turn(b) || a - b || m - n).map(([atMs, n]): [number, number] => [Math.max(atMs, endMs), n]))
      fromMs = Math.max(endMs, sentAtMs.at(-1) ?? 0) + 1_000
    }
    one.sim.runUntil(fromMs)
    ensureEqual(one.of('lost').length, 0, 'nothing is lost')
    ensureEqual(one.of('delivered').map((fact): [number, number] => [fact.atMs, numberOf(fact.message)]), wanted, 'all arrive when the hold ends, in order')
  }
}

/** A link keeps back so many and no more. */
function tooMany(registry: FaultRegistry): void {
  const one = bench({ registry })
  one.fault(500, 'f', 'hold', { from: ['A'], to: ['B'] }, 30_000)
  chat(one, PARKED_MAX + 9, 1_000, [1, 1], 'too many')
  one.sim.runUntil(40_000)
  ensureEqual(one.of('lost').map((fact) => [numberOf(fact.message), fact.reason]), Array.from({ length: 9 }, (_, n) => [PARKED_MAX + n + 1, 'overflow']), 'what has no room is lost')
  ensureEqual(one.of('delivered').length, PARKED_MAX, 'the rest arrives')
}

const dropped = altered(() => ({ cut: true }))

export const hold: Definition = {
  sample: { from: ['A', 'E'], to: ['B', 'E'] },
  touches: fromTo,
  checks: {
    'all arrive at the end, in order': { holds: heldBack, planted: {
      'or are lost': dropped,
      'or are only late': altered(() => ({ latency: { shape: 'constant', ms: 3_000 } })),
      'or leak every second': (fault) => ({ ...fault, phaseMs: () => 1_000, link: (params, from, to, turn) => (turn.phase % 2 === 1 ? null : fault.link?.(params, from, to, turn) ?? null) }),
    } },
    'room for 512': { holds: tooMany, planted: { 'or for none': dropped, 'or for all': altered(() => ({ latency: { shape: 'constant', ms: 20_000 } })) } },
  },
}
