import type { ClockMs, Level, NodeId, Timings } from '../../sim/types.ts'
import type { Heartbeat, Known, Message, Self } from './types.ts'
import { GAPS_KEPT } from './types.ts'

/**
 * Durations in ms. Nobody is suspected `earnedMs` after a beat of theirs arrived or sooner; a crash is suspected within `detectMs`; a suspicion
 * is taken back within `forgiveMs` of a beat. A node that plays well keeps its timeouts between the first two, with room for a late alarm.
 */
export function timings(level: Level): Timings {
  const slow = level === 'L0' ? 2 : 1
  return { beatIntervalMs: 6_000 * slow, timeoutUsualMs: 18_000 * slow, earnedMs: 12_000 * slow, detectMs: 30_000 * slow, forgiveMs: 10_000 * slow, tuneLeastMs: 13_000 * slow, tuneMostMs: 26_000 * slow }
}

/** A named duration of this round. */
export const timing = (self: { timings: Timings }, name: keyof ReturnType<typeof timings>): number => self.timings[name] as number

export function state(_id: NodeId, peers: readonly NodeId[], clockMs: ClockMs, round: Timings): { disk: object; memory: Heartbeat['memory'] } {
  return {
    disk: {},
    memory: {
      wokeAtMs: clockMs, intervalMs: round['beatIntervalMs'] as number, beat: 0, beatAtMs: null, fixed: false,
      of: Object.fromEntries(peers.map((peer): [NodeId, Known] => [peer, { belief: 'alive', heardAtMs: null, beat: 0, gapsMs: [], timeoutMs: round['timeoutUsualMs'] as number }])),
    },
  }
}

export const knownOf = (self: Self, peer: NodeId): Known | undefined => self.memory.of[peer]

/** What cannot be overlooked: that a beat came, and how long after the one before. */
export function arrive(self: Self, from: NodeId, message: Message): void {
  const known = knownOf(self, from)
  if (known === undefined) return
  if (known.heardAtMs !== null) {
    known.gapsMs.push(self.clockMs - known.heardAtMs)
    if (known.gapsMs.length > GAPS_KEPT) known.gapsMs.shift()
  }
  known.heardAtMs = self.clockMs
  known.beat = Math.max(known.beat, message.beat)
}

/** Since when a peer is silent, by the own clock: its last beat, or the own waking before the first. */
export const silentSinceMs = (self: Self, peer: NodeId): ClockMs => knownOf(self, peer)?.heardAtMs ?? self.memory.wokeAtMs

/** When a peer's timeout runs out; null for one that is suspected already. */
export function doubtAtMs(self: Self, peer: NodeId): ClockMs | null {
  const known = knownOf(self, peer)
  return known === undefined || known.belief === 'suspected' ? null : silentSinceMs(self, peer) + known.timeoutMs
}

/** The alarm of a peer's timeout, and whose it is. */
export const doubtName = (peer: NodeId): string => `doubt-${peer}`
export const doubted = (alarm: string): NodeId | null => (alarm.startsWith('doubt-') ? alarm.slice('doubt-'.length) : null)

/** Gaps before which a timeout is not tuned, and how far above the longest of them it is set. */
const GAPS_LEAST = 3
const MARGIN_MS = 2_000

/**
 * The timeout that the gaps seen so far ask for: a quarter and two seconds above the longest of the last eight, within what the claims allow. A moving
 * maximum is a simple relative of the estimators of Chen, Toueg and Aguilera (2002) and of the phi-accrual detector (Hayashibara et al., 2004).
 */
export function tunedMs(self: Self, peer: NodeId): number | null {
  const gaps = knownOf(self, peer)?.gapsMs ?? []
  if (gaps.length < GAPS_LEAST) return null
  const wanted = Math.floor(Math.max(...gaps) * 5 / 4) + MARGIN_MS
  return Math.max(timing(self, 'tuneLeastMs'), Math.min(timing(self, 'tuneMostMs'), wanted))
}
