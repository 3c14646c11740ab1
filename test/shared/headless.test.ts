import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { botSettings, leaderOf, playRound, recordRound, settingsFor } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { FACTS_PER_DIGEST } from '../../shared/recording.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { nodeIds, wrongSettings } from '../../shared/sim/create.ts'
import { digestFact, digestHex } from '../../shared/sim/digest.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import { CLOCK_OFFSET_MS_MAX } from '../../shared/sim/limits.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'

const election = scenarios['election'] as Scenario
const plan = (change: Partial<RoundPlan> = {}): RoundPlan => ({ seed: 4, nodes: 5, durationMs: 240_000, rules: 'good', chaos: 'default', ...change })

describe('settings', () => {
  test('are right for every size and seed, with clocks that differ within the limit', () => {
    for (let seed = 0; seed < 50; seed++) {
      const nodes = 3 + (seed % 5)
      const settings = settingsFor(election, seed, nodes, 60_000, 'L1', Array.from({ length: nodes }, () => 'student' as const))
      expect(wrongSettings(election, seed, settings)).toBeNull()
      for (const ms of settings.clockOffsetsMs) expect(Math.abs(ms)).toBeLessThanOrEqual(CLOCK_OFFSET_MS_MAX)
      expect(new Set(settings.clockOffsetsMs).size).toBeGreaterThan(1)
    }
  })

  test('give a misconception to one seat or to all, as it says, and good rules to nobody', () => {
    expect(botSettings(election, plan()).beliefs).toEqual({})
    expect(Object.values(botSettings(election, plan({ rules: 'eager' })).beliefs)).toEqual(['eager'])
    expect(Object.keys(botSettings(election, plan({ rules: 'in-step' })).beliefs)).toEqual(['0', '1', '2', '3', '4'])
    const holders = new Set(Array.from({ length: 60 }, (_, seed) => Object.keys(botSettings(election, plan({ rules: 'eager', seed })).beliefs)[0]))
    expect(holders.size).toBe(5)
  })
})

describe('a round', () => {
  test('is the same facts when its inputs are played again', () => {
    const [first, again]: [string[], string[]] = [[], []]
    const { inputs, settings, sim } = playRound(election, plan({ chaos: 'monkey' }), (fact) => first.push(JSON.stringify(fact)))
    const other = start({ scenario: election, faults, sink: (fact) => again.push(JSON.stringify(fact)) }, 4, settings)
    for (const input of inputs) other.submit(input)
    expect(again).toEqual(first)
    expect(other.digest()).toBe(sim.digest())
  })

  test('ends with its last input, and the plan of the mission cuts off who leads then', () => {
    const facts: Fact[] = []
    const { inputs, sim } = playRound(election, plan(), (fact) => facts.push(fact))
    expect(facts.at(-1)).toMatchObject({ kind: 'ended', atMs: 240_000 })
    expect(inputs.map((input) => input.kind)).toEqual(['fault', 'fault', 'fault', 'end'])
    const cut = facts.find((fact) => fact.kind === 'fault-started')
    const beats = facts.filter((fact) => fact.kind === 'sent' && fact.body.kind === 'beat' && fact.atMs < 60_000)
    expect(cut).toMatchObject({ type: 'partition', params: { side: [beats.at(-1)?.node] } })
    expect([...nodeIds(5), null]).toContain(leaderOf(election, sim))
  })

  test('is recorded with the digest after every thousand facts, which sums up all facts so far', () => {
    const facts: Fact[] = []
    const recording = recordRound(election, plan({ durationMs: 600_000 }), (fact) => facts.push(fact))
    const digests = recording.entries.filter((entry) => entry.t === 'digest')
    expect(digests).toHaveLength(Math.floor(facts.length / FACTS_PER_DIGEST))
    expect(digests.length).toBeGreaterThan(0)
    const running: [number, number] = [0, 0]
    const at = new Map<number, string>()
    for (const fact of facts) {
      digestFact(running, fact)
      at.set(fact.n, digestHex(running))
    }
    for (const entry of digests) expect(entry.digest).toBe(at.get(entry.fact))
    expect(recording.entries.at(-1)).toEqual({ t: 'closed', atMs: 600_000, facts: facts.length, digest: at.get(facts.length - 1) })
  })
})

describe('the digest', () => {
  const round = (): Fact[] => {
    const facts: Fact[] = []
    playRound(election, plan({ durationMs: 120_000, chaos: 'monkey' }), (fact) => facts.push(fact))
    return facts
  }
  const digestOf = (facts: readonly Fact[]): string => {
    const digest: [number, number] = [0, 0]
    for (const fact of facts) digestFact(digest, fact)
    return digestHex(digest)
  }

  test('differs when a fact is missing, doubled, moved in time or place, or when two are swapped', () => {
    const facts = round()
    const seen = new Set([digestOf(facts)])
    const differs = (changed: readonly Fact[], what: string): void => {
      const digest = digestOf(changed)
      expect(seen.has(digest), `${what}`).toBe(false)
      seen.add(digest)
    }
    for (let n = 0; n < facts.length - 1; n += 7) {
      const fact = facts[n] as Fact
      const put = (...instead: Fact[]): Fact[] => [...facts.slice(0, n), ...instead, ...facts.slice(n + 1)]
      differs(put(), `without fact ${n}`)
      differs(put(fact, fact), `fact ${n} twice`)
      differs(put({ ...fact, atMs: fact.atMs + 1 }), `fact ${n} a millisecond later`)
      differs(put({ ...fact, before: [...fact.before, 0, 0] }), `fact ${n} with other causes`)
      const next = facts[n + 1] as Fact
      differs([...facts.slice(0, n), next, fact, ...facts.slice(n + 2)], `facts ${n} and ${n + 1} swapped`)
    }
  })

  test('differs when what a message says, an action does, or a customer is told differs', () => {
    const facts = round()
    const whole = digestOf(facts)
    const changes: [string, (fact: Fact) => Fact | null][] = [
      ['term', (fact) => (fact.kind === 'sent' && 'term' in fact.body ? { ...fact, body: { ...fact.body, term: 99 } as typeof fact.body } : null)],
      ['arrival', (fact) => (fact.kind === 'sent' && fact.arrivals.length > 0 ? { ...fact, arrivals: fact.arrivals.map((ms) => ms + 1) } : null)],
      ['action', (fact) => (fact.kind === 'acted' ? { ...fact, action: { kind: 'step-down' } } : null)],
      ['rule', (fact) => (fact.kind === 'acted' && fact.rule !== null ? { ...fact, rule: null } : null)],
      ['reply', (fact) => (fact.kind === 'replied' ? { ...fact, reply: { kind: 'lost' } } : null)],
      ['deadline', (fact) => (fact.kind === 'requested' ? { ...fact, deadlineAtMs: fact.deadlineAtMs + 1 } : null)],
    ]
    for (const [what, change] of changes) {
      const n = facts.findIndex((fact) => change(fact) !== null && JSON.stringify(change(fact)) !== JSON.stringify(fact))
      expect(n, `no fact to change the ${what} of`).toBeGreaterThanOrEqual(0)
      const changed = facts.map((fact, at) => (at === n ? (change(fact) ?? fact) : fact))
      expect(digestOf(changed), `${what}`).not.toBe(whole)
    }
  })
})
