import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkHistory } from '../../shared/consistency/index.ts'
import type { History } from '../../shared/consistency/history.ts'
import { readHistory } from '../../shared/consistency/read/index.ts'
import { historyOf } from '../../shared/export/history.ts'
import { formats } from '../../shared/export/index.ts'
import type { Round } from '../../shared/export/format.ts'
import { playRound } from '../../shared/headless.ts'
import { linearizable } from '../../shared/invariants/linearizable.ts'
import type { ClusterInfo, Judge } from '../../shared/sim/claim.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { HistorySpec, Rule, Scenario } from '../../shared/sim/scenario.ts'
import type { Shape } from '../../shared/sim/types.ts'
import type { CheckReport } from '../../server/cli/check.ts'
import { netsplit } from '../cli/run.ts'
import { roundOf, shop, textOf } from './shop.ts'
import type { Shop, Wish } from './shop.ts'

/**
 * One round, one verdict: the claim that watches it, the check of its whole history, and `netsplit check` of every form in which it is exported.
 */

const spec = shop.history as HistorySpec<Shape>
/**
 * How nodes serve. `careful`: the first node alone has the registers, and answers when they are on its disk. `careless`: it sometimes says that a
 * write is done, and does nothing. `alone`: whoever is asked serves, each from registers of its own.
 */
type Keeping = 'careful' | 'careless' | 'alone'
/** What an action of a node may do here. */
interface Hands { sync(): void; reply(request: unknown, reply: unknown): void }
type Perform = (self: { requests: readonly { n: number }[] }, action: { request: number }, out: Hands) => void

/** A shop kept by bots under the eye of the claim, with nodes that stand still, slow down and crash. `values`: how many there are; null: each write has its own. */
function kept(keeping: Keeping, values: number | null): Scenario {
  const rules: { [id: string]: Rule<Shop> } = {
    serve: { on: ['request'], sort: 'judgement', sentence: '', when: (self) => self.requests.length > 0, act: (self, _event, dice) => self.requests.map(({ n }) => {
      const first = [self.id, ...self.peers].toSorted()[0] as string
      if (keeping !== 'alone' && self.id !== first) return { kind: 'pass', request: n, to: first }
      const draw = dice.between('how', String(n), 1, 40)
      return { kind: draw === 1 ? 'close' : draw === 2 ? 'mumble' : draw === 3 && keeping === 'careless' ? 'skip' : 'serve', request: n } as Shop['action']
    }) },
  }
  const { serve, ...actions } = shop.actions as unknown as { [kind: string]: { perform: Perform } }
  const careful: Perform = (self, action, out) => {
    const replies: [unknown, unknown][] = []
    serve?.perform(self, action, { ...out, reply: (on, reply) => replies.push([on, reply]) })
    // What the answer says is on the disk when it leaves.
    out.sync()
    for (const [on, reply] of replies) out.reply(on, reply)
  }
  const skip: Perform = (self, action, out) => {
    const on = self.requests.find(({ n }) => n === action.request) as unknown as { operation: Wish } | undefined
    if (on !== undefined) out.reply(on, on.operation.kind === 'look' ? { kind: 'closed' } : on.operation.kind === 'put' ? { kind: 'done' } : { kind: 'swapped', done: false })
  }
  const low = (value: number): number => (values === null ? value : value % values)
  const operation: Scenario['workload']['operation'] = (customer, n, dice) => {
    const wish = shop.workload.operation(customer, n, dice, null) as unknown as Wish
    const told: Wish = wish.kind === 'put' ? { ...wish, value: low(wish.value) } : wish.kind === 'swap' ? { ...wish, from: low(wish.from), to: low(wish.to) } : wish
    return told as unknown as Shape['operation']
  }
  return {
    ...shop, rules: rules as never, claims: { linearizable: linearizable(spec) as never },
    actions: { ...actions, serve: { ...serve, perform: careful }, skip: { ...serve, perform: skip } } as never,
    workload: { ...shop.workload, customers: () => 3, operation },
    chaosLimits: { pause: { durationMs: [500, 6_000] }, 'slow-node': { durationMs: [2_000, 10_000], params: { workMs: [100, 1_500] } }, crash: { durationMs: [500, 5_000] } },
  }
}

interface Played { name: string; round: Round; online: boolean; facts: readonly Fact[] }
const played = (keeping: Keeping, values: number | null, seed: number): Played => {
  const scenario = kept(keeping, values)
  const facts: Fact[] = []
  const { settings } = playRound(scenario, { seed, nodes: 3, durationMs: 60_000, rules: 'good', chaos: 'monkey', level: 'L3' }, (fact) => facts.push(fact))
  return { name: `${keeping}-${values ?? 'own'}-${seed}`, round: roundOf(scenario, seed, settings, facts), facts, online: facts.some(({ kind }) => kind === 'breached') }
}
const rounds = (['careful', 'careless', 'alone'] as const).flatMap((keeping) => [null, 3].flatMap((values) => Array.from({ length: keeping === 'alone' ? 2 : 6 }, (_, at) => played(keeping, values, at + 1))))

const whole = (history: History): string => checkHistory(history, 'linearizable', { steps: 2_000_000 }).verdict
/** What is left of a history in Jepsen's words: a compare-and-set that compared in vain says nothing. */
const inJepsen = (history: History): History => ({ ...history, operations: history.operations.map((one) => (one.f === 'cas' && one.result === false ? { ...one, status: 'fail', result: undefined } : one)) })

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'netsplit-agree-')) })
afterAll(() => { rmSync(folder, { recursive: true, force: true }) })

/** What `netsplit check` says of the rounds, each written to a file, in their order. */
async function checked(of: (round: Round) => string, ending: string): Promise<string[]> {
  const files = rounds.map(({ name, round }) => {
    writeFileSync(join(folder, `${name}.${ending}`), of(round))
    return `${name}.${ending}`
  })
  const { out, err } = await netsplit(['check', '--json', ...files], folder)
  expect(err).toBe('')
  return (JSON.parse(out) as CheckReport).files.map(({ verdict }) => verdict)
}
const named = (verdicts: readonly string[]): string[] => verdicts.map((verdict, at) => `${rounds[at]?.name}: ${verdict}`)

describe('one round has one verdict', () => {
  test('the rounds are of both sorts, and nodes stood still while customers asked', () => {
    const broken = rounds.filter(({ online }) => online)
    expect(broken.length).toBeGreaterThan(rounds.length / 4)
    expect(rounds.length - broken.length).toBeGreaterThan(rounds.length / 4)
    expect(rounds.filter(({ name, online }) => name.startsWith('careful') && online)).toEqual([])
    expect(rounds.filter(({ facts }) => facts.some(({ kind }) => kind === 'asked')).length).toBeGreaterThan(rounds.length / 2)
  })

  test('watched or as a whole', () => {
    expect(named(rounds.map(({ facts }) => whole(historyOf(facts, spec))))).toEqual(named(rounds.map(({ online }) => (online ? 'violated' : 'fine'))))
  })

  test('a write that waited at a node and that no node took up explains no later read', () => {
    const round = rounds[0] as Played
    const facts: Fact[] = []
    const add = (kind: string, request: string, more: object): void => { facts.push({ n: facts.length, atMs: 100 * facts.length, kind, node: kind === 'asked' ? null : 'A', before: [], because: [], request, customer: Number(request[1]), ...more } as unknown as Fact) }
    const does = (request: string, operation: Wish, reply: object): void => { add('requested', request, { operation, hop: 0 }); add('replied', request, { reply }) }
    add('asked', 'c0/1', { to: 'A', operation: { kind: 'put', key: 'x', value: 5 } })
    does('c1/1', { kind: 'put', key: 'x', value: 5 }, { kind: 'done' })
    add('expired', 'c0/1', {})
    does('c1/2', { kind: 'put', key: 'x', value: 6 }, { kind: 'done' })
    does('c2/1', { kind: 'look', key: 'x' }, { kind: 'seen', value: 5 })
    expect(whole(historyOf(facts, spec))).toBe('violated')
    const read = readHistory(textOf(formats.jepsen.write({ ...round.round, facts }, { key: 'x' })), { model: null, init: undefined, keyed: false })
    expect(read.ok && whole(read.history)).toBe('violated')
    const told: string[] = []
    const claim = linearizable(spec), judge: Judge = { nowMs: 0, breach: (key) => { told.push(key) }, checkAt: () => {} }
    const cluster: ClusterInfo = { nodes: ['A'], timings: {}, majority: 1 }
    const state = claim.init(cluster, judge)
    for (const fact of facts) (claim.folds[fact.kind] as ((state: unknown, fact: Fact, judge: Judge, cluster: ClusterInfo) => void) | undefined)?.(state, fact, judge, cluster)
    expect(told).toEqual(['x 6'])
  })

  test('exported as json, and checked', async () => {
    expect(named(await checked((round) => textOf(formats.json.write(round, { key: null })), 'json'))).toEqual(named(rounds.map(({ online }) => (online ? 'violated' : 'fine'))))
  })

  test('exported for Jepsen, keys and all or key by key, and checked', async () => {
    const expected = named(rounds.map(({ facts }) => whole(inJepsen(historyOf(facts, spec)))))
    expect(named(await checked((round) => textOf(formats.jepsen.write(round, { key: null })), 'edn'))).toEqual(expected)
    const x = await checked((round) => textOf(formats.jepsen.write(round, { key: 'x' })), 'x.edn')
    const y = await checked((round) => textOf(formats.jepsen.write(round, { key: 'y' })), 'y.edn')
    expect(named(x.map((verdict, at) => (y[at] === 'violated' ? 'violated' : verdict)))).toEqual(expected)
  })
})
