import { keepsDown, linkEffectOf, nodeEffectOf } from '../../shared/faults/effects.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { NodeId, SimMs } from '../../shared/sim/types.ts'
import type { ActiveFault } from '../../shared/sim/world.ts'
import { clockText } from '../components/panels.tsx'
import type { StageCut } from '../stage/scene.ts'
import { measures } from './above-measured.ts'
import type { Measured } from './above-measured.ts'

/** A fault of the round, with whom it touches and when it ended, once it has. */
export interface FaultSeen extends Omit<ActiveFault, 'phase' | 'bends'> {
  endedMs: SimMs | null
  nodes: readonly NodeId[]
  links: readonly (readonly [NodeId, NodeId])[]
}

/** How long a tear opens and closes, in simulated ms. */
const tearMs = 360

/** All faults of a cluster so far, for any time. There are few, so looking through them is cheap. */
export interface FaultsSeen {
  readonly all: readonly FaultSeen[]
  /** Whether the fact was about a fault. */
  add(fact: Fact): boolean
  at(nowMs: SimMs): FaultSeen[]
  /** What a fault of links has done, as far as the facts go; null for one of nodes. */
  measured(fault: FaultSeen): Measured | null
  /** Tears to draw; `still`: time stands, so that nothing opens by itself. */
  cutsAt(nowMs: SimMs, still: boolean): StageCut[]
  /** When the node's crash or pause ends by itself; null when it does not. */
  endOf(node: NodeId, effect: 'crash' | 'pause', nowMs: SimMs): SimMs | null
}

/** A tear, from when to when; a fault that comes and goes makes a new one each time. */
interface Cut { fault: FaultSeen; sides: [NodeId[], NodeId[]]; oneWay: boolean; fromMs: SimMs; toMs: SimMs | null }

export function faultsSeen(nodes: readonly NodeId[]): FaultsSeen {
  const all: FaultSeen[] = []
  const cuts: Cut[] = []
  const measured = measures()
  const active = (fault: FaultSeen, nowMs: SimMs): boolean => fault.startedMs <= nowMs && (fault.endedMs === null || fault.endedMs > nowMs)
  const close = (fault: FaultSeen, atMs: SimMs): void => { for (const cut of cuts) if (cut.fault === fault && cut.toMs === null) cut.toMs = atMs }
  return {
    all,
    add(fact) {
      if (fact.kind === 'fault-started') {
        const fault: FaultSeen = {
          id: fact.fault, type: fact.type, params: fact.params as FaultSeen['params'], endsAtMs: fact.endsAtMs, fact: fact.n,
          startedMs: fact.atMs, endedMs: null, nodes: fact.nodes, links: fact.links,
        }
        all.push(fault)
        cuts.push(...cutsOf(fault, nodes, 0, fact.atMs))
        measured.started(fault)
        return true
      }
      if (fact.kind === 'fault-turned') {
        const fault = all.findLast((one) => one.id === fact.fault && one.endedMs === null)
        if (fault === undefined) return true
        close(fault, fact.atMs)
        cuts.push(...cutsOf(fault, nodes, fact.phase, fact.atMs))
        return true
      }
      if (fact.kind !== 'fault-ended') {
        measured.add(fact)
        return false
      }
      const ended = all.findLast((one) => one.id === fact.fault && one.endedMs === null)
      if (ended !== undefined) { ended.endedMs = fact.atMs; close(ended, fact.atMs); measured.ended(ended) }
      return true
    },
    measured: (fault) => measured.of(fault),
    at: (nowMs) => all.filter((fault) => active(fault, nowMs)),
    cutsAt: (nowMs, still) => cuts.flatMap((cut, index): StageCut[] => {
      const { fromMs, toMs } = cut, { endsAtMs } = cut.fault
      if (fromMs > nowMs || (toMs !== null && toMs + (still ? 0 : tearMs) <= nowMs)) return []
      const progress = still ? 1 : toMs !== null && toMs <= nowMs ? 1 - (nowMs - toMs) / tearMs : Math.min(1, (nowMs - fromMs) / tearMs)
      const from = cut.oneWay ? 'one way, ' : ''
      return [{
        key: `${cut.fault.id}.${index}`, sides: cut.sides, oneWay: cut.oneWay, progress,
        label: `cut since ${clockText(fromMs, true).slice(0, 5)}`, sublabel: from + (endsAtMs === null ? 'until healed' : `heals in ${clockText(endsAtMs - nowMs)}`),
      }]
    }),
    endOf(node, effect, nowMs) {
      let end: SimMs | null = null
      for (const fault of all) {
        const turn = { ids: nodes, phase: 0 }
        const keeps = effect === 'crash' ? keepsDown(fault, node, turn) : nodeEffectOf(fault, node, turn)?.power === 'pause'
        if (!active(fault, nowMs) || !keeps) continue
        if (fault.endsAtMs === null) return null
        end = Math.max(end ?? 0, fault.endsAtMs)
      }
      return end
    },
  }
}

/** The links that the fault cuts, as tears between two groups each; most faults need one. */
function cutsOf(fault: FaultSeen, nodes: readonly NodeId[], phase: number, fromMs: SimMs): Cut[] {
  const open = new Set(fault.links.filter(([from, to]) => linkEffectOf(fault, from, to, { ids: nodes, phase })?.cut === true).map(([from, to]) => `${from} ${to}`))
  const found: Cut[] = []
  for (const first of open) {
    const [a, b] = first.split(' ') as [NodeId, NodeId]
    const sides: [NodeId[], NodeId[]] = [nodes.filter((id) => open.has(`${id} ${b}`)), nodes.filter((id) => open.has(`${a} ${id}`))]
    const pairs = sides[0].flatMap((from) => sides[1].map((to) => [from, to] as const))
    const whole = pairs.every(([from, to]) => open.has(`${from} ${to}`))
    const oneWay = !pairs.every(([from, to]) => open.has(`${to} ${from}`))
    const cut: Cut = { fault, fromMs, toMs: null, ...(whole ? { sides, oneWay } : { sides: [[a], [b]], oneWay: !open.has(`${b} ${a}`) }) }
    for (const from of cut.sides[0]) for (const to of cut.sides[1]) { open.delete(`${from} ${to}`); if (!cut.oneWay) open.delete(`${to} ${from}`) }
    found.push(cut)
  }
  return found
}
