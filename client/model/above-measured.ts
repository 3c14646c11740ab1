import { clockEffectOf, linkEffectOf, nodeEffectOf } from '../../shared/faults/effects.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { FactNo, NodeId, SimMs } from '../../shared/sim/types.ts'
import { texts } from '../texts/cockpit.ts'
import { offsetText } from './above-clocks.ts'
import type { FaultSeen } from './above-faults.ts'

/** What a fault did so far, against what it was asked to do. */
export interface Measured {
  /** Messages sent over its links while it acted. */
  sent: number
  /** Copies that it lost or threw away, also those that were under way when it began. */
  lost: number
  /** Messages that it sent once more. */
  doubled: number
  /** Copies planned to arrive, and their travel times together, in ms. */
  arriving: number
  travelMs: number
  /** Copies that it kept back so far, and those that it keeps back now. */
  kept: number
  keeps: number
  /** Messages that its nodes handled while it acted, and how long after their arrival, together, in ms. */
  handled: number
  handledMs: number
}

/** Counts for the faults that act; those that are over keep their last count. */
export interface Measures {
  started(fault: FaultSeen): void
  ended(fault: FaultSeen): void
  /** Takes every other fact; a handful of faults act at a time, so this is cheap. */
  add(fact: Fact): void
  of(fault: FaultSeen): Measured | null
}

export function measures(): Measures {
  const all = new Map<FactNo, Measured>()
  const acting = new Map<FactNo, { links: ReadonlySet<string>; nodes: ReadonlySet<NodeId> }>()
  /** When a copy is due at its node, and which fault keeps it back, by message and copy. */
  const dueMs = new Map<string, SimMs>(), keeper = new Map<string, FactNo>()
  const letGo = (copy: string): void => {
    const one = all.get(keeper.get(copy) ?? -1)
    if (one !== undefined) one.keeps--
    keeper.delete(copy)
  }
  const sent = (fact: Extract<Fact, { kind: 'sent' }>): void => {
    fact.arrivals.forEach((ms, copy) => dueMs.set(`${fact.message}.${copy}`, fact.atMs + ms))
    const link = `${fact.node} ${fact.to}`
    for (const [fault, { links }] of acting) {
      const one = links.has(link) ? all.get(fault) : undefined
      if (one === undefined) continue
      one.sent++
      if (fact.because.includes(fault)) one.doubled++
      one.arriving += fact.arrivals.length
      for (const ms of fact.arrivals) one.travelMs += ms
    }
  }
  const delivered = (fact: Extract<Fact, { kind: 'delivered' }>): void => {
    const copy = `${fact.message}.${fact.copy}`, due = dueMs.get(copy)
    dueMs.delete(copy)
    for (const [fault, { nodes }] of acting) {
      const one = nodes.has(fact.node) ? all.get(fault) : undefined
      if (one === undefined || due === undefined) continue
      one.handled++
      one.handledMs += fact.atMs - due
    }
  }
  return {
    started(fault) {
      all.set(fault.fact, { sent: 0, lost: 0, doubled: 0, arriving: 0, travelMs: 0, kept: 0, keeps: 0, handled: 0, handledMs: 0 })
      acting.set(fault.fact, { links: new Set(fault.links.map(([from, to]) => `${from} ${to}`)), nodes: new Set(fault.nodes) })
    },
    ended: (fault) => { acting.delete(fault.fact) },
    add(fact) {
      switch (fact.kind) {
        case 'sent': return sent(fact)
        case 'delivered': return delivered(fact)
        case 'held': {
          const one = all.get(fact.because[0] ?? -1)
          if (one === undefined) return
          one.kept++
          one.keeps++
          keeper.set(`${fact.message}.${fact.copy}`, fact.because[0] ?? -1)
          return
        }
        case 'released':
          letGo(`${fact.message}.${fact.copy}`)
          dueMs.set(`${fact.message}.${fact.copy}`, fact.atMs + fact.inMs)
          return
        case 'lost':
          letGo(`${fact.message}.${fact.copy}`)
          dueMs.delete(`${fact.message}.${fact.copy}`)
          for (const because of fact.because) {
            const one = all.get(because)
            if (one !== undefined) one.lost++
          }
          return
        default:
      }
    },
    of: (fault) => all.get(fault.fact) ?? null,
  }
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

/** In words what a fault of links did: `3 of 14 lost`. Null where there is nothing to say yet. */
function linkWords(fault: FaultSeen, measured: Measured): string | null {
  const first = fault.links[0]
  if (first === undefined) return null
  const effect = linkEffectOf(fault, first[0], first[1], { ids: [...new Set(fault.links.flat())].toSorted(), phase: 0 })
  const { sent, lost, kept, keeps } = measured
  if (effect?.cut === true) return lost === 0 ? null : texts.done.lost(lost)
  if (effect?.hold === true) return texts.done.keptBack(keeps)
  if (sent === 0) return null
  if (effect?.lossPpm !== undefined || effect?.burst !== undefined) return texts.done.lostOf(lost, sent)
  if (effect?.duplicatePpm !== undefined) return texts.done.doubledOf(measured.doubled, sent)
  // Damage that nobody catches shows in no fact.
  if (effect?.corrupt !== undefined) return effect.corrupt.caught ? texts.done.damagedOf(lost, sent) : null
  if (effect?.rate !== undefined) return texts.done.narrow(keeps, lost)
  if (effect?.overtaken !== undefined) return texts.done.overtakenOf(kept, sent)
  return effect?.latency === undefined || measured.arriving === 0 ? null : texts.done.got(seconds(measured.travelMs / measured.arriving))
}

/** In words what a fault of nodes did. */
function nodeWords(fault: FaultSeen, measured: Measured): string | null {
  const first = fault.nodes[0]
  const slow = first !== undefined && (nodeEffectOf(fault, first, { ids: fault.nodes, phase: 0 })?.workMs ?? 0) > 0
  return !slow || measured.handled === 0 ? null : texts.done.handled(measured.handled, seconds(measured.handledMs / measured.handled))
}

/** What a fault did, in words for its chip: `3 of 14 lost`. Null for nothing to say, and before anything happened. */
export function measuredWords(fault: FaultSeen, measured: Measured | null): string | null {
  return measured === null ? null : linkWords(fault, measured) ?? nodeWords(fault, measured)
}

/** What a fault does now: whether one that comes and goes is on, how far it has bent which clock. Null for one that needs no such words. */
export function nowWords(fault: FaultSeen, nowMs: SimMs, bentMs: (node: NodeId, nowMs: SimMs) => number): string | null {
  const phase = fault.turns.findLast((turn) => turn.atMs <= nowMs)?.phase ?? 0
  const comesAndGoes = fault.turns.length > 1
  const bends = fault.nodes.filter((node) => clockEffectOf(fault, node, { ids: fault.nodes, phase: 0 }) !== null)
  const state = !comesAndGoes ? null : bends.length > 0 ? (phase % 2 === 0 ? texts.done.ahead : texts.done.back) : phase % 2 === 0 ? texts.done.cut : texts.done.open
  const bent = bends.map((node) => texts.done.bentBy(node, offsetText(bentMs(node, nowMs)))).join(', ')
  return [state, bent === '' ? null : bent].filter((part) => part !== null).join('; ') || null
}
