import { describe, expect, test } from 'vitest'
import { comingOf, moved, notBegun, restOf, stillToCome, withAdded, without } from '../../client/model/plan-edit.ts'
import { PLAN_LINK_MAX, planFragment, planInFragment } from '../../client/link/plan-link.ts'
import { readPlan } from '../../shared/plan-check.ts'
import { PLAN_FORMAT } from '../../shared/plan-file.ts'
import type { ChaosPlan } from '../../shared/plan-file.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { PlannedFault, PlanStep, Scenario } from '../../shared/sim/scenario.ts'
import type { PlanBegun } from '../../shared/wire/messages.ts'

const election = scenarios['election'] as Scenario, endMs = 600_000
const cut = (atMs: number, more: Partial<PlannedFault> = {}): PlannedFault => ({ do: 'fault', atMs, type: 'partition', params: { side: ['leader'] }, durationMs: 20_000, ...more })
const begun = (steps: readonly PlanStep[], name = '', fromMs = 0): PlanBegun => ({ name, fromMs, steps, seed: null })
const plan = (steps: readonly PlanStep[], title = 'Thursday'): ChaosPlan => ({ format: PLAN_FORMAT, title, scenario: 'election', seed: 7, steps })
const times = (coming: readonly { atMs: number }[]): number[] => coming.map(({ atMs }) => atMs)

describe('what is to come is changed', () => {
  const coming = comingOf([begun([cut(30_000), cut(90_000), { do: 'halt', atMs: 200_000 }]), begun([cut(10_000)], 'p7', 60_000)], [], 40_000, endMs)

  test('[PLAN-1] steps of all plans stand in the order of their times; what is over is no part of it', () => expect(times(coming)).toEqual([70_000, 90_000, 200_000]))
  test('[PLAN-2] a step is moved, past others too, but neither before now nor out of the round', () => {
    const key = coming[0]!.key
    expect(times(moved(coming, key, 1_000, 40_000, endMs))).toEqual([71_000, 90_000, 200_000])
    const late = moved(coming, key, 30_000, 40_000, endMs)
    expect([times(late), late[1]!.key]).toEqual([[90_000, 100_000, 200_000], key])
    expect(times(moved(coming, key, -60_000, 40_000.4, endMs))[0]).toBe(40_001)
    expect(times(moved(coming, coming[2]!.key, 900_000, 40_000, endMs))[2]).toBe(599_000)
    expect(moved(coming, 'nothing', 1_000, 0, endMs)).toEqual(coming)
  })
  test('[PLAN-3] a step is taken away, another one added where it belongs', () => {
    expect(times(without(coming, coming[1]!.key))).toEqual([70_000, 200_000])
    expect(times(withAdded(coming, cut(0, { type: 'pause', params: { nodes: ['any'] } }), 80_000.2))).toEqual([70_000, 80_001, 90_000, 200_000])
  })
  test('[PLAN-4] as a plan it is sound, begins now, and does the same at the same times', () => {
    const rest = restOf('Rest', coming, [], 50_000)
    expect(readPlan(rest, { mission: election, nodes: 5 })).toEqual({ ok: true, plan: rest })
    expect(rest.steps.map(({ atMs }) => atMs)).toEqual([20_000, 40_000, 150_000])
    expect(rest.steps[2]).toEqual({ do: 'halt', atMs: 150_000 })
    expect(rest.steps[0]).toMatchObject({ type: 'partition', params: { side: ['leader'] }, durationMs: 20_000 })
    // What is due already comes at once.
    expect(restOf('Rest', coming, [], 75_000).steps[0]!.atMs).toBe(0)
  })

  test('[PLAN-5] who waits for another keeps waiting for it; where that has begun, the wait becomes the time at which it ends', () => {
    const waiting = [begun([cut(10_000, { id: 'first' }), cut(60_000, { id: 'second' }), cut(0, { id: 'x', when: { kind: 'after', fault: 'first', ms: 5_000 } }), cut(0, { id: 'y', when: { kind: 'after', fault: 'second', ms: 3_000 } })], 'p3', 0)]
    const fault = { fact: 4, fault: 1, id: 'p3.first', type: 'partition', params: {}, startedMs: 10_000, endedMs: null, endsAtMs: 30_000 } as never
    const rest = restOf('Rest', comingOf(waiting, [fault], 20_000, endMs), [fault], 20_000)
    expect(readPlan(rest, { mission: election, nodes: 5 })).toMatchObject({ ok: true })
    const [freed, waits, second] = rest.steps as [PlannedFault, PlannedFault, PlannedFault]
    expect([freed.when, freed.atMs]).toEqual([undefined, 15_000])
    expect(waits.when).toEqual({ kind: 'after', fault: second.id, ms: 3_000 })
    // The same name in another plan is another fault.
    const other = restOf('Rest', comingOf([begun([cut(50_000, { id: 'first' })], 'p4'), ...waiting], [], 5_000, endMs), [], 5_000)
    expect(readPlan(other, { mission: election, nodes: 5 })).toMatchObject({ ok: true })
    const named = other.steps.find((step) => step.do === 'fault' && step.when?.kind === 'after' && step.when.ms === 5_000) as PlannedFault
    expect(other.steps.find((step) => step.do === 'fault' && named.when?.kind === 'after' && step.id === named.when.fault)).toMatchObject({ atMs: 5_000 })
  })

  const began = (id: string, startedMs: number) => ({ fact: 9, fault: 2, id, type: 'partition', params: {}, startedMs, endedMs: null, endsAtMs: startedMs + 20_000 }) as never
  const waits = comingOf([begun([cut(30_000, { id: 'w', when: { kind: 'leader', forMs: 5_000 } }), cut(70_000), { do: 'halt', atMs: 90_000 }])], [], 40_000, endMs)

  test('[PLAN-11] a step that waits for a condition is not lost past its time, until it begins; others are over at their time', () => {
    expect(times(waits)).toEqual([30_000, 70_000, 90_000])
    expect(times(stillToCome(waits, [], 80_000, 40_000))).toEqual([30_000, 90_000])
    expect(times(stillToCome(waits, [began('w', 45_000)], 80_000, 40_000))).toEqual([90_000])
    // Also where it began in the plan that took the place of its own; one that began before counts for an earlier step of that name.
    expect(times(stillToCome(waits, [began('p12.w', 45_000)], 50_000, 40_000))).toEqual([70_000, 90_000])
    expect(times(stillToCome(waits, [began('p12.w', 35_000), began('p12.cow', 45_000)], 50_000, 40_000))).toEqual([30_000, 70_000, 90_000])
  })
  test('[PLAN-12] what began while a change rested is not sent to begin once more; what is due and has not begun is', () => {
    const plain = waits[1]!
    expect(times(notBegun(waits, [began('plan1', 70_000)], 69_900))).toEqual([30_000, 90_000])
    expect(times(notBegun([{ ...plain, atMs: 69_950 }], [], 69_900))).toEqual([69_950])
  })
  test('[PLAN-13] names stay from plan to plan, and are never those that a halt has by its place', () => {
    const rest = restOf('Rest', waits, [], 40_000), again = comingOf([{ name: 'p5', fromMs: 40_000, steps: rest.steps, seed: null }], [], 50_000, endMs)
    expect(again.map(({ id }) => id).slice(0, 2)).toEqual(['w', 'plan1'])
    const early = restOf('Rest', [waits[2]!, ...[0, 1].map((n) => ({ ...waits[1]!, id: `plan${n}` })), { ...waits[1]!, plan: 'p9' }], [], 40_000)
    expect(early.steps.map((step) => (step.do === 'fault' ? step.id : null))).toEqual([null, 'plan0-2', 'plan1', 'plan1-2'])
    expect(readPlan(early, { mission: election, nodes: 5 })).toMatchObject({ ok: true })
  })
})

describe('a plan in a link', () => {
  test('[PLAN-6] is the same plan when it is opened', async () => {
    for (const one of [plan([cut(1_000), { do: 'halt', atMs: 90_000 }]), plan([], 'Ñandú "1" & <b>'), plan(Array.from({ length: 40 }, (_, n) => cut(n * 1_000, { id: `s${n}` })))]) {
      const fragment = await planFragment(one)
      expect(fragment).toMatch(/^#plan=[\w-]+$/)
      expect(await planInFragment(fragment ?? '')).toEqual({ ok: true, plan: one })
    }
  })
  test('[PLAN-7] one that is too long is none', async () => {
    const long = plan(Array.from({ length: 40 }, (_, n) => cut(n, { params: { side: Array.from({ length: 60 }, (_each, at) => `${(n * 7_919 + at * 104_729) % 999_983}`) } })))
    expect(await planFragment(long)).toBeNull()
  })
  test('[PLAN-8] what carries no plan is no plan, what carries a broken one is refused in words, and nothing throws', async () => {
    for (const none of ['', '#', '#ABC234', '#ABC234.secret', 'plan=x']) expect(await planInFragment(none)).toBeNull()
    const whole = await planFragment(plan([cut(1_000)])) ?? ''
    for (const broken of ['#plan=', '#plan=%%%', '#plan=AAAA', whole.slice(0, -3), `${whole}x`, `#plan=${'A'.repeat(PLAN_LINK_MAX)}`]) expect(await planInFragment(broken)).toEqual({ ok: false, error: null })
    const wrong = await planFragment({ ...plan([]), format: 'netsplit-plan/9' } as never) ?? ''
    expect(await planInFragment(wrong)).toMatchObject({ ok: false, error: expect.stringContaining('format is "netsplit-plan/9"') as string })
  })
  test('[PLAN-9] a small link that would swell to anything is left alone', async () => {
    const bomb = await planFragment({ ...plan([]), title: ' '.repeat(60_000) })
    expect(bomb).not.toBeNull()
    expect(await planInFragment(bomb ?? '')).toMatchObject({ ok: false })
    const packed = new Uint8Array(await new Response(new Blob([new Uint8Array(5_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer())
    const huge = `#plan=${btoa(String.fromCharCode(...packed)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`
    expect(huge.length).toBeLessThan(PLAN_LINK_MAX)
    expect(await planInFragment(huge)).toEqual({ ok: false, error: null })
  })
})
