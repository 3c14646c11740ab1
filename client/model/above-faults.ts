import { keepsDown, linkEffectOf, nodeEffectOf } from '../../shared/faults/effects.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { NodeId, SimMs } from '../../shared/sim/types.ts'
import type { ActiveFault } from '../../shared/sim/world.ts'
import { clockText } from '../components/panels.tsx'
import type { StageCut } from '../stage/scene.ts'
import { texts } from '../texts/cockpit.ts'
import { measures } from './above-measured.ts'
import type { Measured } from './above-measured.ts'

/** A fault of the round, with whom it touches and when it ended, once it has. */
export interface FaultSeen extends Omit<ActiveFault, 'phase' | 'bends'> {
  endedMs: SimMs | null
  nodes: readonly NodeId[]
  links: readonly (readonly [NodeId, NodeId])[]
  /** When it was in which phase: one entry at its start, and one more for each time that it turned. Odd phases are the off ones. */
  turns: readonly { atMs: SimMs; phase: number }[]
}

/** How long a tear opens and closes, in simulated ms. */
const tearMs = 360

/** All faults of a cluster so far, for any time. There are few, so looking through them is cheap. */
export interface FaultsSeen {
  readonly all: readonly FaultSeen[]
  /** Whether the fact was about a fault. */
  add(fact: Fact): boolean
  at(nowMs: SimMs): FaultSeen[]
  /** What a fault has done, as far as the facts go; null for one that is not known. */
  measured(fault: FaultSeen): Measured | null
  /** Tears to draw; `still`: time stands, so that nothing opens by itself. */
  cutsAt(nowMs: SimMs, still: boolean): StageCut[]
  /** From when to when links were cut; null: still. */
  readonly cutSpans: readonly CutSpan[]
  /** How long the node takes for each thing then, in ms; 0 for no time at all. */
  workMs(node: NodeId, nowMs: SimMs): number
  /** When the node's crash or pause ends by itself; null when it does not. */
  endOf(node: NodeId, effect: 'crash' | 'pause', nowMs: SimMs): SimMs | null
}

/** A time in which a fault cut links. */
export interface CutSpan { key: string; fromMs: SimMs; toMs: SimMs | null }

/** A tear, from when to when; a fault that comes and goes makes a new one each time. */
interface Cut { fault: FaultSeen; sides: [NodeId[], NodeId[]]; oneWay: boolean; span: { key: string; fromMs: SimMs; toMs: SimMs | null }; first: boolean }

export function faultsSeen(nodes: readonly NodeId[]): FaultsSeen {
  const all: FaultSeen[] = []
  const cuts: Cut[] = []
  const cutSpans: Cut['span'][] = []
  const turns = new Map<FaultSeen, { atMs: SimMs; phase: number }[]>()
  const measured = measures()
  const active = (fault: FaultSeen, nowMs: SimMs): boolean => fault.startedMs <= nowMs && (fault.endedMs === null || fault.endedMs > nowMs)
  const open = (fault: FaultSeen, phase: number, atMs: SimMs): void => {
    const span = { key: `${fault.id}.${fault.fact}.${phase}`, fromMs: atMs, toMs: null }
    const made = cutsOf(fault, nodes, phase).map((one, at): Cut => ({ ...one, fault, span, first: at === 0 }))
    cuts.push(...made)
    if (made.length > 0) cutSpans.push(span)
  }
  const close = (fault: FaultSeen, atMs: SimMs): void => { for (const cut of cuts) if (cut.fault === fault && cut.span.toMs === null) cut.span.toMs = atMs }
  return {
    all,
    add(fact) {
      if (fact.kind === 'fault-started') {
        const first = [{ atMs: fact.atMs, phase: 0 }]
        const fault: FaultSeen = {
          id: fact.fault, type: fact.type, params: fact.params as FaultSeen['params'], endsAtMs: fact.endsAtMs, fact: fact.n,
          startedMs: fact.atMs, endedMs: null, nodes: fact.nodes, links: fact.links, turns: first,
        }
        all.push(fault)
        turns.set(fault, first)
        open(fault, 0, fact.atMs)
        measured.started(fault)
        return true
      }
      if (fact.kind === 'fault-turned') {
        const fault = all.findLast((one) => one.id === fact.fault && one.endedMs === null)
        if (fault === undefined) return true
        turns.get(fault)?.push({ atMs: fact.atMs, phase: fact.phase })
        close(fault, fact.atMs)
        open(fault, fact.phase, fact.atMs)
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
      const { fromMs, toMs } = cut.span, { endsAtMs } = cut.fault
      if (fromMs > nowMs || (toMs !== null && toMs + (still ? 0 : tearMs) <= nowMs)) return []
      const progress = still ? 1 : toMs !== null && toMs <= nowMs ? 1 - (nowMs - toMs) / tearMs : Math.min(1, (nowMs - fromMs) / tearMs)
      const heals = endsAtMs === null ? texts.stage.untilHealed : texts.stage.healsIn(clockText(endsAtMs - nowMs))
      return [{
        key: `${cut.fault.id}.${index}`, sides: cut.sides, oneWay: cut.oneWay, progress,
        // Of several tears of one fault the first has the words.
        label: cut.first ? texts.stage.cutSince(clockText(fromMs, true).slice(0, 5)) : '', sublabel: !cut.first ? '' : cut.oneWay ? texts.stage.oneWay(heals) : heals,
      }]
    }),
    cutSpans,
    workMs: (node, nowMs) => all.reduce((most, fault) => (active(fault, nowMs) ? Math.max(most, nodeEffectOf(fault, node, { ids: nodes, phase: 0 })?.workMs ?? 0) : most), 0),
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
function cutsOf(fault: FaultSeen, nodes: readonly NodeId[], phase: number): Pick<Cut, 'sides' | 'oneWay'>[] {
  const open = new Set(fault.links.filter(([from, to]) => linkEffectOf(fault, from, to, { ids: nodes, phase })?.cut === true).map(([from, to]) => `${from} ${to}`))
  const found: Pick<Cut, 'sides' | 'oneWay'>[] = []
  for (const first of open) {
    const [a, b] = first.split(' ') as [NodeId, NodeId]
    const sides: [NodeId[], NodeId[]] = [nodes.filter((id) => open.has(`${id} ${b}`)), nodes.filter((id) => open.has(`${a} ${id}`))]
    const pairs = sides[0].flatMap((from) => sides[1].map((to) => [from, to] as const))
    const whole = pairs.every(([from, to]) => open.has(`${from} ${to}`))
    const oneWay = !pairs.every(([from, to]) => open.has(`${to} ${from}`))
    const cut: Pick<Cut, 'sides' | 'oneWay'> = whole ? { sides, oneWay } : { sides: [[a], [b]], oneWay: !open.has(`${b} ${a}`) }
    for (const from of cut.sides[0]) for (const to of cut.sides[1]) { open.delete(`${from} ${to}`); if (!cut.oneWay) open.delete(`${to} ${from}`) }
    found.push(cut)
  }
  return found
}
