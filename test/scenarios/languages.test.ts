import { describe, expect, test } from 'vitest'
import { factWords } from '../../shared/fact-words.ts'
import { factWords as enEspanol } from '../../shared/fact-words-es.ts'
import { faults } from '../../shared/faults/index.ts'
import { playRound, recordRound } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { inSpanish } from './in-spanish.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { Self } from '../../shared/sim/types.ts'
import { englishIn, putIn } from '../english.ts'
import { possible } from './kinds.ts'

/** Everything a student's screen says of a node: the view, its letters and requests, and its keys with their warnings and refusals. */
function said(mission: Scenario, self: Self): string[] {
  const view = mission.view(self), peers = Object.values(view.peers)
  const on = [null, ...self.inbox, ...self.requests]
  const keys = Object.entries(mission.actions).flatMap(([kind, spec]) => on.flatMap((one) => {
    const action = { kind, letter: one?.n, request: one?.n } as never
    return spec.offered(self, one) ? [spec.label(self), spec.consequence?.(self, one), one === null && kind !== 'stand' && kind !== 'lead' ? null : spec.warning?.(self, action), spec.refusal?.(self, action)] : []
  }))
  return [
    view.role, view.now, view.ring?.label, ...view.plate.flatMap(({ label, value, note }) => [label, value, note]), ...peers.map(({ note }) => note),
    ...self.inbox.flatMap((letter) => { const { text, why } = mission.tellLetter(self, letter); return [text, why] }),
    ...self.requests.flatMap((request) => { const { command, hold } = mission.tellRequest(self, request); return [command, hold] }), ...keys,
  ].map((text) => text ?? '')
}

describe.each(Object.keys(scenarios))('%s in two languages', (id) => {
  const english = scenarios[id]!, spanish = inSpanish[id]!

  test('[LANGUAGE-1] is the same mission: the same seed gives the same history to the digest', () => {
    for (const seed of [1, 2, 3]) {
      const plan = { seed, nodes: 5, durationMs: 300_000, rules: 'good', chaos: 'monkey' } as const
      const digestOf = (mission: Scenario): string => playRound(mission, plan, () => undefined).sim.digest()
      expect(digestOf(spanish)).toBe(digestOf(english))
    }
  })

  test('[LANGUAGE-2] says nothing in English that a student reads in a long round', () => {
    const { header, entries } = recordRound(english, { seed: 5, nodes: 5, durationMs: 300_000, rules: 'good', chaos: 'monkey' })
    const sim = start({ scenario: english, faults, sink: () => undefined }, header.seed, header.settings), inputs = entries.flatMap((entry) => (entry.t === 'input' ? [entry.input] : []))
    const words = new Set<string>(), same = new Set<string>()
    for (let atMs = 500; atMs <= 300_000; atMs += 500) {
      for (; inputs[0] !== undefined && inputs[0].atMs <= atMs;) sim.submit(inputs.shift()!)
      if (sim.world.ended) break
      sim.runUntil(atMs)
      for (const seat of sim.ids.keys()) {
        // A crashed node has no screen.
        if (sim.world.nodes[seat]?.up !== true) continue
        const self = sim.self(seat), here = said(english, self), there = said(spanish, self)
        expect(there).toHaveLength(here.length)
        for (const [at, text] of here.entries()) { words.add(text); if (there[at] === text && /[a-z]{3}/i.test(text)) same.add(text) }
      }
    }
    expect(words.size).toBeGreaterThan(60)
    expect([...same]).toEqual([])
  })

  test('[LANGUAGE-3] has every text of the lesson, the rules, the alarms and the figures', () => {
    const all = (mission: Scenario): string[] => [mission.title, mission.lesson.brief, ...mission.lesson.ruleCard.rules.flatMap(({ strong, rest }) => [strong, rest]),
      ...mission.lesson.runbook.flatMap(({ say, ask, answers }) => [say, ask ?? '-', ...answers ?? []]), ...mission.lesson.questions.map(({ ask }) => ask),
      ...Object.values(mission.rules).map(({ sentence }) => sentence), ...Object.values(mission.alarmNames ?? {}), ...Object.values(mission.figures).map(({ title }) => title)]
    const here = all(english), there = all(spanish)
    expect(there).toHaveLength(here.length)
    expect(here.filter((text, at) => text !== '-' && there[at] === text)).toEqual([])
    expect(Object.keys(spanish.lesson.glossary)).toHaveLength(Object.keys(english.lesson.glossary).length)
    expect(spanish.lesson.runbook.map(({ atMs }) => atMs)).toEqual(english.lesson.runbook.map(({ atMs }) => atMs))
  })

  test('[LANGUAGE-4] tells every fact of rounds of every sort, and every breach, in its own words with the same names and numbers', () => {
    const kinds = new Map<string, number>(), claims = new Set<string>(), same: string[] = [], forgotten: string[] = []
    const look = (fact: Fact): void => {
      kinds.set(fact.kind, (kinds.get(fact.kind) ?? 0) + 1)
      if (fact.kind === 'breached') claims.add(fact.claim)
      const here = factWords(fact, english), there = enEspanol(fact, spanish)
      if (here === there || englishIn(there) !== null || !/^«?[A-ZÁÉÍÓÚ].*\.$/.test(there) || /undefined|null|NaN|\[object/.test(there)) same.push(`${fact.kind}: ${there}`)
      const parts = putIn(there)
      // An order that cannot be is told as what was done and when, not why: of that there are a dozen shapes.
      if (fact.kind === 'breached' && fact.claim === 'linearizable') return
      if (putIn(here).some((part) => !parts.includes(part))) forgotten.push(`${here} / ${there}`)
    }
    for (const rules of ['good', ...Object.keys(english.misconceptions)]) {
      for (let seed = 1; seed <= 8; seed++) playRound(english, { seed, nodes: 5, durationMs: 300_000, rules, chaos: seed === 1 ? 'default' : 'monkey' }, look)
    }
    expect(kinds.size).toBeGreaterThan(possible(english, ['requested', 'replied']).length === 0 ? 14 : 20)
    expect(claims.size).toBeGreaterThan(2)
    expect([...new Set(same)]).toEqual([])
    expect([...new Set(forgotten)]).toEqual([])
  })

  test('[LANGUAGE-5] says what each claim promises and what would have prevented its breach', () => {
    expect(Object.keys(spanish.claims)).toEqual(Object.keys(english.claims))
    for (const [claim, { words, prevention, sentence }] of Object.entries(english.claims)) {
      const there = spanish.claims[claim]!
      expect([there.words, there.prevention]).not.toContain(words)
      expect([there.words, there.prevention]).not.toContain(prevention)
      expect(there.sentence).not.toBe(sentence)
    }
  })
})
