import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { TARGET_WORDS } from '../../shared/faults/targets.ts'
import { monkeySteps } from '../../shared/faults/monkey.ts'
import { readPlan, wrongPlan } from '../../shared/plan-check.ts'
import { encodePlan, PLAN_FORMAT } from '../../shared/plan-file.ts'
import type { ChaosPlan } from '../../shared/plan-file.ts'
import { parts, reasons } from '../../client/texts/es/why.ts'
import { PLAN_CHARS_MAX, PLAN_STEPS_MAX } from '../../shared/plan-shape.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { FaultField, FaultRegistry } from '../../shared/sim/fault.ts'
import type { PlanCondition, PlannedFault, PlanStep, Scenario } from '../../shared/sim/scenario.ts'
import { inWordsOf } from '../../shared/sim/said.ts'
import type { Json } from '../../shared/sim/types.ts'
import { englishIn, putIn } from '../english.ts'

const registry: FaultRegistry = faults
const election = scenarios['election'] as Scenario
const lenient: Scenario = { ...election, bentClocks: true, garble: (message) => message }

const cut: PlannedFault = { do: 'fault', id: 'cut', atMs: 20_000, type: 'partition', params: { side: ['leader'] }, durationMs: 30_000, when: { kind: 'leader', forMs: 5_000 } }
const lossy: PlannedFault = { do: 'fault', atMs: 40_000, type: 'loss', params: { from: ['all'], to: ['A', 'any'], share: 12 }, durationMs: null, when: { kind: 'after', fault: 'cut', ms: 1_000 } }
const plan: ChaosPlan = { format: PLAN_FORMAT, title: 'Isolate whoever leads', scenario: 'election', seed: 7, steps: [cut, { do: 'halt', atMs: 180_000 }, lossy] }

const refusal = (value: unknown, use = {}): string => {
  const read = readPlan(value, use)
  return read.ok ? 'it was taken' : read.error
}

// Plans of all sorts: every fault, words and nodes, every condition.

function valueOf(field: FaultField): fc.Arbitrary<Json> {
  switch (field.type) {
    case 'nodes': return fc.oneof(fc.constantFrom(...Object.keys(TARGET_WORDS)).map((word) => [word]), fc.subarray(['A', 'B', 'C', 'D'], { minLength: 1 }))
    case 'node': return fc.constantFrom('A', 'E', 'leader', 'any')
    case 'integer': return fc.integer({ min: field.least, max: field.most })
    case 'choice': return fc.constantFrom(...field.options)
  }
}

const planned = (place: number): fc.Arbitrary<PlannedFault> => fc.constantFrom(...Object.keys(registry)).chain((type) => {
  const fault = registry[type]!
  const conditions: fc.Arbitrary<PlanCondition>[] = [
    fc.record({ kind: fc.constant('leader' as const), forMs: fc.nat(60_000) }), fc.record({ kind: fc.constant('no-leader' as const), forMs: fc.nat(60_000) }),
    fc.record({ kind: fc.constant('breach' as const), claim: fc.constantFrom(null, ...Object.keys(election.claims)) }),
    ...(place === 0 ? [] : [fc.record({ kind: fc.constant('after' as const), fault: fc.constant('s0'), ms: fc.nat(60_000) })]),
  ]
  return fc.record({
    do: fc.constant('fault' as const), id: fc.constant(`s${place}`), atMs: fc.nat(300_000), type: fc.constant(type),
    params: fc.record(Object.fromEntries(Object.entries(fault.fields).map(([name, field]) => [name, valueOf(field)]))),
    durationMs: fault.untilHealed ? fc.option(fc.integer({ min: 1, max: fault.durationMsMax })) : fc.integer({ min: 1, max: fault.durationMsMax }),
    when: fc.option(fc.oneof(...conditions), { nil: undefined }),
  }).map(({ when, ...step }): PlannedFault => (when === undefined ? step : { ...step, when }))
})
const plans: fc.Arbitrary<ChaosPlan> = fc.nat(8).chain((count) => fc.record({
  format: fc.constant(PLAN_FORMAT), title: fc.constantFrom('A', 'Über „Chaos“ 🐒', 'x'.repeat(80)), scenario: fc.constantFrom(null, 'election'), seed: fc.option(fc.maxSafeNat()),
  steps: fc.tuple(...Array.from({ length: count }, (_, place): fc.Arbitrary<PlanStep> =>
    (place === 0 ? planned(0) : fc.oneof({ weight: 5, arbitrary: planned(place) }, { weight: 1, arbitrary: fc.record({ do: fc.constant('halt' as const), atMs: fc.nat(300_000) }) })))),
}))

describe('a plan as a file', () => {
  test('comes back as it was, and is written the same again', () => {
    let taken = 0
    fc.assert(fc.property(plans, (one) => {
      const read = readPlan(encodePlan(one), { mission: lenient })
      // Nodes drawn at random need not go together; of what is taken nothing may be lost.
      expect(read.ok ? 'steps[0].params' : read.error).toMatch(/^steps\[\d\]\.params/)
      if (!read.ok) return
      taken++
      expect(read.plan).toEqual(one)
      expect(encodePlan(read.plan)).toBe(encodePlan(one))
    }), { numRuns: 500 })
    expect(taken).toBeGreaterThan(100)
  })

  test('is the same text whatever the order in which its fields were written', () => {
    const backwards = (value: unknown): unknown => (value === null || typeof value !== 'object' || Array.isArray(value)
      ? (Array.isArray(value) ? value.map(backwards) : value) : Object.fromEntries(Object.entries(value).toReversed().map(([name, one]) => [name, backwards(one)])))
    const read = readPlan(JSON.stringify(backwards(plan)))
    expect(read).toEqual({ ok: true, plan })
    expect(read.ok && encodePlan(read.plan)).toBe(encodePlan(plan))
    expect(encodePlan(plan).split('\n')).toHaveLength(12)
  })

  test('a plan of the mission and what a monkey makes are plans', () => {
    for (const [id, mission] of Object.entries(scenarios)) {
      for (let nodes = mission.nodes.min; nodes <= mission.nodes.max; nodes++) {
        expect(wrongPlan({ ...plan, scenario: id, steps: mission.chaos }, { mission, nodes })).toBeNull()
        for (let seed = 1; seed <= 40; seed++) expect(refusal(encodePlan({ ...plan, scenario: id, steps: monkeySteps(mission, seed, nodes, 300_000) }), { mission, nodes })).toBe('it was taken')
      }
    }
  })
})

describe('what is wrong is said with its path', () => {
  const step = (more: object): object => ({ ...plan, steps: [cut, { ...lossy, ...more }] })
  const condition = (when: unknown): object => step({ when })
  const cases: [name: string, value: unknown, error: string | RegExp][] = [
    ['another version', { ...plan, format: 'netsplit-plan/2' }, 'format is "netsplit-plan/2"; this program reads netsplit-plan/1.'],
    ['no version', { ...plan, format: undefined }, 'format is missing; this program reads netsplit-plan/1.'],
    ['no object', '7', 'The plan must be an object, not 7.'],
    ['no JSON', '{"format": ', /^The plan is no JSON: .+[^.]\.$/],
    ['no JSON, on several lines', '{\n  "format": x\n}\n', /^The plan is no JSON: [^\n]+\.$/],
    ['no JSON, but bytes', '\u001b[2J\u0000', /^The plan is no JSON: \P{C}+\.$/u],
    ['a list', [], 'format is missing; this program reads netsplit-plan/1.'],
    ['no title', { ...plan, title: '' }, 'title must be a line of 1 to 80 characters, not "".'],
    ['a title of two lines', { ...plan, title: 'a\nb' }, 'title must be a line of 1 to 80 characters, not "a\\nb".'],
    ['an unknown mission', { ...plan, scenario: 'paxos' }, `scenario must be one of ${Object.keys(scenarios).join(', ')}, or null, not "paxos".`],
    ['a seed that is none', { ...plan, seed: 1.5 }, /^seed must be a whole number from 0 to \d+, or null, not 1.5\.$/],
    ['an unknown field', { ...plan, author: 'me' }, 'author: there is no such field.'],
    ['no steps', { ...plan, steps: undefined }, 'steps must be a list of steps; it is missing.'],
    ['too many steps', { ...plan, steps: Array.from({ length: PLAN_STEPS_MAX + 1 }, () => ({ do: 'halt', atMs: 1 })) }, 'steps must be a list of at most 40 steps, not a list of 41.'],
    ['an unknown deed', step({ do: 'explode' }), 'steps[1].do must be fault or halt, not "explode".'],
    ['a step that is none', { ...plan, steps: [cut, 7] }, 'steps[1] must be an object, not 7.'],
    ['an unknown field of a step', step({ colour: 'red' }), 'steps[1].colour: there is no such field.'],
    ['a halt with more', { ...plan, steps: [{ do: 'halt', atMs: 5, id: 'x' }] }, 'steps[0].id: there is no such field.'],
    ['no time', step({ atMs: undefined }), 'steps[1].atMs must be a whole number from 0 to 86400000 ms; it is missing.'],
    ['half a ms', step({ atMs: 1.5 }), 'steps[1].atMs must be a whole number from 0 to 86400000 ms, not 1.5.'],
    ['a time before the round', step({ atMs: -1 }), 'steps[1].atMs must be a whole number from 0 to 86400000 ms, not -1.'],
    ['an unknown fault', step({ type: 'earthquake' }), /^steps\[1\]\.type must be one of partition, .+, not "earthquake"\.$/],
    ['what every object has', step({ type: 'constructor' }), /^steps\[1\]\.type must be one of .+, not "constructor"\.$/],
    ['too much loss', step({ params: { ...lossy.params, share: 120 } }), 'steps[1].params.share must be a whole number from 1 to 100 %, not 120.'],
    ['no share', step({ params: { from: ['all'], to: ['all'] } }), 'steps[1].params.share must be a whole number from 1 to 100 %; it is missing.'],
    ['an unknown parameter', step({ params: { ...lossy.params, colour: 1 } }), 'steps[1].params.colour: This fault has no parameter "colour".'],
    ['a parameter that every object has', step({ params: { ...lossy.params, constructor: 1 } }), 'steps[1].params.constructor: This fault has no parameter "constructor".'],
    ['a prototype as a parameter', JSON.stringify(plan).replace('"share":12', '"share":12,"__proto__":{}'), 'steps[2].params.__proto__: there is no such field.'],
    ['an unknown word', step({ params: { ...lossy.params, from: ['all', 'chef'] } }), /^steps\[1\]\.params\.from\[1\] must be a node or one of leader, .+, not "chef"\.$/],
    ['a word where a list of them is expected', step({ params: { ...lossy.params, to: 'leader' } }), 'steps[1].params.to must list some of the nodes A, B, C, D, E, each once, not "leader".'],
    ['both sides of a cut', { ...plan, steps: [{ ...cut, params: { side: ['leader', 'others'] } }] }, 'steps[0].params.side must list some, not all, of the nodes A, B, C, D, E, each once, not a list of 2.'],
    ['an unknown word for one node', { ...plan, steps: [{ ...cut, type: 'bridge', params: { bridge: 'chef', side: ['A'] } }] }, /^steps\[0\]\.params\.bridge must be a node or one of leader, .+, not "chef"\.$/],
    ['parameters that do not go together', { ...plan, steps: [{ ...cut, type: 'bridge', params: { bridge: 'A', side: ['A', 'B'] } }] }, 'steps[0].params: The bridge stands on neither side.'],
    ['parameters deep down', step({ params: { from: [['A']] } }), 'steps[1].params.from must be a plain value or a list of them, not a list of 1.'],
    ['a choice that there is not', { ...plan, steps: [{ ...cut, type: 'rate', params: { from: ['A'], to: ['B'], perMinute: 5, queue: 1, drop: 'all' } }] }, 'steps[0].params.drop must be one of newest, oldest, not "all".'],
    ['a crash without end', { ...plan, steps: [{ ...cut, type: 'crash', params: { nodes: ['leader'] }, durationMs: null }] }, 'steps[0].durationMs: Crash needs an end: at most 30000 ms.'],
    ['a pause of an hour', { ...plan, steps: [{ ...cut, type: 'pause', params: { nodes: ['leader'] }, durationMs: 3_600_000 }] }, 'steps[0].durationMs: Pause lasts from 1 to 45000 ms.'],
    ['a fault that the mission does not allow', { ...plan, steps: [{ ...cut, type: 'clock-bump', params: { nodes: ['any'], byMs: 500 } }] }, /^steps\[0\]\.type: In this mission no clock is bent/],
    ['two steps of one id', { ...plan, steps: [cut, { ...lossy, id: 'cut' }] }, 'steps[1].id: steps[0] is named "cut" already.'],
    ['an id that another step has by its place', { ...plan, steps: [{ ...cut, id: 'plan1' }, { ...lossy, when: { kind: 'leader', forMs: 1 } }] }, 'steps[1].id: steps[0] is named "plan1" already.'],
    ['an id that a later halt has by its place', { ...plan, steps: [{ ...cut, id: 'plan1' }, { do: 'halt', atMs: 9_000 }] }, 'steps[0].id: steps[1] is named "plan1" already.'],
    ['an id that an earlier halt has by its place', { ...plan, steps: [{ do: 'halt', atMs: 9_000 }, { ...cut, id: 'plan0' }] }, 'steps[1].id: steps[0] is named "plan0" already.'],
    ['an id with a dot', { ...plan, steps: [{ ...cut, id: 'p1.cut' }] }, 'steps[0].id must be a name of 1 to 40 letters, digits and dashes, not "p1.cut".'],
    ['an unknown condition', condition({ kind: 'friday' }), 'steps[1].when.kind must be leader, no-leader, after or breach, not "friday".'],
    ['a condition that is none', condition('leader'), 'steps[1].when must be an object, not "leader".'],
    ['a condition of another kind', condition({ kind: 'leader', ms: 5 }), 'steps[1].when.forMs must be a whole number from 0 to 86400000 ms; it is missing.'],
    ['a condition on an unknown step', condition({ kind: 'after', fault: 'cat', ms: 5 }), 'steps[1].when.fault must be another step, one of cut, not "cat".'],
    ['a condition on itself', condition({ kind: 'after', fault: 'plan1', ms: 5 }), 'steps[1].when.fault must be another step, one of cut, not "plan1".'],
    ['two steps that wait for each other', { ...plan, steps: [{ ...cut, when: { kind: 'after', fault: 'plan1', ms: 5 } }, { ...lossy, when: { kind: 'after', fault: 'cut', ms: 5 } }] },
      'steps[0].when.fault: these steps wait for each other, so none begins: cut > plan1 > cut.'],
    ['a circle behind other steps', { ...plan, steps: [cut, { ...lossy, when: { kind: 'after', fault: 'a', ms: 5 } }, { ...lossy, id: 'a', when: { kind: 'after', fault: 'c', ms: 5 } }, { ...lossy, id: 'b', when: { kind: 'after', fault: 'a', ms: 5 } },
      { ...lossy, id: 'c', when: { kind: 'after', fault: 'b', ms: 5 } }] }, 'steps[2].when.fault: these steps wait for each other, so none begins: a > c > b > a.'],
    ['an unknown claim', condition({ kind: 'breach', claim: 'honesty' }), /^steps\[1\]\.when\.claim must be one of .+, or null, not "honesty"\.$/],
    ['a plan as long as a book', { ...plan, steps: Array.from({ length: 40 }, (_, n) => ({ ...lossy, id: `a-rather-long-name-for-a-step-${n}`, when: { kind: 'leader', forMs: 1 } })) }, new RegExp(`^steps: the plan has \\d+ characters without blanks; at most ${PLAN_CHARS_MAX} `)],
    ['a text as long as a library', ' '.repeat(100_000), 'The plan has more than 65536 characters.'],
  ]
  test.each(cases)('%s', (_name, value, error) => {
    const said = refusal(typeof value === 'string' ? value : JSON.stringify(value))
    expect(said).toMatch(error)
    expect(typeof error === 'string' ? said : error).toBe(error)
  })

  const inSpanish = inWordsOf(reasons, parts)
  const more: typeof cases = [
    ['a type that is no name', step({ type: 7 }), ''], ['a claim that is no name', condition({ kind: 'breach', claim: 7 }), ''], ['a mission that is no name', { ...plan, scenario: 7 }, ''],
    ['a condition on nothing', { ...plan, steps: [{ ...cut, when: { kind: 'after', fault: 'x', ms: 5 } }] }, ''], ['neither one side nor all', { ...plan, steps: [{ ...cut, params: {} }] }, ''],
  ]
  const said: readonly [string, string][] = [...cases, ...more].map(([name, value]) => [name, refusal(typeof value === 'string' ? value : JSON.stringify(value))])
  const elsewhere: readonly [string, string][] = ['scenario: this plan was made for election, not for other.', 'The plan does not fit this round: steps[0].params.side must list some of the nodes A, B, each once, not "x".', 'The plan is not of the expected shape.'].map((one) => [one, one])
  test.each([...said, ...elsewhere])('in Spanish: %s', (_name, here) => {
    const there = inSpanish(here)
    // Paths and what can be chosen are called the same in every language, and what is no JSON the browser says.
    expect(englishIn(there.replace(/steps\[\S*|^steps|(?<=uno de ).*?(?=, or? null|, no "|;|\.$)|(?<=JSON: ).*$/gu, ''))).toBeNull()
    expect(there).not.toBe(here)
    expect([putIn(there), /steps\[[^\s:]*/.exec(there)?.[0]]).toEqual([putIn(here), /steps\[[^\s:]*/.exec(here)?.[0]])
  })

  test('a plan must fit where it is used: the mission, and the size of its clusters', () => {
    expect(refusal(plan, { mission: { ...election, id: 'other' } })).toBe('scenario: this plan was made for election, not for other.')
    const large = { ...plan, steps: [{ ...cut, params: { side: ['G'] } }] }
    expect([refusal(large), refusal(large, { nodes: 7 })]).toEqual(['it was taken', 'it was taken'])
    expect(refusal(large, { mission: election, nodes: 5 })).toBe('steps[0].params.side must list some, not all, of the nodes A, B, C, D, E, each once, not a list of 1.')
    expect(refusal({ ...plan, steps: [{ ...cut, params: { side: ['K'] } }] })).toMatch(/^steps\[0\]\.params\.side must list/)
    const ring = { ...plan, steps: [{ ...cut, type: 'ring', params: {} }] }
    expect(refusal(ring, { mission: election, nodes: 4 })).toBe('it was taken')
    expect(refusal(ring, { mission: election, nodes: 3 })).toBe('steps[0].params: A ring of majorities needs at least four nodes.')
    const bent = { ...plan, scenario: null, steps: [{ ...cut, type: 'clock-bump', params: { nodes: ['any'], byMs: 500 } }] }
    expect([refusal(bent), refusal(bent, { mission: lenient })]).toEqual(['it was taken', 'it was taken'])
    expect(refusal(bent, { mission: election })).toMatch(/^steps\[0\]\.type: In this mission no clock/)
  })
})

describe('damaged plans', () => {
  const junk: fc.Arbitrary<unknown> = fc.oneof(fc.constantFrom<unknown>(null, true, '', 'leader', 'A', 0, -1, 1.5, 1e300, NaN, [], {}, ['A'], [[]], { kind: 'after' }, undefined, '\u0000', 'x'.repeat(9_000)), fc.anything())

  /** All places in a value. */
  const places = (value: unknown, path: (string | number)[] = []): (string | number)[][] => [path, ...(value === null || typeof value !== 'object' ? []
    : Array.isArray(value) ? value.flatMap((one, at) => places(one, [...path, at])) : Object.entries(value).flatMap(([name, one]) => places(one, [...path, name])))]

  function changed(value: unknown, path: readonly (string | number)[], how: 'replace' | 'drop' | 'add', by: unknown): unknown {
    const copy = structuredClone(value)
    const name = path.at(-1)
    let at = copy as { [name: string | number]: unknown }
    for (const one of path.slice(0, -1)) at = at[one] as typeof at
    if (name === undefined) return by
    if (how === 'replace') at[name] = by
    else if (how === 'drop') delete at[name]
    else at[`${name}x`] = by
    return copy
  }

  test('never throw, and every refusal names a path that begins in the plan', () => {
    const where = places(plan).slice(1)
    let refused = 0
    fc.assert(fc.property(fc.constantFrom(...where), fc.constantFrom('replace' as const, 'drop' as const, 'add' as const), junk, (path, how, by) => {
      let damaged: unknown
      try { damaged = changed(plan, path, how, by) } catch { return }
      const read = readPlan(damaged)
      if (read.ok) return
      refused++
      expect(read.error).toMatch(/^(format|title|scenario|seed|steps|[a-z]+x)\b.*\.$/s)
      // What was damaged, or what no longer goes with it.
      const top = String(path[0])
      expect(read.error.startsWith(top) || read.error.startsWith('steps'), `${path.join('.')}: ${read.error}`).toBe(true)
    }), { numRuns: 3_000 })
    expect(refused).toBeGreaterThan(1_500)
  })

  test('as text: never throw', () => {
    const text = encodePlan(plan)
    fc.assert(fc.property(fc.nat(text.length), fc.nat(20), fc.string({ maxLength: 5 }), (at, cutOut, put) => {
      const read = readPlan(text.slice(0, at) + put + text.slice(at + cutOut))
      expect(read.ok ? '.' : read.error).toMatch(/\.$/)
    }), { numRuns: 2_000 })
    fc.assert(fc.property(fc.anything(), (value) => { expect(readPlan(value).ok).toBe(false) }), { numRuns: 1_000 })
  })
})
