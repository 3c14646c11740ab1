import { breachSentence, factWords } from '../../shared/fact-words.ts'
import type { Fact, FactOf } from '../../shared/sim/facts.ts'
import type { Figure, Scenario } from '../../shared/sim/scenario.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { Level } from '../../shared/sim/types.ts'
import { clock, figureText, indented, table } from './print.ts'

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

/** The figures of one round, folded as it goes. */
export interface FigureFold { id: string; figure: Figure; state: object }

export function figureFolds(scenario: Scenario, nodes: number, level: Level): FigureFold[] {
  const cluster = { nodes: nodeIds(nodes), timings: scenario.timings(level), majority: (nodes >> 1) + 1 }
  return Object.entries(scenario.figures).map(([id, figure]) => ({ id, figure, state: figure.init(cluster) }))
}

/** Whether a value meets its objective; null when there is none, or nothing to say. */
export function meets(figure: Figure, value: number | null): boolean | null {
  const { objective } = figure
  if (objective === null || value === null) return null
  return (objective.atMost === undefined || value <= objective.atMost) && (objective.atLeast === undefined || value >= objective.atLeast)
}

/** An objective in words: `at most 180.0 s`. */
export function objectiveText(figure: Figure): string {
  const { objective, unit } = figure
  if (objective === null) return ''
  return [objective.atMost === undefined ? '' : `at most ${figureText(objective.atMost, unit)}`, objective.atLeast === undefined ? '' : `at least ${figureText(objective.atLeast, unit)}`]
    .filter((part) => part !== '').join(', ')
}
