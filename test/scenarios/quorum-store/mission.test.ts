import { describe, expect, test } from 'vitest'
import { playRound } from '../../../shared/headless.ts'
import type { RoundPlan } from '../../../shared/headless.ts'
import { PLAN_FORMAT } from '../../../shared/plan-file.ts'
import { copyOf, holders, newest } from '../../../shared/scenarios/quorum-store/state.ts'
import { actionsIn } from '../../../shared/scenarios/quorum-store/actions.ts'
import type { Coordination, Copy, QuorumStore, Self } from '../../../shared/scenarios/quorum-store/types.ts'
import { english } from '../../../shared/scenarios/quorum-store/words/en.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { FactOf } from '../../../shared/sim/facts.ts'
import type { Out, Scenario } from '../../../shared/sim/scenario.ts'

const store = scenarios['quorum-store'] as Scenario
const cut: RoundPlan['chaos'] = { format: PLAN_FORMAT, title: 'A cut', scenario: null, seed: null, steps: [{ do: 'fault', atMs: 30_000, type: 'partition', params: { side: ['A', 'B'] }, durationMs: 90_000 }] }

/** All breaches of the first so many seeds. */
function breachesOf(rules: string, chaos: RoundPlan['chaos'], seeds: number): FactOf<'breached'>[] {
  const found: FactOf<'breached'>[] = []
  for (let seed = 1; seed <= seeds; seed++) playRound(store, { seed, nodes: 5, durationMs: 300_000, rules, chaos }, (fact) => { if (fact.kind === 'breached') found.push(fact) })
  return found
}

describe('quorums', () => {
  test('R + W not above N breaks linearizability under a partition; with R = W = 3 of 5 the same rounds break nothing', () => {
    expect(breachesOf('no-overlap', cut, 20).map(({ claim }) => claim)).toContain('linearizable')
    expect(breachesOf('good', cut, 20)).toEqual([])
  })

  test('R + W above N without write-back: a read of something new, and after it one of something old, is the witness', () => {
    const shown = breachesOf('no-write-back', 'monkey', 30).filter(({ claim, values }) => claim === 'linearizable' && values['shape'] === 'new-old-inversion')
    expect(shown.length).toBeGreaterThan(0)
    expect(store.claims['linearizable']?.sentence(shown[0]?.values ?? {})).toMatch(/^Customer \d read "\d+" from x .* and after that customer \d read "\d+" from x/)
  })

  test('a student who says "stored" too soon is told of the copies that miss it', () => {
    const early = { ...store, rules: { ...store.rules, 'reply-ok': { ...store.rules['reply-ok'], when: () => true, on: ['message value', 'message stored'], act: (self: Self) => Object.entries(self.memory.under).flatMap(([n, one]) => (one.phase === 'store' && self.requests.some((each) => each.n === Number(n)) ? [{ kind: 'reply-ok', request: Number(n) }] : [])) } } } as unknown as Scenario
    const found: FactOf<'breached'>[] = []
    playRound(early, { seed: 2, nodes: 5, durationMs: 120_000, rules: 'good', chaos: 'none' }, (fact) => { if (fact.kind === 'breached') found.push(fact) })
    const one = found.find(({ claim }) => claim === 'quorum-before-ack')
    expect(store.claims['quorum-before-ack']?.sentence(one?.values ?? {})).toMatch(/^[A-E] told a customer that version \d+ of [xy] was stored, when [012] of 5 disks had it\. Its W is 3\.$/)
  })
})

describe('a coordinator', () => {
  const copy = (counter: number, request: string): Copy => ({ value: String(counter), version: [counter, request] })
  const made = (change: Partial<Coordination> = {}): Self => ({
    id: 'A', peers: ['B', 'C', 'D', 'E'], clockMs: 50_000, timings: store.timings('L2'), disk: { copies: {} }, inbox: [], requests: [{ n: 1, operation: { kind: 'write', key: 'x', value: '101' }, atMs: 0, deadlineAtMs: 60_000 }],
    memory: { read: 3, write: 3, under: { 1: { op: 'A1', phase: 'query', answers: {}, acks: [], chosen: null, sentAtMs: 0, ...change } } },
  })
  const sent: unknown[] = []
  const out = { send: (to: string, message: object) => { sent.push([to, message]) }, reply: () => undefined, redirect: () => undefined, sync: () => { sent.push('sync') } } as unknown as Out<QuorumStore>

  test('of versions with the same counter the name decides, and only copies as new as the newest count as holding it', () => {
    const one = made({ answers: { A: copy(4, 'B2'), B: copy(4, 'C1'), C: copy(3, 'E9'), D: copy(4, 'C1') } }).memory.under['1'] as Coordination
    expect(newest(one)).toEqual(copy(4, 'C1'))
    expect(holders(one)).toBe(2)
  })

  test('stores the next version of what it heard of, on its own disk first', () => {
    const self = made({ answers: { A: copy(0, ''), B: copy(7, 'C1'), C: copy(5, 'E9') } })
    sent.length = 0
    actionsIn(english.keys).store.perform(self, { kind: 'store', request: 1, durable: true }, out)
    expect(copyOf(self, 'x')).toEqual({ value: '101', version: [8, 'A1'] })
    expect(sent[0]).toBe('sync')
    expect(sent).toHaveLength(5)
  })

  test('a copy that is older than the own one is acknowledged and not taken', () => {
    const self = made()
    self.disk.copies['x'] = copy(9, 'D1')
    self.inbox.push({ n: 1, from: 'B', message: { kind: 'store', op: 'B3', key: 'x', copy: copy(8, 'B3') }, atMs: 1, handled: false })
    sent.length = 0
    actionsIn(english.keys).ack.perform(self, { kind: 'ack', letter: 1, durable: true }, out)
    expect(copyOf(self, 'x')).toEqual(copy(9, 'D1'))
    expect(sent).toEqual(['sync', ['B', { kind: 'stored', op: 'B3', key: 'x', version: [8, 'B3'] }]])
  })

  test('R or W above the number of copies is refused, in words', () => {
    expect(actionsIn(english.keys)['set-quorum'].refusal?.(made(), { kind: 'set-quorum', read: 6, write: 1 })).toBe('There are only 5 copies.')
    expect(actionsIn(english.keys)['set-quorum'].refusal?.(made(), { kind: 'set-quorum', read: 5, write: 1 })).toBeNull()
  })
})
