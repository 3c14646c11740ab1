import { linkEffectOf } from '../../shared/faults/effects.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { FactNo } from '../../shared/sim/types.ts'
import type { FaultSeen } from './above-faults.ts'

/** What a fault of links did so far, against what it was asked to do. */
export interface Measured {
  /** Messages sent over its links while it acted. */
  sent: number
  /** Copies that it lost, also those that were under way when it began. */
  lost: number
  /** Messages that it sent once more. */
  doubled: number
  /** Copies planned to arrive, and their travel times together, in ms. */
  arriving: number
  travelMs: number
}

/** Counts for the faults that act; those that are over keep their last count. */
export interface Measures {
  started(fault: FaultSeen): void
  ended(fault: FaultSeen): void
  /** Takes `sent` and `lost`; a handful of faults act at a time, so this is cheap. */
  add(fact: Fact): void
  of(fault: FaultSeen): Measured | null
}

export function measures(): Measures {
  const all = new Map<FactNo, Measured>()
  const acting = new Map<FactNo, Set<string>>()
  return {
    started(fault) {
      if (fault.links.length === 0) return
      all.set(fault.fact, { sent: 0, lost: 0, doubled: 0, arriving: 0, travelMs: 0 })
      acting.set(fault.fact, new Set(fault.links.map(([from, to]) => `${from} ${to}`)))
    },
    ended: (fault) => { acting.delete(fault.fact) },
    add(fact) {
      if (fact.kind === 'lost') for (const because of fact.because) {
        const one = all.get(because)
        if (one !== undefined) one.lost++
      }
      if (fact.kind !== 'sent') return
      const link = `${fact.node} ${fact.to}`
      for (const [fault, links] of acting) {
        const one = links.has(link) ? all.get(fault) : undefined
        if (one === undefined) continue
        one.sent++
        if (fact.because.includes(fault)) one.doubled++
        one.arriving += fact.arrivals.length
        for (const ms of fact.arrivals) one.travelMs += ms
      }
    },
    of: (fault) => all.get(fault.fact) ?? null,
  }
}

/** In words what a fault did: `3 of 14 lost`. Null for a fault of nodes, and before anything was sent. */
export function measuredWords(fault: FaultSeen, measured: Measured | null): string | null {
  const first = fault.links[0]
  if (measured === null || first === undefined) return null
  const effect = linkEffectOf(fault, first[0], first[1], { ids: [...new Set(fault.links.flat())].toSorted(), phase: 0 })
  if (effect?.cut === true) return measured.lost === 0 ? null : `${measured.lost} lost`
  if (measured.sent === 0) return null
  if (effect?.lossPpm !== undefined) return `${measured.lost} of ${measured.sent} lost`
  if (effect?.duplicatePpm !== undefined) return `${measured.doubled} of ${measured.sent} doubled`
  return effect?.latency === undefined || measured.arriving === 0 ? null : `got ${(measured.travelMs / measured.arriving / 1_000).toFixed(1)} s one way`
}
