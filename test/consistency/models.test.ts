import { describe, expect, test } from 'vitest'
import type { Operation } from '../../shared/consistency/history.ts'
import type { Model, ModelKind } from '../../shared/consistency/model.ts'
import { models } from '../../shared/consistency/models/index.ts'
import type { Json } from '../../shared/sim/json.ts'
import { randomOf, toys } from './random.ts'

const types = Object.keys(models)
const kindOf = (type: string): ModelKind => {
  const kind = models[type]
  if (kind === undefined) throw new Error(`no model ${type}`)
  return kind
}
const frozen = (value: Json): Json => (Array.isArray(value) ? Object.freeze([...value]) : value)

/** What a model says of itself that is not so, found by random operations on states that random operations lead to, with right answers, wrong ones and none. */
function untruths(type: string, model: Model): string[] {
  const toy = toys[type]
  if (toy === undefined) throw new Error(`no toy for ${type}`)
  const random = randomOf(7), found = new Set<string>()
  const operation = (state: Json): Operation => {
    const asked = toy.ask(random), right = toy.act(state, asked)?.result
    const result = [right, toy.lie(random, asked), undefined][random(3)]
    return { id: 0, client: 0, key: 'x', ...asked, status: 'ok', call: 0, ret: 1, result }
  }
  const states: Json[] = [frozen(model.init)]
  for (let i = 0; i < 4000; i++) {
    const state = states[random(states.length)] as Json, one = operation(state), real = toy.act(state, one), after = model.step(state, one)
    const unanswered = model.step(state, { ...one, result: undefined })
    if ((real === null) !== (unanswered === undefined)) found.add(`${one.f} happens where it cannot, or the other way round`)
    if (real !== null && unanswered !== undefined && !model.equal(real.state, unanswered)) found.add(`${one.f} leads elsewhere`)
    if (real?.result !== undefined && one.result !== undefined && model.equal(real.result, one.result) !== (after !== undefined)) found.add(`${one.f} takes a wrong answer, or refuses a right one`)
    if (after !== undefined && unanswered !== undefined && !model.equal(after, unanswered)) found.add(`what ${one.f} does depends on its answer`)
    if (model.describe(one) === '' || model.partition(one) !== 'x') found.add(`${one.f} has no name, or another partition`)
    const changes = (next: Json | undefined): boolean => next !== undefined && !model.equal(next, state)
    if (model.pure(one) !== model.pure({ ...one, result: undefined })) found.add(`whether ${one.f} is pure depends on its answer`)
    if (model.pure(one) && changes(unanswered)) found.add(`${one.f} is not pure`)
    const still = model.still?.(one) ?? model.pure(one), sets = model.sets?.(one)
    if (still && changes(after)) found.add(`${one.f} is not still`)
    if (model.pure(one) && !still) found.add(`${one.f} is pure and not still`)
    if (sets !== undefined && after !== undefined && (sets.always || changes(after)) && !model.equal(after, sets.state)) found.add(`${one.f} does not set`)
    if (model.total === true && !still && (after === undefined || sets?.always === false)) found.add(`${one.f} is not total`)
    if (model.hopeless !== undefined && still && one.result !== undefined) {
      // Whatever comes between, but what sets.
      let now: Json | undefined = state
      for (let steps = 0; steps < 4 && now !== undefined; steps++) {
        if (model.hopeless(state, one) && model.step(now, one) !== undefined) found.add(`${one.f} is not hopeless`)
        const between = operation(now)
        now = model.sets?.(between) === undefined ? model.step(now, between) : now
      }
    }
    if (after === undefined || states.length >= 40) continue
    const known = states.find((other) => model.equal(other, after))
    if (known === undefined) states.push(frozen(after))
    else if (model.hash(known) !== model.hash(after)) found.add('equal states have other hashes')
  }
  return [...found]
}

describe('what a model says of itself is so', () => {
  test.each(types)('%s', (type) => {
    const kind = kindOf(type)
    for (const init of toys[type]?.inits ?? []) {
      expect(kind.refuseInit(init)).toBeNull()
      expect(untruths(type, kind.make(init))).toEqual([])
    }
    expect(kind.refuseInit(kind.usualInit)).toBeNull()
  })

  const lies: [string, (model: Model) => Partial<Model>, string][] = [
    ['register', () => ({ pure: () => true }), 'write is not pure'],
    ['register', () => ({ sets: () => ({ state: 1, always: true }) }), 'write does not set'],
    ['cas-register', () => ({ still: () => true }), 'cas is not still'],
    ['cas-register', () => ({ total: true }), 'cas is not total'],
    ['cas-register', (model) => ({ sets: (one) => (one.f === 'cas' ? undefined : model.sets?.(one)) }), 'read is not hopeless'],
    ['kv', () => ({ hopeless: (state, { result }) => state !== result }), 'get is not hopeless'],
    ['counter', () => ({ step: (state, { f }) => (f === 'read' ? state : Number(state) + 1) }), 'read takes a wrong answer, or refuses a right one'],
    ['counter', () => ({ hash: () => Math.floor(random()) }), 'equal states have other hashes'],
    ['mutex', () => ({ step: (_, { f }) => f === 'acquire' }), 'acquire happens where it cannot, or the other way round'],
    ['queue', () => ({ step: (state, { f, arg }) => (f === 'enqueue' ? [arg, ...(state as readonly Json[])] : state) }), 'enqueue leads elsewhere'],
  ]
  let draws = 0
  const random = (): number => draws++
  test.each(lies)('a %s that lies is found', (type, lie, untruth) => {
    const model = kindOf(type).make(kindOf(type).usualInit)
    expect(untruths(type, { ...model, ...lie(model) })).toContain(untruth)
  })
})

describe('what does not fit a model is refused in words that say what was expected', () => {
  const asked = (f: string, arg: Json, result?: Json, key: string | null = null): Parameters<ModelKind['refuse']>[0] => ({ f, arg, result, status: 'ok', key })
  test.each([
    ['register', asked('get', null), 'f must be "read" or "write"'],
    ['register', asked('read', 1), 'a read takes no arg'],
    ['register', asked('write', null, 3), 'a write needs an arg: the value written, not null'],
    ['register', asked('write', 3, 3), 'a write answers nothing: leave result out'],
    ['cas-register', asked('swap', 1), 'f must be "read", "write" or "cas"'],
    ['cas-register', asked('cas', [1]), 'the arg of a cas must be [from, to]'],
    ['cas-register', asked('cas', [1, 2], 'ok'), 'the result of a cas must be true (done) or false (refused), or left out'],
    ['kv', asked('read', null), 'f must be "get", "put" or "append"'],
    ['kv', asked('get', null), 'get needs a key'],
    ['kv', asked('get', null, 3, 'x'), 'the result of get must be a text, or left out'],
    ['kv', asked('append', 3, undefined, 'x'), 'the arg of append must be a text'],
    ['mutex', asked('lock', null), 'f must be "acquire" or "release"'],
    ['mutex', asked('acquire', null, false), 'acquire answers nothing: leave result out'],
    ['counter', asked('add', 1), 'f must be "increment", "decrement" or "read"'],
    ['counter', asked('increment', 1.5), 'the arg of increment must be a whole number, or left out for 1'],
    ['counter', asked('read', null, '3'), 'the result of a read must be a whole number, or left out'],
    ['queue', asked('pop', null), 'f must be "enqueue" or "dequeue"'],
    ['queue', asked('enqueue', null), 'enqueue needs an arg: a value, not null, which stands for an empty queue'],
    ['queue', asked('dequeue', 1), 'dequeue takes no arg'],
  ])('%s: %o', (type, operation, words) => expect(kindOf(type).refuse(operation)).toBe(words))

  test.each([
    ['kv', null, 'init must be a text, which every key holds at the start'],
    ['mutex', 0, 'init must be true (locked) or false (free)'],
    ['counter', '0', 'init must be a whole number'],
    ['queue', [null], 'init must be an array of values, none of them null: what waits at the start'],
  ])('the first state of a %s: %o', (type, init, words) => expect(kindOf(type).refuseInit(init)).toBe(words))

  test('and what fits is not', () => {
    const fitting: [string, ReturnType<typeof asked>][] = [
      ['register', asked('write', 3, null)], ['register', asked('read', null, 3)], ['cas-register', asked('cas', [1, null], false)], ['kv', asked('append', 'a', undefined, 'x')],
      ['mutex', asked('release', null)], ['counter', asked('decrement', null)], ['counter', asked('read', null, -1)], ['queue', asked('dequeue', null, null)],
    ]
    expect(fitting.map(([type, operation]) => kindOf(type).refuse(operation))).toEqual(fitting.map(() => null))
  })
})
