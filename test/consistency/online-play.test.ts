import { describe, expect, test } from 'vitest'
import { isLinearizable } from '../../shared/consistency/linearizable/search.ts'
import type { Model } from '../../shared/consistency/model.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { called, startOnline, verdictOf } from '../../shared/consistency/online/index.ts'
import { ONLINE_LIMITS } from '../../shared/consistency/online/state.ts'
import type { OnlineLimits } from '../../shared/consistency/online/state.ts'
import { Meter } from '../../shared/consistency/verdict.ts'
import { cloneJson } from '../../shared/sim/json.ts'
import type { Json } from '../../shared/sim/json.ts'
import { needs } from '../needs.ts'
import { outsideMark } from '../tools/count.ts'
import { bruteLinearizable } from './brute.ts'
import { loadHistory } from './load.ts'
import { eventsOf, operationsOf, play, playAll, traffic } from './online-events.ts'
import type { Event, Traffic } from './online-events.ts'
import { outsideHistories } from './outside.ts'
import { classRound, roundOf } from './online-rounds.ts'
import type { Round } from './online-rounds.ts'
import { randomHistory, randomOf, sizesSmall } from './random.ts'

const types = Object.keys(models)
const register = models['register']!.make(null)

describe('long histories', () => {
  const usual: Traffic = { clients: 30, keys: 10, operations: 600, values: null, lostPerMille: 0, wrongPerMille: 0 }
  test.each<[string, Traffic]>([
    ['all values different', usual], ['few values', { ...usual, values: 4 }], ['some answers lost', { ...usual, lostPerMille: 10 }], ['some answers lost, few values', { ...usual, values: 4, lostPerMille: 10 }],
    ['some answers wrong', { ...usual, wrongPerMille: 2 }], ['few values, some answers wrong', { ...usual, values: 4, lostPerMille: 10, wrongPerMille: 5 }], ['three clients on one key', { ...usual, clients: 3, keys: 1, values: 4, lostPerMille: 10, wrongPerMille: 5 }],
  ])('%s: the verdict is that of the whole history', (_what, sizes) => {
    for (let seed = 1; seed <= 12; seed++) {
      const events = traffic(seed, sizes)
      const all = operationsOf(events), keys = new Set(all.map(({ key }) => key))
      const outcomes = new Set([...keys].map((key) => isLinearizable(register, all.filter((one) => one.key === key), new Meter({ steps: 1_000_000 }))))
      const whole = outcomes.has('violated') ? 'violated' : outcomes.has('unknown') ? 'unknown' : 'fine'
      expect(verdictOf(playAll(register, events)), `seed ${seed}`).toBe(whole)
    }
  })
})

describe('rounds of a class in which a third of the requests expire', () => {
  test.each(['register', 'cas-register', 'kv', 'counter', 'mutex'])('are known to be fine, whatever takes effect minutes later: %s', (type) => {
    const model = models[type]!.make(models[type]!.usualInit)
    const verdicts = Array.from({ length: 12 }, (_, seed) => verdictOf(playAll(model, roundOf(type, seed + 1, classRound))))
    expect(verdicts.filter((one) => one !== 'fine')).toEqual([])
  })

  test.each(['register', 'kv'])('are known to be fine with two thirds lost, and with all on one key: %s', (type) => {
    const model = models[type]!.make(models[type]!.usualInit), lost = { ...classRound, lostPercent: 60 }, hot: Round = { ...classRound, keys: 1, answerMs: [2_000, 12_000], deadlineMs: 20_000 }
    const verdicts = [lost, hot].flatMap((round) => Array.from({ length: 4 }, (_, seed) => verdictOf(playAll(model, roundOf(type, seed + 1, round)))))
    expect(verdicts.filter((one) => one !== 'fine')).toEqual([])
  })
})

describe('state', () => {
  test.each(types)('cloned at random moments, nothing changes: %s', (type) => {
    for (let seed = 1; seed <= 500; seed++) {
      const { model: { init }, operations } = randomHistory(type, seed)
      const model = models[type]!.make(init), events = eventsOf(operations, seed), random = randomOf(seed)
      const kept = startOnline(), outcomes: unknown[] = []
      playAll(model, events, kept, (outcome) => outcomes.push(outcome))
      let cloned = startOnline()
      const others = events.map((event) => {
        if (random(2) === 0) cloned = cloneJson(cloned)
        return play(cloned, model, event)
      })
      expect(cloneJson(others), `seed ${seed}`).toEqual(cloneJson(outcomes))
      expect(cloneJson(cloned), `seed ${seed}`).toEqual(cloneJson(kept))
    }
  })

  test('does not grow with the length of a history', () => {
    const sizes: Traffic = { clients: 12, keys: 3, operations: 6_000, values: null, lostPerMille: 0, wrongPerMille: 0 }
    const state = startOnline(), most = [0, 0]
    traffic(1, sizes).forEach((event, n, { length }) => {
      play(state, register, event)
      if (n % 50 === 0) most[n < length / 4 ? 0 : 1] = Math.max(most[n < length / 4 ? 0 : 1]!, JSON.stringify(state).length)
    })
    expect(most[1]).toBeLessThan(1.3 * most[0]!)
  })
})

describe('evidence', () => {
  test.each(types)('breaks alone, from the states before it, however little is kept: %s', (type) => {
    let breaks = 0, moved = 0, blurred = 0
    for (let seed = 1; seed <= 4_000; seed++) {
      const { model: { init }, operations } = randomHistory(type, seed, { ...sizesSmall, operationsMin: 6, operationsMax: 9 })
      const model = models[type]!.make(init)
      playAll(model, eventsOf(operations, seed), startOnline({ ...ONLINE_LIMITS, kept: 2 }), (outcome) => {
        if (outcome.verdict !== 'violated') return
        const { evidence } = outcome
        breaks++
        if (!model.equal(evidence.from[0]!, init)) moved++
        if (bruteLinearizable(model, evidence.operations, evidence.from)) blurred++
      })
    }
    expect(breaks).toBeGreaterThan(500)
    expect(moved, 'the beginning never moved').toBeGreaterThan(20)
    expect(blurred).toBeLessThanOrEqual(breaks / 20)
  })

  test.each(types)('can be explained without the answer that broke it, however little is kept, so that it shows no break where there was none: %s', (type) => {
    const wrong: number[] = []
    for (let seed = 1; seed <= 4_000; seed++) {
      const { model: { init }, operations } = randomHistory(type, seed, { ...sizesSmall, operationsMin: 6, operationsMax: 9 })
      const model = models[type]!.make(init), broken = new Set<string>()
      playAll(model, eventsOf(operations, seed), startOnline({ ...ONLINE_LIMITS, kept: 2 }), (outcome) => {
        if (outcome.verdict !== 'violated') return
        const { evidence: { partition, operations: all, from, answer } } = outcome
        // Later ones may rest on answers that were right only by what amends the first.
        if (broken.has(partition)) return
        broken.add(partition)
        const before = [...all.filter((one) => one.id !== answer.id), ...(model.pure(answer) ? [] : [{ ...answer, status: 'info' as const, ret: null, result: undefined }])]
        if (!bruteLinearizable(model, before, from)) wrong.push(seed)
      })
    }
    expect(wrong).toEqual([])
  })
})

describe('an answer that is right only if an earlier write was hidden', () => {
  const cas = models['cas-register']!.make(null)
  const of = (id: number, f: string, arg: Json, call: number): Event => ({ kind: 'call', operation: { id, client: id, f, key: null, arg, status: 'info', call, ret: null, result: undefined } })
  const end = (of: Event, status: 'ok' | 'info', ret: number, result?: Json): Event => ({ kind: 'end', operation: of.operation, status, result, ret })

  test.each<[string, Json, Json, Json]>([['by one that changes nothing there', 1, 1, [1, 5]], ['by one that makes no difference to the next', 3, 5, [3, 5]]])('%s', (_what, first, lost, pair) => {
    const before = of(0, 'write', first, 0), never = of(1, 'write', lost, 2), hidden = of(2, 'write', 2, 4), target = of(3, 'cas', pair, 5), read = of(4, 'read', null, 8)
    const events = [before, end(before, 'ok', 1), never, end(never, 'info', 3), hidden, target, end(target, 'ok', 6), end(hidden, 'ok', 7), read, end(read, 'ok', 9, 5)]
    expect(bruteLinearizable(cas, operationsOf(events))).toBe(true)
    expect(verdictOf(playAll(cas, events))).toBe('fine')
  })
})

test.each(types)('what always sets, as long as nobody knows its answer, can happen in every state with any answer, and sets it: %s', (type) => {
  const wrong: string[] = []
  for (let seed = 1; seed <= 300; seed++) {
    const { model: { init }, operations } = randomHistory(type, seed)
    const model = models[type]!.make(init)
    const states = operations.reduce<Json[]>((all, one) => [...all, ...all.slice(-4).flatMap((state) => { const after = model.step(state, { ...one, status: 'info', result: undefined }); return after === undefined ? [] : [after] })], [model.init])
    for (const one of operations) {
      const set = model.sets?.({ ...one, status: 'info', ret: null, result: undefined })
      if (set?.always === true && !states.every((state) => { const after = model.step(state, one); return after !== undefined && model.equal(after, set.state) })) wrong.push(`seed ${seed}: ${model.describe(one)}`)
    }
  }
  expect(wrong).toEqual([])
})

describe('limits', () => {
  const write = (id: number, call: number, model: Model, state = startOnline()) => called(state, model, { id, client: id, f: 'write', key: null, arg: id, status: 'info', call, ret: null, result: undefined })

  test('too many that wait: unknown, and for ever', () => {
    const state = startOnline({ ...ONLINE_LIMITS, waiting: 3 })
    expect([0, 1, 2, 3, 4].map((id) => write(id, id, register, state).verdict)).toEqual(['fine', 'fine', 'fine', 'unknown', 'unknown'])
    expect(verdictOf(state)).toBe('unknown')
  })

  test.each<[string, Partial<OnlineLimits>]>([
    ['waiting', { waiting: 4 }], ['configurations', { configurations: 1, waiting: 4 }], ['unanswered', { unanswered: 1 }], ['steps', { steps: 3 }],
  ])('%s: never fine where the whole history is not, and never violated where it is not', (_what, limit) => {
    const count = { fine: 0, violated: 0, unknown: 0 }
    for (const type of types) {
      for (let seed = 1; seed <= 1_000; seed++) {
        const { model: { init }, operations } = randomHistory(type, seed, { ...sizesSmall, operationsMin: 6, operationsMax: 9 })
        const model = models[type]!.make(init)
        const verdict = verdictOf(playAll(model, eventsOf(operations, seed), startOnline({ ...ONLINE_LIMITS, ...limit })))
        count[verdict]++
        expect(['unknown', bruteLinearizable(model, operations) ? 'fine' : 'violated'], `${type} ${seed}`).toContain(verdict)
      }
    }
    expect(Math.min(count.fine, count.violated, count.unknown)).toBeGreaterThan(50)
  })

  test('names of partitions that mean something to the language are names', () => {
    const state = startOnline()
    for (const [id, key] of ['__proto__', 'constructor', ''].entries()) {
      called(state, register, { id, client: id, f: 'write', key, arg: 1, status: 'info', call: id, ret: null, result: undefined })
    }
    expect(Object.values(cloneJson(state).objects).map(({ partition }) => partition)).toEqual(['__proto__', 'constructor', ''])
  })
})

test.skipIf(needs('histories'))(`every history gets the verdict that is known of it ${outsideMark}`, () => {
  const files = outsideHistories()
  expect(files.length).toBeGreaterThan(30)
  const limits = { ...ONLINE_LIMITS, waiting: 5_000, unanswered: 5_000, steps: 5_000_000 }
  for (const { name, text, expected } of files) {
    const { model: { type, init }, operations } = loadHistory(text)
    const state = playAll(models[type]!.make(init), eventsOf(operations), startOnline(limits))
    expect(verdictOf(state), `file ${name}`).toBe(expected.linearizable === true ? 'fine' : 'violated')
  }
})
