import { playRound } from '../../../shared/headless.ts'
import { nodeIds } from '../../../shared/sim/create.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { playWild } from '../../sim/wild.ts'
import { keeps } from './dumb.ts'
import type { DumbVerdict } from './dumb.ts'
import { witnessFaults } from './said.ts'
import type { RaftLog } from './types.ts'

/** A round of three minutes that bots play under a monkey; three to seven nodes, by seed. */
export function botRound(mission: Scenario<RaftLog>, rules: string, seed: number): { facts: Fact[]; nodes: number } {
  const facts: Fact[] = []
  const nodes = 3 + (seed % 5)
  playRound(mission as unknown as Scenario, { seed, nodes, rules, chaos: 'monkey', durationMs: 180_000 }, (fact) => facts.push(fact))
  return { facts, nodes }
}

/** A round of two minutes in which students click anything at all beside bots that play well, and faults of all kinds act. */
export function wildRound(mission: Scenario<RaftLog>, seed: number): { facts: Fact[]; nodes: number } {
  const nodes = 3 + (seed % 5)
  const options = { nodes, durationMs: 120_000, gapMsMost: 1_500, clicks: 'any', faults: seed % 3 > 0, level: 'L3' } as const
  return { facts: playWild(mission as unknown as Scenario, seed, options).facts, nodes }
}

export const brokenIn = (facts: readonly Fact[]): Set<string> => new Set(facts.flatMap((fact) => (fact.kind === 'breached' ? [fact.claim] : [])))

/**
 * Where claims and the dumb verdict differ on a round, in words. Once logs do not match, an entry no longer stands for those before it, and claims
 * that rest on that may miss a breach; one that they report must be one all the same.
 */
export function disagreements({ facts, nodes }: { facts: readonly Fact[]; nodes: number }): string[] {
  const broken = brokenIn(facts)
  const dumb = keeps(facts, nodeIds(nodes))
  return (Object.keys(dumb) as (keyof DumbVerdict)[]).flatMap((claim) => {
    if (broken.has(claim) === !dumb[claim]) return []
    const excused = !dumb['log-matching'] && !broken.has(claim) && (claim === 'leader-completeness' || claim === 'no-lost-commit')
    return excused ? [] : [`${claim} is ${broken.has(claim) ? 'broken' : 'kept'}, and should be ${dumb[claim] ? 'kept' : 'broken'}`]
  })
}

/** All that is wrong with a round's verdicts and witnesses. */
export const faultsOf = (mission: Scenario<RaftLog>, round: { facts: Fact[]; nodes: number }): string[] =>
  [...disagreements(round), ...witnessFaults(mission, round.nodes, round.facts)]
