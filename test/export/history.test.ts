import { describe, expect, test } from 'vitest'
import type { Operation } from '../../shared/consistency/history.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { formats } from '../../shared/export/index.ts'
import { historyOf } from '../../shared/export/history.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { HistorySpec, Scenario } from '../../shared/sim/scenario.ts'
import type { Shape } from '../../shared/sim/types.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { shop, textOf, wildRound } from './shop.ts'

const spec = shop.history as HistorySpec<Shape>
const election = scenarios['election'] as Scenario
const json = (round: Parameters<typeof formats.json.write>[0]): string => textOf(formats.json.write(round, { key: null }))

let facts: Fact[] = []
const add = (kind: string, more: object): void => { facts.push({ n: facts.length, atMs: 100 * facts.length, kind, node: 'A', before: [], because: [], ...more } as unknown as Fact) }
const asks = (request: string, operation: object, hop = 0): void => add('requested', { request, customer: Number(request[1]), local: 1, hop, operation, deadlineAtMs: 9_999 })
/** To ask a node that takes it up only later. */
const waits = (request: string, operation: object): void => add('asked', { request, customer: Number(request[1]), to: 'A', node: null, operation, deadlineAtMs: 9_999 })
const answers = (request: string, reply: object): void => add('replied', { request, customer: Number(request[1]), local: 1, reply, tookMs: 1 })
/** Operations of facts made by hand. */
function operationsOf(make: () => void): readonly Operation[] {
  facts = []
  make()
  return historyOf(facts, spec).operations
}
const look = { kind: 'look', key: 'x' }

describe('what facts say of an operation', () => {
  test('a write and the read that saw it: calls and answers in the order of the facts, with their times', () => {
    expect(operationsOf(() => {
      asks('c0/1', { kind: 'put', key: 'x', value: 7 })
      asks('c1/1', look)
      answers('c0/1', { kind: 'done' })
      answers('c1/1', { kind: 'seen', value: 7 })
    })).toEqual([
      { id: 0, client: 0, f: 'write', key: 'x', arg: 7, status: 'ok', call: 0, ret: 2, result: undefined, atMs: [0, 200] },
      { id: 1, client: 1, f: 'read', key: 'x', arg: null, status: 'ok', call: 1, ret: 3, result: 7, atMs: [100, 300] },
    ])
  })

  const end = (make: () => void): Partial<Operation>[] => operationsOf(make).map(({ status, ret, result }) => ({ status, ret, ...(result === undefined ? {} : { result }) }))
  test.each([
    ['refused without effect', () => { asks('c0/1', look); answers('c0/1', { kind: 'closed' }) }, { status: 'fail', ret: 1 }],
    ['answered by "who knows"', () => { asks('c0/1', look); answers('c0/1', { kind: 'unsure' }) }, { status: 'info', ret: null }],
    ['given up at its deadline', () => { asks('c0/1', look); add('expired', { request: 'c0/1', customer: 0, local: 1 }) }, { status: 'info', ret: null }],
    ['sent on to a node that could not be reached', () => { asks('c0/1', look); add('redirected', { request: 'c0/1', customer: 0, to: 'B' }); add('unreached', { request: 'c0/1', customer: 0, to: 'B', node: null }) }, { status: 'info', ret: null }],
    ['open at the end', () => asks('c0/1', look), { status: 'info', ret: null }],
    ['asked while the node stood still, and never taken up', () => { waits('c0/1', look); add('expired', { request: 'c0/1', customer: 0, local: null, node: null }) }, { status: 'fail', ret: 1 }],
    ['asked while the node stood still, and found no room there', () => { waits('c0/1', look); add('unreached', { request: 'c0/1', customer: 0, to: 'A', node: null }) }, { status: 'fail', ret: 1 }],
    ['asked while the node stood still, taken up, and given up', () => { waits('c0/1', look); asks('c0/1', look); add('expired', { request: 'c0/1', customer: 0, local: null, node: null }) }, { status: 'info', ret: null }],
    ['asked while the node stood still, which it does still', () => waits('c0/1', look), { status: 'info', ret: null }],
    ['sent on, and answered there', () => { asks('c0/1', look); asks('c0/1', look, 1); answers('c0/1', { kind: 'seen', value: null }) }, { status: 'ok', ret: 2, result: null }],
  ])('%s', (_what, make, expected) => expect(end(make)).toEqual([expected]))

  test('an operation begins when the customer asks, though the node takes it up later', () => {
    expect(operationsOf(() => {
      waits('c0/1', look)
      add('resumed', {})
      asks('c0/1', look)
      answers('c0/1', { kind: 'seen', value: 7 })
    })).toMatchObject([{ call: 0, ret: 3, atMs: [0, 300], result: 7 }])
  })

  test('a request that reached no node is no operation', () => {
    expect(operationsOf(() => { add('unreached', { request: 'c0/1', customer: 0, to: 'B', node: null }); add('expired', { request: 'c1/1', customer: 1, local: null, node: null }) })).toEqual([])
  })
})

test('operations of 30 random rounds fit their model, use each position once, and no client does two things at a time', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const round = wildRound(shop, seed)
    const { model, operations } = historyOf(round.facts, spec)
    expect(model).toEqual({ type: 'cas-register', init: null })
    expect(operations.map((one) => models[model.type]?.refuse(one) ?? null).filter((wrong) => wrong !== null), `seed ${seed}`).toEqual([])
    const positions = operations.flatMap(({ call, ret }) => (ret === null ? [call] : [call, ret]))
    expect(new Set(positions).size, `seed ${seed}`).toBe(positions.length)
    expect(operations.map(({ id }) => id)).toEqual(operations.map((_, at) => at))
    expect(operations.every(({ call, ret, status }) => (ret === null) === (status === 'info') && (ret === null || ret > call)), `seed ${seed}`).toBe(true)
    for (const [at, one] of operations.entries()) {
      const before = operations.slice(0, at).findLast(({ client }) => client === one.client)
      expect(before?.ret ?? -1, `seed ${seed}`).toBeLessThan(one.call)
    }
    const answered = round.facts.flatMap((fact) => (fact.kind === 'replied' ? [fact.reply.kind] : []))
    // Given up before any node took it up.
    const taken = new Set(round.facts.flatMap((fact) => (fact.kind === 'requested' ? [fact.request] : [])))
    const inVain = round.facts.filter((fact) => (fact.kind === 'expired' || fact.kind === 'unreached') && !taken.has(fact.request) && round.facts.some((one) => one.kind === 'asked' && one.request === fact.request))
    expect(operations.filter(({ status }) => status === 'fail'), `seed ${seed}`).toHaveLength(answered.filter((kind) => kind === 'closed').length + inVain.length)
    expect(operations.filter(({ status }) => status === 'ok')).toHaveLength(answered.filter((kind) => kind !== 'closed' && kind !== 'unsure').length)
  }
})

describe('JSON', () => {
  interface File { format: string; model: unknown; ops: { [name: string]: unknown }[]; faults: { at: number; f: string }[]; facts: unknown }

  test('of a mission with a history is history/1: the same operations, one a line, in the form of the published ones', () => {
    const round = wildRound(shop, 3, 60_000)
    const text = json(round)
    const { format, model, ops, faults } = JSON.parse(text) as File
    const { operations } = historyOf(round.facts, spec)
    expect([format, model]).toEqual(['history/1', { type: 'cas-register', init: null }])
    expect(ops).toEqual(operations.map(({ key, arg, result, atMs, ...rest }) => ({
      ...rest, ...(key === null ? {} : { key }), ...(arg === null ? {} : { arg }), ...(result === undefined ? {} : { result }),
      callTime: (atMs?.[0] ?? NaN) * 1e6, ...(typeof atMs?.[1] === 'number' ? { retTime: atMs[1] * 1e6 } : {}),
    })))
    expect(text.split('\n').filter((line) => line.startsWith('{"id":'))).toHaveLength(ops.length)
    expect(faults.map(({ at }) => at)).toEqual(round.facts.filter(({ kind }) => kind === 'fault-started' || kind === 'fault-ended').map(({ n }) => n))
  })

  test('of another mission, and as `facts` of any, is every fact, one a line', () => {
    for (const round of [wildRound(election, 5), wildRound(shop, 5)]) {
      const text = textOf(formats.facts.write(round, { key: null }))
      const file = JSON.parse(text) as File
      expect(file.format).toBe('netsplit-facts/1')
      expect(file.facts).toEqual(round.facts)
      expect(text.split('\n').filter((line) => line.startsWith('{"n":'))).toHaveLength(round.facts.length)
      expect((JSON.parse(json(round)) as File).format).toBe(round.scenario === election ? 'netsplit-facts/1' : 'history/1')
    }
  })

  test('of a round in which nothing happened is JSON too', () => {
    for (const scenario of [shop, election]) {
      const round = { ...wildRound(scenario, 1, 1_000), facts: [] }
      expect(JSON.parse(json(round))).toMatchObject(scenario === shop ? { ops: [], faults: [] } : { facts: [] })
    }
  })
})
