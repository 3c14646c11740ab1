import { describe, expect, test } from 'vitest'
import type { Claim } from '../../shared/sim/claim.ts'
import type { Fact, FactOf } from '../../shared/sim/facts.ts'
import { cloneJson } from '../../shared/sim/json.ts'
import type { HistorySpec, Scenario } from '../../shared/sim/scenario.ts'
import type { Json, Shape } from '../../shared/sim/types.ts'
import type { Operation } from '../../shared/consistency/history.ts'
import { inTime } from '../../shared/consistency/linearizable/order.ts'
import { holds } from '../../shared/consistency/linearizable/shapes.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { linearizable } from '../../shared/invariants/linearizable.ts'
import type { LinearizableState } from '../../shared/invariants/linearizable.ts'
import { ONLINE_LIMITS } from '../../shared/consistency/online/state.ts'
import { bruteLinearizable } from '../consistency/brute.ts'
import { eventsOf } from '../consistency/online-events.ts'
import { randomHistory, sizesSmall } from '../consistency/random.ts'
import { court as courtOf } from '../scenarios/court.ts'
import type { Court } from '../scenarios/court.ts'
import { bench, probe } from '../sim/probe.ts'

interface Store extends Shape {
  operation: { kind: 'put'; key: string; value: number } | { kind: 'get'; key: string }
  reply: { kind: 'stored' } | { kind: 'refused' } | { kind: 'unsure' } | { kind: 'value'; value: number }
}
const spec: HistorySpec<Store> = {
  model: 'register', init: 0,
  call: (operation) => ({ f: operation.kind === 'put' ? 'write' : 'read', key: operation.key, arg: operation.kind === 'put' ? operation.value : null }),
  answer: (_operation, reply) => ({ status: reply.kind === 'refused' ? 'fail' : reply.kind === 'unsure' ? 'info' : 'ok', result: reply.kind === 'value' ? reply.value : undefined }),
}
const claim = linearizable(spec)
const mission = { ...probe, claims: { linearizable: claim } } as unknown as Scenario

/** Lays requests and what became of them before the claim. */
function requests(court: Court) {
  const empty = { before: [], because: [] }
  const of = (customer: number, n: number) => ({ request: `c${customer}/${n}`, customer, local: n, ...empty })
  const asks = (atMs: number, customer: number, n: number, operation: Store['operation'], hop = 0): number =>
    court.lay(atMs, { ...of(customer, n), kind: 'requested', node: 'A', hop, operation, deadlineAtMs: atMs + 5_000 })
  const waits = (atMs: number, customer: number, n: number, operation: Store['operation']): number =>
    court.lay(atMs, { request: `c${customer}/${n}`, customer, ...empty, kind: 'asked', node: null, to: 'A', operation, deadlineAtMs: atMs + 5_000 })
  return {
    waits,
    puts: (atMs: number, customer: number, n: number, value: number, hop = 0) => asks(atMs, customer, n, { kind: 'put', key: 'x', value }, hop),
    gets: (atMs: number, customer: number, n: number, hop = 0, key = 'x') => asks(atMs, customer, n, { kind: 'get', key }, hop),
    told: (atMs: number, customer: number, n: number, reply: Store['reply']) => court.lay(atMs, { ...of(customer, n), kind: 'replied', node: 'A', reply, tookMs: 0 }),
    expires: (atMs: number, customer: number, n: number) => court.lay(atMs, { ...of(customer, n), kind: 'expired', node: null }),
    unreached: (atMs: number, customer: number, n: number) => court.lay(atMs, { ...of(customer, n), kind: 'unreached', node: null, to: 'B' }),
  }
}
const court = (): Court => courtOf(mission, 'linearizable', 3)
const value = (of: number): Store['reply'] => ({ kind: 'value', value: of })

describe('linearizable', () => {
  test('breaks when a read that began after a write was answered finds the value before', () => {
    const one = court(), { puts, gets, told } = requests(one)
    const facts = [puts(1_000, 0, 1, 3), told(2_000, 0, 1, { kind: 'stored' }), gets(3_000, 1, 1), told(4_000, 1, 1, value(0))]
    expect(one.verdicts).toMatchObject([{ witness: facts, atMs: 4_000 }])
    // Counted from 1, as in the sentences of the facts.
    expect(one.verdicts[0]?.sentence).toMatch(/customer 2 .*customer 1/i)
  })

  test('holds when the read began before the write was answered', () => {
    const one = court(), { puts, gets, told } = requests(one)
    puts(1_000, 0, 1, 3)
    gets(1_900, 1, 1)
    told(2_000, 0, 1, { kind: 'stored' })
    told(4_000, 1, 1, value(0))
    gets(5_000, 1, 2)
    told(6_000, 1, 2, value(3))
    expect(one.verdicts).toEqual([])
  })

  test('breaks when a read finds the old value after another found the new one, though the write is still under way', () => {
    const one = court(), { puts, gets, told } = requests(one)
    const write = puts(1_000, 0, 1, 3)
    const newer = [gets(1_500, 1, 1), told(2_000, 1, 1, value(3))], older = [gets(2_500, 2, 1), told(3_000, 2, 1, value(0))]
    expect(one.verdicts.map(({ witness }) => witness)).toEqual([[write, ...newer, ...older].filter((fact) => one.verdicts[0]!.witness.includes(fact))])
    expect(one.verdicts[0]?.witness).toEqual(expect.arrayContaining([...newer, ...older]))
  })

  test('holds when a write that expired takes effect much later, and breaks when what it overwrote comes back then', () => {
    const one = court(), { puts, gets, told, expires } = requests(one)
    puts(1_000, 0, 1, 3)
    expires(6_000, 0, 1)
    gets(60_000, 1, 1)
    told(61_000, 1, 1, value(0))
    gets(62_000, 1, 2)
    told(63_000, 1, 2, value(3))
    expect(one.verdicts).toEqual([])
    gets(64_000, 1, 3)
    told(65_000, 1, 3, value(0))
    expect(one.verdicts).toHaveLength(1)
  })

  test('an answer that nobody is sure of counts as none, and one that refuses counts as no effect', () => {
    const one = court(), { puts, gets, told } = requests(one)
    puts(1_000, 0, 1, 3)
    told(2_000, 0, 1, { kind: 'unsure' })
    puts(3_000, 0, 2, 4)
    told(4_000, 0, 2, { kind: 'refused' })
    gets(5_000, 1, 1)
    told(6_000, 1, 1, value(3))
    expect(one.verdicts).toEqual([])
    gets(7_000, 1, 2)
    told(8_000, 1, 2, value(4))
    expect(one.verdicts).toHaveLength(1)
  })

  test('breaks when a write is refused whose value was read while it was under way', () => {
    const one = court(), { puts, gets, told } = requests(one)
    puts(1_000, 0, 1, 3)
    gets(1_200, 1, 1)
    told(1_500, 1, 1, value(3))
    expect(one.verdicts).toEqual([])
    told(2_000, 0, 1, { kind: 'refused' })
    expect(one.verdicts).toHaveLength(1)
  })

  test('a request that was sent on is one operation, from its first arrival; one that then found no node may have taken effect', () => {
    const one = court(), { puts, gets, told, unreached } = requests(one)
    puts(1_000, 0, 1, 3)
    gets(1_100, 1, 1)
    puts(1_200, 0, 1, 3, 1)
    told(1_500, 1, 1, value(3))
    unreached(1_800, 0, 1)
    gets(2_000, 1, 2)
    told(3_000, 1, 2, value(3))
    expect(one.verdicts).toEqual([])
  })

  test('a request that never arrived is no operation', () => {
    const one = court(), { gets, told, unreached, expires } = requests(one)
    unreached(1_000, 0, 1)
    expires(1_500, 0, 2)
    gets(2_000, 1, 1)
    told(3_000, 1, 1, value(0))
    expect(one.verdicts).toEqual([])
  })

  test('a request that a paused node takes up later was called when it came', () => {
    const one = court(), { waits, puts, gets, told } = requests(one)
    waits(1_000, 0, 1, { kind: 'get', key: 'x' })
    puts(2_000, 1, 1, 3)
    told(3_000, 1, 1, { kind: 'stored' })
    gets(4_000, 0, 1)
    told(5_000, 0, 1, value(0))
    expect(one.verdicts).toEqual([])
    const late = waits(6_000, 0, 2, { kind: 'get', key: 'x' })
    gets(7_000, 0, 2)
    const answer = told(8_000, 0, 2, value(0))
    expect(one.verdicts[0]?.witness).toEqual(expect.arrayContaining([late, answer]))
  })

  test.each(['expires', 'unreached'] as const)('a request that waited and that no node took up has had no effect: %s', (end) => {
    const one = court(), { waits, gets, told, [end]: ends } = requests(one)
    waits(1_000, 0, 1, { kind: 'put', key: 'x', value: 3 })
    ends(2_000, 0, 1)
    gets(3_000, 1, 1)
    told(4_000, 1, 1, value(3))
    expect(one.verdicts).toHaveLength(1)
  })

  test('what one fault left behind is told once, and each object is judged alone', () => {
    const one = court(), { puts, gets, told } = requests(one)
    puts(1_000, 0, 1, 3)
    told(2_000, 0, 1, { kind: 'stored' })
    for (const [n, atMs] of [3_000, 5_000].entries()) {
      gets(atMs, 1, 2 * n + 1)
      told(atMs + 500, 1, 2 * n + 1, value(0))
      gets(atMs + 1_000, 1, 2 * n + 2, 0, 'y')
      told(atMs + 1_500, 1, 2 * n + 2, value(0))
    }
    expect(one.verdicts.map(({ atMs }) => atMs)).toEqual([3_500])
  })

  test('stays silent on an object that passed a limit', () => {
    const small = { ...probe, claims: { linearizable: linearizable(spec, {}, { waiting: 2, configurations: 9, unanswered: 9, steps: 99, kept: 9 }) } } as unknown as Scenario
    const one = courtOf(small, 'linearizable', 3), { puts, gets, told } = requests(one)
    for (let customer = 0; customer < 3; customer++) puts(1_000, customer, 1, customer + 1)
    gets(2_000, 3, 1)
    told(3_000, 3, 1, value(99))
    expect(one.verdicts).toEqual([])
  })

  test('refuses a model that is not in the registry', () => expect(() => linearizable({ ...spec, model: 'stack' })).toThrow('there is no model stack'))
})

describe('random histories of customers, with little kept', () => {
  interface Any extends Shape { operation: { kind: 'any'; asked: Pick<Operation, 'f' | 'key' | 'arg'> }; reply: { kind: 'any'; told: Pick<Operation, 'status' | 'result'> } }

  test.each(Object.keys(models))('each breach is a true one, shown or said to lie too far back: %s', (type) => {
    let shown = 0, tooFar = 0
    const wrong: string[] = []
    for (let seed = 1; seed <= 500; seed++) {
      const { model: { init }, operations } = randomHistory(type, seed, { ...sizesSmall, operationsMin: 6, operationsMax: 9 })
      const model = models[type]!.make(init)
      const history: HistorySpec<Any> = { model: type, init, call: ({ asked }) => asked, answer: (_operation, { told }) => told }
      const one = linearizable(history, {}, { ...ONLINE_LIMITS, kept: 2 })
      const told: { key: string; values: { readonly [name: string]: Json } }[] = []
      const judge = { nowMs: 0, breach: (key: string, _witness: readonly number[], values: { readonly [name: string]: Json }) => { told.push({ key, values }) }, checkAt: () => undefined }
      const state = one.init({ nodes: ['A'], timings: {}, majority: 1 }, judge)
      for (const [n, event] of eventsOf(operations, seed).entries()) {
        const { id, client, f, key, arg } = event.operation
        const head = { n, atMs: 1_000 * n, node: 'A', request: `c${client}/${id}`, customer: client, local: id, before: [], because: [] }
        const fact = event.kind === 'call' ? { ...head, kind: 'requested', hop: 0, deadlineAtMs: 0, operation: { kind: 'any', asked: { f, key, arg } } }
          : event.status === 'info' ? { ...head, kind: 'expired' } : { ...head, kind: 'replied', tookMs: 0, reply: { kind: 'any', told: { status: event.status, result: event.result } } }
        foldInto(one, state, fact as unknown as Fact, judge)
      }
      if (told.length > 0 && bruteLinearizable(model, operations)) wrong.push(`seed ${seed}: nothing is broken`)
      for (const { values } of told) {
        const { operations: witness, from, shape } = values as unknown as { operations: Operation[]; from: Json[]; shape: string }
        if (!/customer [1-9]/i.test(one.sentence(values))) wrong.push(`seed ${seed}: nobody is named`)
        if (shape === 'too-far') tooFar++
        else shown++
        if (shape !== 'too-far' && (bruteLinearizable(model, witness, from) || !holds(shape, type, { operations: witness, from, before: inTime }))) wrong.push(`seed ${seed}: the witness is not one`)
      }
    }
    expect(wrong).toEqual([])
    expect(shown).toBeGreaterThan(50)
    expect(tooFar).toBeLessThanOrEqual(shown / 20)
  })
})

/** Three nodes with a copy each. A put is stored where it arrives and sent to the others; a get is answered from the copy at hand, unless `primary`: then all goes to A. */
function copies(primary: boolean): Partial<Scenario> {
  const own: HistorySpec<Shape> = {
    model: 'register', init: 0,
    call: (operation) => ({ f: (operation as unknown as { put: number }).put > 0 ? 'write' : 'read', key: 'x', arg: (operation as unknown as { put: number }).put || null }),
    answer: (operation, reply) => ({ status: 'ok', result: (operation as unknown as { put: number }).put > 0 ? undefined : (reply as unknown as { value: number }).value }),
  }
  const base = probe as unknown as Scenario
  return {
    claims: { linearizable: linearizable(own) as unknown as Claim },
    arrive(self, _from, message) { (self.disk as { value: number }).value = Number((message as unknown as { text: string }).text) },
    actions: {
      ...base.actions,
      serve: { ...base.actions['serve']!, perform(self, action, out) {
        const on = self.requests.find((one) => one.n === action.request)
        if (on === undefined) return
        if (primary && self.id !== 'A') return out.redirect(on, 'A')
        const disk = self.disk as { value: number }, { put } = on.operation as unknown as { put: number }
        if (put > 0) {
          disk.value = put
          for (const peer of self.peers) out.send(peer, { kind: 'note', text: String(put) } as { kind: string })
        }
        out.reply(on, { kind: 'told', value: disk.value } as { kind: string })
      } },
    },
    rules: { serve: base.rules['serve']! },
    levels: { L0: [], L1: [], L2: [], L3: ['serve'] },
    workload: { ...base.workload, customers: () => 4, gapMs: [500, 2_000], stickyPercent: 0, operation: (customer, n, dice) => ({ kind: 'ask', put: dice.between('put', String(n), 0, 1) * (100 * n + customer) }) as unknown as { kind: string } },
  }
}

describe('a round of a register with three copies', () => {
  const play = (primary: boolean): { facts: Fact[]; breaches: FactOf<'breached'>[]; claim: Claim<LinearizableState> } => {
    const mission = copies(primary)
    const one = bench({ by: 'bot', level: 'L3', customers: true, mission, latency: { shape: 'constant', ms: 2_000 }, durationMs: 120_000 })
    one.sim.runUntil(120_000)
    return { facts: one.facts, breaches: one.of('breached'), claim: mission.claims!['linearizable'] as unknown as Claim<LinearizableState> }
  }
  const stale = play(false), good = play(true)

  test('is broken when each node answers from its own copy', () => {
    expect(stale.breaches.length).toBeGreaterThan(3)
    expect(good.facts.filter(({ kind }) => kind === 'replied').length).toBeGreaterThan(50)
    expect(good.breaches).toEqual([])
  })

  test('each witness alone breaks the claim again, with the same key, and its sentence is true of it', () => {
    const model = models['register']!.make(0)
    for (const { because, key, values } of stale.breaches) {
      const { operations, from, shape } = values as unknown as { operations: Operation[]; from: Json[]; shape: string }
      expect(bruteLinearizable(model, operations, from), `breach ${key}`).toBe(false)
      expect(holds(shape, 'register', { operations, from, before: inTime }), `breach ${key}`).toBe(true)
      const keys: string[] = []
      const judge = { nowMs: 0, breach: (found: string) => { keys.push(found) }, checkAt: () => undefined }
      const cluster = { nodes: ['A', 'B', 'C'], timings: {}, majority: 2 }
      const state = stale.claim.init(cluster, judge)
      for (const n of because) foldInto(stale.claim, state, stale.facts[n]!, judge)
      expect(keys).toEqual([key])
    }
  })

  test('witnesses are small', () => {
    const sizes = stale.breaches.map(({ values }) => (values['operations'] as Json[]).length).sort((a, b) => a - b)
    expect(sizes[sizes.length >> 1]).toBeLessThanOrEqual(3)
  })

  test('state cloned at every fact gives the same breaches', () => {
    const found: string[] = []
    const judge = { nowMs: 0, breach: (key: string, witness: readonly number[]) => { if (!found.some((one) => one.startsWith(`${key}: `))) found.push(`${key}: ${witness.join(' ')}`) }, checkAt: () => undefined }
    let state = stale.claim.init({ nodes: ['A', 'B', 'C'], timings: {}, majority: 2 }, judge)
    for (const fact of stale.facts) {
      state = cloneJson(state)
      foldInto(stale.claim, state, fact, judge)
    }
    expect(found).toEqual(stale.breaches.map(({ key, because }) => `${key}: ${because.join(' ')}`))
  })
})

type Judge = Parameters<Claim['init']>[1]

function foldInto(claim: Claim<LinearizableState>, state: LinearizableState, fact: Fact, judge: Judge): void {
  const fold = claim.folds[fact.kind] as ((state: LinearizableState, fact: Fact, judge: Judge, cluster: unknown) => void) | undefined
  fold?.(state, fact, judge, {})
}
