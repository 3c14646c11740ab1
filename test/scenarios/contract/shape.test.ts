import { describe, expect, test } from 'vitest'
import { faults } from '../../../shared/faults/index.ts'
import { inputOf } from '../../../shared/faults/plan.ts'
import { playRound } from '../../../shared/headless.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import { nodeIds } from '../../../shared/sim/create.ts'
import type { FaultParams, FaultRegistry } from '../../../shared/sim/fault.ts'
import { notAllowed, wrongDuration, wrongParams } from '../../../shared/sim/fault-check.ts'
import type { ActionSpec, Rule, Scenario } from '../../../shared/sim/scenario.ts'
import type { NodeEvent, Self, Shape } from '../../../shared/sim/types.ts'
import { LEVELS } from '../../../shared/sim/types.ts'
import { playWild } from '../../sim/wild.ts'

const registry: FaultRegistry = faults
const words = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length
const isSentence = /^["A-Z].*[.!?]"?$/

describe.each(Object.entries(scenarios))('%s', (id, scenario) => {
  const actions = Object.entries(scenario.actions as { [kind: string]: ActionSpec<Shape, Shape['action']> })

  test('is named by its key, and made for as many nodes as a room has', () => {
    expect(scenario.id).toBe(id)
    const { min, usual, max } = scenario.nodes
    expect([min >= 3, usual >= min, max >= usual, max <= 9]).toEqual([true, true, true, true])
    expect(Number.isInteger(scenario.version) && scenario.version >= 1).toBe(true)
  })

  test('ships its lesson: a brief of 60 words at most, a rule card, a runbook in order, three questions bound to facts, a glossary', () => {
    const { brief, ruleCard, runbook, questions, glossary } = scenario.lesson
    expect(words(brief)).toBeGreaterThan(15)
    expect(words(brief)).toBeLessThanOrEqual(60)
    expect(ruleCard.rules.length).toBeGreaterThanOrEqual(3)
    // One screen, read by somebody who has four seconds.
    expect(ruleCard.rules.length).toBeLessThanOrEqual(9)
    expect(runbook.length).toBeGreaterThanOrEqual(3)
    expect(runbook.map((step) => step.atMs)).toEqual(runbook.map((step) => step.atMs).toSorted((a, b) => a - b))
    expect(questions.length).toBeGreaterThanOrEqual(3)
    const known = [...Object.keys(scenario.claims), ...Object.keys(scenario.figures)]
    for (const question of questions) expect(known).toContain(question.facts)
    expect(Object.keys(glossary).length).toBeGreaterThanOrEqual(3)
  })

  test('tells its claims, rules and misconceptions in sentences, and every breach how it would have been prevented', () => {
    for (const claim of Object.values(scenario.claims)) for (const text of [claim.words, claim.prevention]) expect(text).toMatch(isSentence)
    for (const rule of Object.values(scenario.rules)) expect(rule.sentence).toMatch(isSentence)
    for (const one of Object.values(scenario.misconceptions)) expect(one.idea).toMatch(isSentence)
  })

  test('names nothing that is not there: rules of levels, replaced rules, broken claims, missed figures, triggers, letters', () => {
    const kinds = Object.keys(scenario.messages)
    for (const level of LEVELS) for (const rule of scenario.levels[level]) expect(scenario.rules).toHaveProperty([rule])
    for (const one of Object.values(scenario.misconceptions)) {
      for (const claim of one.breaks) expect(scenario.claims).toHaveProperty([claim])
      expect(Object.keys(scenario.figures)).toContain(one.misses ?? Object.keys(scenario.figures)[0])
    }
    for (const rule of Object.values(scenario.rules)) {
      for (const trigger of rule.on) expect(trigger === 'request' || trigger === 'start' || trigger.startsWith('alarm ') || kinds.includes(trigger.replace('message ', ''))).toBe(true)
    }
    for (const [, spec] of actions) {
      for (const field of Object.values(spec.fields)) for (const kind of field.type === 'letter' ? field.of : []) expect(kinds).toContain(kind)
    }
  })

  test('every level runs what the one below it runs, L0 nothing by itself, L3 all', () => {
    expect(scenario.levels.L0).toEqual([])
    for (const [low, high] of [['L0', 'L1'], ['L1', 'L2'], ['L2', 'L3']] as const) expect(scenario.levels[high]).toEqual(expect.arrayContaining([...scenario.levels[low]]))
    expect([...scenario.levels.L3].toSorted()).toEqual(Object.keys(scenario.rules).toSorted())
    for (const rule of scenario.levels.L1) expect(scenario.rules[rule]?.sort).toBe('chore')
    for (const rule of scenario.levels.L2) expect(scenario.rules[rule]?.sort).not.toBe('judgement')
  })

  test('marks its packets with one letter each, never that of a node', () => {
    const letters = Object.values(scenario.messages as { [kind: string]: { letter: string } }).map((spec) => spec.letter)
    expect(new Set(letters).size).toBe(letters.length)
    for (const one of letters) expect(one).toMatch(/^[H-Z]$/)
  })

  test('its plan and its limits are faults that physics allows, for every size', () => {
    for (const type of Object.keys(scenario.chaosLimits)) expect(registry).toHaveProperty([type])
    for (let nodes = scenario.nodes.min; nodes <= scenario.nodes.max; nodes++) {
      const ids = nodeIds(nodes)
      for (const planned of scenario.chaos) {
        if (planned.do === 'halt') continue
        const input = inputOf(planned, 'plan', { world: { nowMs: planned.atMs, faults: [], broken: {}, seed: 1 }, ids, leader: 'B' })
        const fault = registry[input.type]
        if (fault === undefined) throw new Error(`there is no fault ${input.type}`)
        expect(wrongParams(fault, input.params, ids)).toBeNull()
        expect(wrongDuration(fault, input.durationMs)).toBeNull()
        expect(notAllowed(fault, input.params as FaultParams, scenario)).toBeNull()
        expect(Object.keys(scenario.chaosLimits)).toContain(planned.type)
      }
    }
  })

  test('never shows more than six buttons at once, and each says what it does', () => {
    const buttons = (self: Self): string[] => actions.filter(([, spec]) => !('letter' in spec.fields) && !('request' in spec.fields) && spec.offered(self, null)).map(([, spec]) => spec.label(self))
    let most = 0
    for (let seed = 1; seed <= 20; seed++) {
      playWild(scenario, seed, { nodes: scenario.nodes.min, durationMs: 60_000, gapMsMost: 800, clicks: 'legal', faults: true, level: 'L0' }, (sim) => (fact) => {
        const node = sim.world.nodes.find((one) => one.self.id === fact.node)
        if (node === undefined || !node.up) return
        const labels = buttons(node.self)
        most = Math.max(most, labels.length)
        if (new Set(labels).size !== labels.length || labels.includes('')) throw new Error(`buttons of ${node.self.id}: ${labels.join(', ')}`)
        for (const letter of node.self.inbox) {
          const cards = actions.filter(([, spec]) => 'letter' in spec.fields && spec.offered(node.self, letter))
          if (cards.length > 3) throw new Error(`too many choices on a card: ${cards.map(([kind]) => kind).join(', ')}`)
        }
      })
    }
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThanOrEqual(6)
  })

  test('what a bot that plays well decides is always a choice that a node which plays well could make', () => {
    let judged = 0
    const watched = (rule: Rule<Shape>): Rule<Shape> => (rule.sort !== 'judgement' ? rule : { ...rule, act(self, event: NodeEvent, dice) {
      const chosen = rule.act(self, event, dice)
      for (const action of chosen) {
        judged++
        if (!scenario.allows(self, event, action)) throw new Error(`${self.id} chose ${JSON.stringify(action)} at ${JSON.stringify(event)}, which its mission does not allow: ${JSON.stringify(self)}`)
      }
      return chosen
    } })
    const under: Scenario = { ...scenario, rules: Object.fromEntries(Object.entries(scenario.rules).map(([name, rule]) => [name, watched(rule)])) }
    for (let seed = 1; seed <= 30; seed++) playRound(under, { seed, nodes: scenario.nodes.usual, durationMs: 300_000, rules: 'good', chaos: 'monkey' }, () => {})
    expect(judged).toBeGreaterThan(500)
  })
})
