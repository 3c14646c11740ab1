import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { playRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { firstBreach, missed, shortest, shortestMiss } from '../scenarios/contract/misconceptions.ts'
import { repeat } from '../scenarios/contract/rounds.ts'
import { storyOf } from '../scenarios/story.ts'
import { folder, nameOf, planIn } from './plan.ts'

/**
 * The shortest way found in which each misconception breaks its claim, as a story. A change of the simulation or of the
 * mission shows here in words. `TRANSCRIPTS=write` looks for the shortest runs again: read what changed before committing it.
 */
const write = process.env['TRANSCRIPTS'] === 'write'

function textOf(scenario: Scenario, plan: RoundPlan, what: string, facts: readonly Fact[], told: readonly Fact[] = facts): string {
  const { idea, heldBy } = scenario.misconceptions[plan.rules] ?? { idea: '', heldBy: 'one' }
  return [
    `${scenario.title} ${heldBy === 'one' ? 'One who believes' : 'All believe'} "${idea}" ${what}`,
    `plan: seed ${plan.seed}, ${plan.nodes} nodes, chaos ${String(plan.chaos)}, ${plan.durationMs} ms`,
    `repeat: ${repeat(scenario.id, plan)}`,
    `Lines with a star are the witness. Chores are left out: ${facts.length} facts in all.`,
    '', ...storyOf(scenario, told), '',
  ].join('\n')
}

function breachText(scenario: Scenario, plan: RoundPlan, claim: string): string {
  const facts = firstBreach(scenario, plan, claim)
  return facts === null ? `${claim} is not broken by this plan any more.\n` : textOf(scenario, plan, `This breaks: ${scenario.claims[claim]?.words ?? claim}`, facts)
}

/** How much is told of a round in which the same happens over and over. */
const BEGINNING_MS = 45_000

function missText(scenario: Scenario, plan: RoundPlan, id: string): string {
  const facts: Fact[] = []
  playRound(scenario, plan, (fact) => facts.push(fact))
  const figure = scenario.figures[id]
  const [wrong, good] = [missed(scenario, plan, id), missed(scenario, { ...plan, rules: 'good' }, id)]
  return textOf(scenario, plan, `"${figure?.title}" comes to ${wrong.value} ${figure?.unit}; bots that play well need ${good.value} at this seed. It goes on as it begins:`, facts, facts.filter((fact) => fact.atMs < BEGINNING_MS))
}

/** Compares with the file, or looks for the shortest run anew and writes it. */
function keep(name: string, rules: string, find: () => { plan: RoundPlan } | null, tell: (plan: RoundPlan) => string): void {
  const path = `${folder}${name}`
  if (write) {
    const best = find()
    if (best === null) throw new Error(`no run for ${name}`)
    writeFileSync(path, tell(best.plan))
  }
  expect(existsSync(path), `${name} is missing: TRANSCRIPTS=write makes it`).toBe(true)
  const text = readFileSync(path, 'utf8')
  expect(tell(planIn(text, rules))).toBe(text)
}

/** Looking for the shortest run plays every seed. */
const SEARCH_MS = 300_000
const expected: string[] = []
for (const [id, scenario] of Object.entries(scenarios)) {
  describe(id, () => {
    for (const [rules, { breaks, misses }] of Object.entries(scenario.misconceptions)) {
      for (const claim of breaks) {
        const name = nameOf(id, rules, claim)
        expected.push(name)
        test(`the story of how ${rules} breaks ${claim}`, () => keep(name, rules, () => shortest(scenario, rules, claim), (plan) => breachText(scenario, plan, claim)), SEARCH_MS)
      }
      if (misses === undefined) continue
      const name = nameOf(id, rules, misses)
      expected.push(name)
      test(`the story of how ${rules} misses ${misses}`, () => keep(name, rules, () => shortestMiss(scenario, rules, misses), (plan) => missText(scenario, plan, misses)), SEARCH_MS)
    }
  })
}

test('every transcript belongs to a misconception', () => {
  expect(readdirSync(folder).filter((name) => name.endsWith('.txt')).toSorted()).toEqual(expected.toSorted())
})
