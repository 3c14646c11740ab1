import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { LOOK_MS, RunningPlan } from '../../shared/faults/plan.ts'
import type { PlanInput, Scene } from '../../shared/faults/plan.ts'
import { botSettings, sceneOf } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { drawBetween } from '../../shared/sim/draws.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import type { PlanCondition, PlannedFault, PlanStep, Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { NodeId } from '../../shared/sim/types.ts'

const ids: readonly NodeId[] = ['A', 'B', 'C', 'D', 'E']

const cut = (atMs: number, more: Partial<PlannedFault> = {}): PlannedFault => ({ do: 'fault', atMs, type: 'partition', params: { side: ['leader'] }, durationMs: 10_000, ...more })
const waits = (atMs: number, when: PlanCondition, id = 'waits'): PlannedFault => cut(atMs, { id, when })

interface World { leader?(atMs: number): NodeId | null; broken?(atMs: number): { [claim: string]: string[] }; seed?: number }

/** Plays a plan in a world of paper: who leads and what is broken are functions of time, and a fault acts for as long as it says. */
function play(plan: RunningPlan, untilMs: number, { leader = () => 'A', broken = () => ({}), seed = 1 }: World = {}): PlanInput[] {
  const put: PlanInput[] = []
  let acting: { id: string; endsAtMs: number }[] = []
  for (let atMs = plan.nextAtMs(); atMs !== null && atMs <= untilMs; atMs = plan.nextAtMs()) {
    const nowMs = atMs
    acting = acting.filter((one) => one.endsAtMs > nowMs)
    const scene = { ids, leader: leader(nowMs), world: { nowMs, seed, broken: broken(nowMs), faults: acting as unknown as Scene['world']['faults'] } }
    for (const input of plan.look(scene)) {
      put.push(input)
      if (input.kind === 'halt') acting = []
      else acting.push({ id: input.id, endsAtMs: input.durationMs === null ? Infinity : nowMs + input.durationMs })
      plan.took(input)
    }
  }
  return put
}
const begun = (put: readonly PlanInput[]): [string, number][] => put.map((one) => [one.kind === 'fault' ? one.id : `halt ${one.step}`, one.atMs])

describe('a step that waits', () => {
  test('for a leader of so long: not before its time, and not while leaders come and go', () => {
    const leader = (atMs: number): NodeId | null => (atMs < 3_000 || (atMs >= 6_000 && atMs < 7_000) ? null : 'B')
    expect(begun(play(new RunningPlan([waits(1_000, { kind: 'leader', forMs: 5_000 })]), 60_000, { leader }))).toEqual([['waits', 12_000]])
    // Who has led for long when the step's time comes has led for long.
    expect(begun(play(new RunningPlan([waits(20_000, { kind: 'leader', forMs: 5_000 })]), 60_000, { leader }))).toEqual([['waits', 20_000]])
    expect(begun(play(new RunningPlan([waits(0, { kind: 'leader', forMs: 0 })]), 60_000, { leader }))).toEqual([['waits', 3_000]])
  })

  test('for a time without a leader', () => {
    const leader = (atMs: number): NodeId | null => (atMs >= 4_000 && atMs < 9_000 ? null : 'C')
    expect(begun(play(new RunningPlan([waits(1_000, { kind: 'no-leader', forMs: 3_000 })]), 60_000, { leader }))).toEqual([['waits', 7_000]])
    expect(begun(play(new RunningPlan([waits(1_000, { kind: 'no-leader', forMs: 8_000 })]), 60_000, { leader }))).toEqual([])
  })

  test('for so long after another step\'s fault: it must have begun, and be over', () => {
    const steps = [cut(2_000, { id: 'first' }), waits(0, { kind: 'after', fault: 'first', ms: 4_000 }, 'second'), waits(0, { kind: 'after', fault: 'second', ms: 0 }, 'third')]
    expect(begun(play(new RunningPlan(steps), 60_000))).toEqual([['first', 2_000], ['second', 16_000], ['third', 26_000]])
    // A halt ends a fault as well; the next look sees it.
    expect(begun(play(new RunningPlan([...steps, { do: 'halt', atMs: 5_000 }]), 12_000))).toEqual([['first', 2_000], ['halt plan3', 5_000], ['second', 9_500]])
    const never = [waits(0, { kind: 'no-leader', forMs: 0 }, 'first'), waits(0, { kind: 'after', fault: 'first', ms: 0 }, 'second')]
    expect(begun(play(new RunningPlan(never), 60_000))).toEqual([])
  })

  test('for a breach: of one claim, or of any', () => {
    const broken = (atMs: number): { [claim: string]: string[] } => ({ ...(atMs >= 4_000 ? { 'one-vote': ['A 3'] } : {}), ...(atMs >= 8_200 ? { 'one-leader': ['3'] } : {}), safe: [] })
    const claims = [null, 'one-vote', 'one-leader', 'safe'].map((claim, n) => waits(1_000, { kind: 'breach', claim }, `w${n}`))
    expect(begun(play(new RunningPlan(claims), 60_000, { broken }))).toEqual([['w0', 4_000], ['w1', 4_000], ['w2', 8_500]])
  })

  test('in vain is left out, and keeps nobody from the steps behind it', () => {
    const plan = new RunningPlan([waits(1_000, { kind: 'no-leader', forMs: 0 }), cut(5_000)])
    expect(begun(play(plan, 60_000))).toEqual([['plan1', 5_000]])
    expect(plan.nextStepMs()).toBeNull()
    expect(plan.nextAtMs()).toBe(60_000 + LOOK_MS)
  })
})

describe('a running plan', () => {
  test('steps of one time come in the order of the plan, a halt in its place', () => {
    const steps: PlanStep[] = [cut(9_000, { id: 'late' }), cut(5_000, { id: 'b' }), { do: 'halt', atMs: 5_000 }, cut(5_000, { id: 'a' }), waits(5_000, { kind: 'leader', forMs: 0 }, 'c')]
    expect(begun(play(new RunningPlan(steps), 60_000))).toEqual([['b', 5_000], ['halt plan2', 5_000], ['a', 5_000], ['c', 5_000], ['late', 9_000]])
  })

  test('words mean who is there when the step comes; without a leader the first node stands in', () => {
    const leader = (atMs: number): NodeId | null => (atMs < 4_000 ? 'B' : atMs < 8_000 ? 'D' : null)
    const put = play(new RunningPlan([cut(1_000), cut(5_000), cut(9_000), cut(10_000, { params: { side: ['C', 'A'] } })]), 60_000, { leader })
    expect(put.map((one) => (one.kind === 'fault' ? one.params : null))).toEqual([{ side: ['B'] }, { side: ['D'] }, { side: ['A'] }, { side: ['A', 'C'] }])
  })

  test('chance is the plan\'s own when it has a seed, else the round\'s', () => {
    const half = (seed: number | null, round: number): string => JSON.stringify(play(new RunningPlan([cut(1_000, { params: { side: ['half'] } })], { seed }), 5_000, { seed: round }))
    const rounds = Array.from({ length: 12 }, (_, n) => n + 1)
    expect(new Set(rounds.map((round) => half(7, round))).size).toBe(1)
    expect(new Set(rounds.map((round) => half(null, round))).size).toBeGreaterThan(3)
    expect(new Set(rounds.map((seed) => half(seed, 1))).size).toBeGreaterThan(3)
  })

  test('begun by hand: its times count from then, and its faults bear its name, in conditions too', () => {
    const steps = [cut(0, { id: 'x' }), waits(0, { kind: 'after', fault: 'x', ms: 1_000 }, 'y'), { do: 'halt', atMs: 60_000 } as const]
    expect(begun(play(new RunningPlan(steps, { name: 'p4', fromMs: 30_100 }), 200_000))).toEqual([['p4.x', 30_100], ['p4.y', 41_100], ['halt p4.plan2', 90_100]])
    // The fault of another plan, of the same step's name, is none of its business.
    const other = new RunningPlan(steps, { name: 'p5', fromMs: 0 })
    for (const input of play(new RunningPlan(steps, { name: 'p4' }), 200_000)) other.took(input)
    expect(begun(play(other, 5_000))).toEqual([['p5.x', 0]])
  })

  test('two steps of one name are our own mistake', () => {
    expect(() => new RunningPlan([cut(1, { id: 'plan1' }), cut(2)])).toThrow(/a name of its own/)
  })
})

const mission = scenarios['election'] as Scenario
const DURATION_MS = 200_000
const STEPS: readonly PlanStep[] = [
  cut(20_000, { id: 'cut', when: { kind: 'leader', forMs: 6_000 }, durationMs: 25_000 }),
  { do: 'fault', id: 'crash', atMs: 0, type: 'crash', params: { nodes: ['leader'] }, durationMs: 9_000, when: { kind: 'after', fault: 'cut', ms: 7_000 } },
  { do: 'fault', id: 'lonely', atMs: 5_000, type: 'pause', params: { nodes: ['any'] }, durationMs: 4_000, when: { kind: 'no-leader', forMs: 11_000 } },
  { do: 'fault', atMs: 50_333, type: 'loss', params: { from: ['half'], to: ['leader'], share: 40 }, durationMs: null },
  { do: 'halt', atMs: 90_250 },
  cut(120_000, { when: { kind: 'leader', forMs: 20_000 } }),
]

/** Plays a real cluster with `STEPS`, from the inputs that are on disk at a kill, if there was one. `recalls`: whether the past is looked at again. */
function played(seed: number, disk: readonly Input[] = [], killedMs = 0, recalls = true): Input[] {
  const settings = botSettings(mission, { seed, nodes: 5, durationMs: DURATION_MS, rules: 'good', chaos: 'none' })
  const sim = start({ scenario: mission, faults }, seed, settings)
  const plan = new RunningPlan(STEPS)
  const inputs: Input[] = []
  const submit = (input: Input): void => { inputs.push(input); sim.submit(input); plan.took(input) }
  const recall = (toMs: number): void => {
    for (let atMs = plan.nextLookMs(); recalls && atMs !== null && atMs <= toMs; atMs = plan.nextLookMs()) {
      sim.runUntil(atMs)
      plan.notice(sceneOf(mission, sim))
    }
  }
  for (const input of disk) { recall(input.atMs); submit(input) }
  recall(killedMs)
  sim.runUntil(killedMs)
  for (let atMs = plan.nextAtMs(); atMs !== null && atMs < DURATION_MS; atMs = plan.nextAtMs()) {
    if (atMs > sim.world.nowMs) sim.runUntil(atMs)
    for (const input of plan.look(sceneOf(mission, sim))) submit(input)
  }
  return inputs
}

describe('a plan that is taken up from a recording', () => {
  test('goes on where it left off: the same inputs, to the millisecond, wherever it was killed', () => {
    let differing = 0
    const met = new Set<string>()
    for (let seed = 1; seed <= 25; seed++) {
      const whole = played(seed)
      for (const input of whole) met.add(input.kind === 'fault' ? input.id : input.kind)
      for (let kill = 0; kill < 3; kill++) {
        const killedMs = drawBetween(seed, 'kill', kill, 0, 1_000, DURATION_MS - 1_000)
        const disk = whole.filter((input) => input.atMs <= killedMs)
        expect(played(seed, disk, killedMs), `seed ${seed}, killed at ${killedMs} ms`).toEqual(whole)
        if (JSON.stringify(played(seed, disk, killedMs, false)) !== JSON.stringify(whole)) differing++
      }
    }
    expect([...met].toSorted()).toEqual(['crash', 'cut', 'halt', 'lonely', 'plan3', 'plan5'])
    // Without a look at the past it would not: conditions would begin to count anew.
    expect(differing).toBeGreaterThan(5)
  })
})
