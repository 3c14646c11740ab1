import type { Fact, FactOf } from '../sim/facts.ts'

/** A fault that begins or ends, by the names that Jepsen's nemesis gives: `start-partition`, `stop-partition`. */
export interface FaultEvent { f: string; fact: FactOf<'fault-started' | 'fault-ended'> }

/** Null for facts of other kinds. The phases of a fault that comes and goes are no events: it acts until it ends. */
export function faultEventOf(fact: Fact): FaultEvent | null {
  if (fact.kind === 'fault-started') return { f: `start-${fact.type}`, fact }
  return fact.kind === 'fault-ended' ? { f: `stop-${fact.type}`, fact } : null
}
