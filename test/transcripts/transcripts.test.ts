import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { RoundPlan } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { firstBreach, shortest } from '../scenarios/contract/misconceptions.ts'
import { repeat } from '../scenarios/contract/rounds.ts'
import { storyOf } from '../scenarios/story.ts'

/**
 * The shortest way found in which each misconception breaks its claim, as a story. A change of the simulation or of the
 * mission shows here in words. `TRANSCRIPTS=write` looks for the shortest runs again: read what changed before committing it.
 */
const write = process.env['TRANSCRIPTS'] === 'write'
const folder = fileURLToPath(new URL('.', import.meta.url))

const PLAN = /^plan: seed (\d+), (\d+) nodes, chaos (default|random), (\d+) ms$/m

function planIn(text: string, rules: string): RoundPlan {
  const found = PLAN.exec(text)
  if (found === null) throw new Error('the transcript has no line that starts with "plan:"')
  return { rules, seed: Number(found[1]), nodes: Number(found[2]), chaos: found[3] === 'default' ? 'default' : 'random', durationMs: Number(found[4]) }
}

function textOf(scenario: Scenario, plan: RoundPlan, claim: string): string {
  const facts = firstBreach(scenario, plan, claim)
  if (facts === null) return `${claim} is not broken by this plan any more.\n`
  const idea = scenario.misconceptions[plan.rules]?.idea ?? ''
  return [
    `${scenario.title} One who believes "${idea}" breaks: ${scenario.claims[claim]?.words ?? claim}`,
    `plan: seed ${plan.seed}, ${plan.nodes} nodes, chaos ${plan.chaos}, ${plan.durationMs} ms`,
    `repeat: ${repeat(scenario.id, plan)}`,
    `Lines with a star are the witness. Chores are left out: ${facts.length} facts in all.`,
    '', ...storyOf(scenario, facts), '',
  ].join('\n')
}

const expected: string[] = []
for (const [id, scenario] of Object.entries(scenarios)) {
  describe(id, () => {
    for (const [rules, { breaks }] of Object.entries(scenario.misconceptions)) {
      for (const claim of breaks) {
        const name = `${id}-${rules}-${claim}.txt`
        expected.push(name)
        test(`the story of how ${rules} breaks ${claim}`, () => {
          const path = `${folder}${name}`
          if (write) {
            const best = shortest(scenario, rules, claim)
            if (best === null) throw new Error(`${rules} does not break ${claim}`)
            writeFileSync(path, textOf(scenario, best.plan, claim))
          }
          expect(existsSync(path), `${name} is missing: TRANSCRIPTS=write makes it`).toBe(true)
          const text = readFileSync(path, 'utf8')
          expect(textOf(scenario, planIn(text, rules), claim)).toBe(text)
        }, write ? 300_000 : undefined)
      }
    }
  })
}

test('every transcript belongs to a misconception', () => {
  expect(readdirSync(folder).filter((name) => name.endsWith('.txt')).toSorted()).toEqual(expected.toSorted())
})
