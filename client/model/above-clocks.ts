import { offsetAt, trueClock } from '../../shared/sim/clocks.ts'
import type { Clock } from '../../shared/sim/clocks.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { NodeId, SimMs } from '../../shared/sim/types.ts'

/** The clocks of a cluster as they really are, for any time. */
export interface ClocksSeen {
  add(fact: Fact): void
  /** How far the node's clock is ahead of true time, in ms; its start counts. */
  offsetMs(node: NodeId, nowMs: SimMs): number
  /** How much of that is a fault's doing, in ms. */
  bentMs(node: NodeId, nowMs: SimMs): number
}

/** `startMs`: how far ahead each clock was at the start of the round, by seat. */
export function clocksSeen(nodes: readonly NodeId[], startMs: readonly number[]): ClocksSeen {
  const clocks = new Map<NodeId, Clock[]>(nodes.map((id, seat) => [id, [trueClock(startMs[seat] ?? 0)]]))
  const offsetMs = (node: NodeId, nowMs: SimMs): number => {
    const clock = clocks.get(node)?.findLast((one) => one.sinceMs <= nowMs)
    return clock === undefined ? 0 : offsetAt(clock, nowMs)
  }
  return {
    offsetMs,
    bentMs: (node, nowMs) => offsetMs(node, nowMs) - (startMs[nodes.indexOf(node)] ?? 0),
    add(fact) {
      if (fact.kind === 'clock-bent') clocks.get(fact.node)?.push({ offsetMs: fact.offsetMs, driftPpm: fact.driftPpm, sinceMs: fact.atMs })
    },
  }
}

/** An offset for a label: `+1.0 s`, with a true minus. */
export function offsetText(ms: number): string {
  const tenths = Math.round(ms / 100)
  return `${tenths < 0 ? '−' : '+'}${(Math.abs(tenths) / 10).toFixed(1)} s`
}
