import { breachSentence, factWords } from '../../shared/fact-words.ts'
import type { Fact, FactOf } from '../../shared/sim/facts.ts'
import type { Figure, Scenario } from '../../shared/sim/scenario.ts'
import { clock, figureText, indented, table } from './print.ts'

/** What is said of a recording that another version made. */
export const OTHER_VERSION = 'Recorded by another version of the simulation or of the mission: it need not replay to the same facts.'

/** A breach as it is printed, with all that it says about itself. */
export interface BreachReport {
  fact: number
  atMs: number
  claim: string
  severity: string
  sentence: string
  prevention: string
  /** Facts in causal order that show it. */
  witness: { fact: number; atMs: number; words: string }[]
}

/** What a breach says, with the facts of its witness in words. `facts`: all of the round, or at least those of the witness. */
export function reportBreach(breach: FactOf<'breached'>, facts: readonly Fact[], scenario: Scenario): BreachReport {
  return {
    fact: breach.n, atMs: breach.atMs, claim: breach.claim, severity: breach.severity,
    sentence: breachSentence(breach, scenario), prevention: scenario.claims[breach.claim]?.prevention ?? '',
    witness: breach.because.flatMap((n) => {
      const fact = facts[n]
      return fact === undefined ? [] : [{ fact: n, atMs: fact.atMs, words: factWords(fact, scenario) }]
    }),
  }
}

/** Breaches for people, each with its witness. */
export function breachLines(breaches: readonly BreachReport[]): string[] {
  return breaches.flatMap((breach, at) => [
    ...(at === 0 ? [] : ['']),
    `${clock(breach.atMs)}  ${breach.claim} (${breach.severity})`,
    ...indented([breach.sentence, ...table(breach.witness.map((one) => [clock(one.atMs), `fact ${one.fact}`, one.words])), `Prevented by: ${breach.prevention}`]),
  ])
}

/** What a misconception that breaks no claim does. */
export const missedText = (figure: Figure): string => `${figure.title}: good rules keep it ${objectiveText(figure)} at this seed, these do not.`

/** An objective in words: `at most 180.0 s`. */
export function objectiveText(figure: Figure): string {
  const { objective, unit } = figure
  if (objective === null) return ''
  return [objective.atMost === undefined ? '' : `at most ${figureText(objective.atMost, unit)}`, objective.atLeast === undefined ? '' : `at least ${figureText(objective.atLeast, unit)}`]
    .filter((part) => part !== '').join(', ')
}
