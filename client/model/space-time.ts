import type { Fact } from '../../shared/sim/facts.ts'
import type { NodeId, SimMs } from '../../shared/sim/types.ts'
import type { StagePacket } from '../stage/scene.ts'
import type { BreachWalk, Round } from './replay.ts'

/** A stretch of a round as a space-time diagram: lanes of nodes, messages as lines, what was broken when. */
export interface SpaceTime {
  fromMs: SimMs
  toMs: SimMs
  nodes: readonly NodeId[]
  /** Messages that were under way in the stretch, or kept back; one that waits for more than the round has its end. */
  messages: readonly { packet: StagePacket; lit: boolean }[]
  /** Facts of the witness that a node lived through. */
  marks: readonly { step: number; node: NodeId; atMs: SimMs }[]
  /** When nodes were crashed or stood still. */
  down: readonly { node: NodeId; fromMs: SimMs; toMs: SimMs; kind: 'crashed' | 'paused' }[]
  /** When links were cut. */
  cuts: readonly { key: string; fromMs: SimMs; toMs: SimMs }[]
  ticks: readonly SimMs[]
}

/** Room on either side of the witness, in ms: one message's way or so. */
const PAD_MS = 4_000
/** A longer stretch shows its end: a diagram of minutes is a hairbrush. */
export const STRETCH_MS_MAX = 60_000
const PAGE_MS = 20_000
const TICKS_MS: readonly number[] = [1_000, 2_000, 5_000, 10_000, 20_000]
const TICKS_MAX = 6

/** The stretch in which a claim broke, from before its first fact until after the breach. */
export function spaceTimeOf(round: Round, walk: BreachWalk): SpaceTime {
  const firstMs = walk.steps[0]?.fact.atMs ?? walk.atMs
  const toMs = Math.min(round.endMs, walk.atMs + PAD_MS)
  return stretchOf(round, Math.max(0, toMs - STRETCH_MS_MAX, firstMs - PAD_MS), toMs, walk.steps)
}

/** The page of the round that holds a time: pages of a fixed length, so that nothing moves until the next one. */
export function pageOf(nowMs: SimMs): number {
  return Math.floor(nowMs / PAGE_MS)
}

/** One page of the round, where nothing broke. */
export function spaceTimeOfPage(round: Round, page: number): SpaceTime {
  return stretchOf(round, Math.max(0, page * PAGE_MS - PAD_MS / 2), Math.max(1, Math.min(round.endMs, (page + 1) * PAGE_MS + PAD_MS / 2)), [])
}

function stretchOf(round: Round, fromMs: SimMs, toMs: SimMs, steps: BreachWalk['steps']): SpaceTime {
  const { nodes } = round.replayed.recording.header
  const witness = new Set(steps.map(({ fact }) => messageKey(fact)))
  const everyMs = TICKS_MS.find((ms) => (toMs - fromMs) / ms <= TICKS_MAX) ?? 20_000
  return {
    fromMs, toMs, nodes,
    messages: round.above.packetsBetween(fromMs, toMs).map((one) => {
      const sent = round.replayed.facts[Number(one.key.split('.')[0])], packet = one.arriveMs === Infinity ? { ...one, arriveMs: round.endMs } : one
      return { packet, lit: sent !== undefined && witness.has(messageKey(sent)) }
    }),
    marks: steps.flatMap(({ fact }, at) => (fact.node === null || fact.atMs < fromMs ? [] : [{ step: at + 1, node: fact.node, atMs: fact.atMs }])),
    down: downOf(round.replayed.facts, nodes, round.endMs).filter((one) => one.fromMs < toMs && one.toMs > fromMs),
    cuts: round.above.cutSpans.map((cut) => ({ ...cut, toMs: cut.toMs ?? round.endMs })).filter((cut) => cut.fromMs < toMs && cut.toMs > fromMs),
    ticks: Array.from({ length: Math.floor(toMs / everyMs) - Math.ceil(fromMs / everyMs) + 1 }, (_, n) => (Math.ceil(fromMs / everyMs) + n) * everyMs),
  }
}

/** A message's identity, or the fact's own number where it is about none. */
function messageKey(fact: Fact): string {
  return fact.kind === 'sent' || fact.kind === 'delivered' ? fact.message : `fact ${fact.n}`
}

/** When each node was crashed or paused, over the whole round. */
function downOf(facts: readonly Fact[], nodes: readonly NodeId[], endMs: SimMs): SpaceTime['down'] {
  const down: { node: NodeId; fromMs: SimMs; toMs: SimMs; kind: 'crashed' | 'paused' }[] = []
  const open = new Map<NodeId, { fromMs: SimMs; kind: 'crashed' | 'paused' }>()
  const close = (node: NodeId, toMs: SimMs): void => {
    const one = open.get(node)
    if (one !== undefined) down.push({ node, toMs, ...one })
    open.delete(node)
  }
  for (const fact of facts) {
    switch (fact.kind) {
      case 'crashed': case 'paused':
        close(fact.node, fact.atMs)
        open.set(fact.node, { fromMs: fact.atMs, kind: fact.kind })
        break
      case 'restarted': case 'resumed': close(fact.node, fact.atMs); break
      default:
    }
  }
  for (const node of nodes) close(node, endMs)
  return down
}
