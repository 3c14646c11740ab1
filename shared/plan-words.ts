import { faults } from './faults/index.ts'
import { inSeconds } from './faults/parts.ts'
import { isTargetWord } from './faults/targets.ts'
import type { TargetWord } from './faults/targets.ts'
import type { FaultRegistry } from './sim/fault.ts'
import type { PlanCondition, PlanStep } from './sim/scenario.ts'
import type { Json } from './sim/types.ts'

/** A chaos plan in words, before anybody knows who leads and whom chance takes. */

const registry: FaultRegistry = faults

/** What each word for nodes means, in words. */
export const targetWords: { readonly [W in TargetWord]: string } = {
  leader: 'the leader', others: 'the others', all: 'all nodes', any: 'one node', 'any-other': 'one of the others', half: 'half of the nodes', 'half-of-others': 'half of the others', minority: 'a minority',
  majority: 'a majority', 'leaders-minority': 'the leader with a minority', 'leaders-majority': 'the leader with a majority',
}
const told = (value: Json): Json => (Array.isArray(value) ? (value as readonly Json[]).map(told) : isTargetWord(value) ? targetWords[value] : value)
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** What a step does, in the sentence of its fault. */
export function stepSentence(step: PlanStep): string {
  if (step.do === 'halt') return 'All faults end.'
  const fault = Object.hasOwn(registry, step.type) ? registry[step.type] : undefined
  return fault === undefined ? `A fault begins: ${step.type}.` : capital(fault.sentence(Object.fromEntries(Object.entries(step.params).map(([name, value]) => [name, told(value)]))))
}

/** What a step waits for, e.g. `when somebody has led for 10 s`. */
export function conditionWords(when: PlanCondition): string {
  switch (when.kind) {
    case 'leader': return when.forMs === 0 ? 'when somebody leads' : `when somebody has led for ${inSeconds(when.forMs)} s`
    case 'no-leader': return when.forMs === 0 ? 'when nobody leads' : `when nobody has led for ${inSeconds(when.forMs)} s`
    case 'after': return when.ms === 0 ? `when ${when.fault} is over` : `${inSeconds(when.ms)} s after the end of ${when.fault}`
    case 'breach': return when.claim === null ? 'when a claim breaks' : `when ${when.claim} breaks`
  }
}
