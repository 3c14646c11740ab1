import { describe, expect, test } from 'vitest'
import { historyOf } from '../../shared/export/history.ts'
import { formats } from '../../shared/export/index.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { HistorySpec, Scenario } from '../../shared/sim/scenario.ts'
import type { Json, Shape } from '../../shared/sim/types.ts'
import { historyComplaints, registerComplaints } from './accepts.ts'
import { Keyword, readEdn, textOf as ednText } from './edn-reader.ts'
import type { Edn } from './edn-reader.ts'
import { shop, shopWith, textOf, wildRound } from './shop.ts'

const election = scenarios['election'] as Scenario
const all = { key: null }
const { jepsen } = formats

const seeds = Array.from({ length: 30 }, (_, at) => at + 1)
const text = textOf(jepsen.write(wildRound(shop, 3, 60_000), all))
const lines = text.trimEnd().split('\n')
const told = lines.map(readEdn).map((one) => one as Map<string, Edn>)
const typeOf = (op: Map<string, Edn>): string => (op.get(':type') as Keyword).name

interface Back { client: number; f: string; key: Edn; arg: Edn; status: string; result: Edn; call: number; ret: number | null }

/** A value of a register: null is a keyword, since nil is an answer that nobody knows. */
const dataOf = (value: Edn): Edn => (Array.isArray(value) ? value.map(dataOf) : value instanceof Keyword && value.name === 'null' ? null : value)

/** Operations of a text with so many customers, and one client more that wrote what was there at the start: a process is its client's, whatever its number. */
function readBack(from: string, customers: number): Back[] {
  const operations: Back[] = []
  const running = new Map<Edn, Back>()
  for (const [at, line] of from.trimEnd().split('\n').entries()) {
    const op = readEdn(line) as Map<string, Edn>
    const process = op.get(':process') ?? null
    if (typeof process !== 'number' || process % (customers + 1) === customers) continue
    const [key = null, value = null] = op.get(':value') as Edn[]
    const type = typeOf(op)
    if (type === 'invoke') {
      const begun: Back = { client: process % (customers + 1), f: (op.get(':f') as Keyword).name, key, arg: dataOf(value), status: 'info', result: null, call: at, ret: null }
      operations.push(begun)
      running.set(process, begun)
      continue
    }
    const begun = running.get(process)
    if (begun === undefined || type === 'info') continue
    begun.status = type
    begun.ret = at
    if (begun.f === 'read' && type === 'ok') begun.result = dataOf(value)
  }
  return operations
}

describe('Jepsen\'s EDN is what jepsen.history and Knossos demand', () => {
  test('for random rounds of a mission with a history, keys and all', () => {
    for (const seed of seeds) {
      const round = wildRound(shop, seed)
      const of = textOf(jepsen.write(round, all))
      expect([...historyComplaints(of, 4), ...registerComplaints(of, true)], `seed ${seed}`).toEqual([])
      for (const key of ['x', 'y']) {
        const one = textOf(jepsen.write(round, { key }))
        expect([...historyComplaints(one, 4), ...registerComplaints(one, false)], `seed ${seed}, key ${key}`).toEqual([])
      }
    }
  })

  test('for random rounds of the election, whose customers act on no object', () => {
    for (const seed of seeds.slice(0, 10)) {
      const round = wildRound(election, seed, 60_000, 5)
      const of = textOf(jepsen.write(round, all))
      expect(historyComplaints(of, election.workload.customers(5)), `seed ${seed}`).toEqual([])
      expect(of).toContain(':f :stamp, :value {:parcel ')
    }
  })

  test('an end of every sort is told', () => {
    const clients = told.filter((op) => typeof op.get(':process') === 'number')
    expect(new Set(clients.map(typeOf))).toEqual(new Set(['invoke', 'ok', 'fail', 'info']))
    for (const error of [':timeout', ':unreached', ':unknown']) expect(text).toContain(`:error ${error}`)
    expect(text).toMatch(/:process :nemesis, :f :start-[a-z-]+, :value \{:/)
  })

  const planted: { [complaint: string]: (lines: string[]) => string[] } = {
    ':index 6 at place 5': (all) => all.toSpliced(5, 1),
    'the last line has no end': (all) => all,
    'is busy': (all) => all.map((line) => line.replace(/:process \d+/, ':process 0')),
    'is dead': (all) => {
      const at = told.findIndex((op) => typeOf(op) === 'info' && typeof op.get(':process') === 'number')
      const process = Number(told[at]?.get(':process'))
      return all.map((line) => line.replace(new RegExp(`:process ${process + 4}\\b`), `:process ${process}`))
    },
    'begins before': (all) => all.map((line) => line.replace(/:process 1\b/, ':process 10')),
    'completes what it has not begun': (all) => all.toSpliced(told.findIndex((op) => typeOf(op) === 'invoke'), 1),
    ':time': (all) => all.map((line, at) => (at === 20 ? line.replace(/:time \d+/, ':time 5') : line)),
    'must be the nemesis': (all) => all.map((line) => line.replace(':process 2,', ':process :two,')),
    'has not done': (all) => all.toSpliced(told.findIndex((op) => op.get(':process') instanceof Keyword), 1),
    'has no completion': (all) => all.toSpliced(told.findLastIndex((op) => typeof op.get(':process') === 'number'), 1),
    'fail with': (all) => all.map((line) => (line.includes(':type :fail, ') ? line.replace(/:value \["(\w)" [^,]*\], :time/, ':value ["$1" 77], :time') : line)),
    ':type done': (all) => all.map((line) => line.replace(':type :ok', ':type :done')),
    'no :value': (all) => all.map((line) => line.replace(/:value .*, :time/, ':time')),
    unreadable: (all) => all.map((line, at) => (at === 9 ? line.slice(0, -1) : line)),
  }
  test.each(Object.entries(planted))('a planted fault is found: %s', (complaint, plant) => {
    const spoilt = plant(lines)
    const of = complaint === 'the last line has no end' ? spoilt.join('\n') : `${spoilt.join('\n')}\n`
    expect(historyComplaints(of, 4).join('\n')).toContain(complaint)
  })

  test('so is one in the calls and answers of a register', () => {
    const spoil = (change: (line: string) => string): string => registerComplaints(`${lines.map(change).join('\n')}\n`, true).join('\n')
    expect(spoil((line) => line)).toBe('')
    expect(spoil((line) => line.replace(/:value \["\w" (.*?)\], :time/, ':value $1, :time'))).toContain('no key')
    expect(spoil((line) => (line.includes(':type :invoke') ? line.replace(/(:f :read, :value \["\w") nil/, '$1 5') : line))).toContain('a read that knows its answer')
    expect(spoil((line) => (line.includes(':type :ok') ? line.replace(/(:f :write, :value \["\w") \d+/, '$1 5') : line))).toContain('done with ["x" 5]')
    expect(spoil((line) => line.replace(':f :cas', ':f :swap'))).toContain('swap of')
  })
})

describe('what it says', () => {
  test('a compare-and-set that compared in vain has failed; one that was done is ok, with what it was called with', () => {
    const round = wildRound(shop, 3, 60_000)
    const swapped = round.facts.flatMap((fact) => (fact.kind === 'replied' && fact.reply.kind === 'swapped' ? [(fact.reply as unknown as { done: boolean }).done] : []))
    const ends = told.filter((op) => ednText(op.get(':f') ?? null) === ':cas' && !op.has(':error') && typeOf(op) !== 'invoke').map(typeOf)
    // Those that a closed shop turned away failed too.
    expect(ends.filter((type) => type === 'ok')).toHaveLength(swapped.filter((done) => done).length)
    expect(ends.filter((type) => type === 'fail').length).toBeGreaterThanOrEqual(swapped.filter((done) => !done).length)
    expect(swapped).toContain(false)
  })

  test('what an object holds at the start is written first, to each key, by a client of its own', () => {
    const round = wildRound(shopWith({ init: 5 }), 2)
    const of = textOf(jepsen.write(round, all))
    const first = of.split('\n').slice(0, 4)
    const keys = first.map((line) => /"(\w)"/.exec(line)?.[1])
    expect(new Set([keys[0], keys[2]])).toEqual(new Set(['x', 'y']))
    expect(first).toEqual(['invoke', 'ok', 'invoke', 'ok'].map((type, at) => `{:index ${at}, :type :${type}, :process 3, :f :write, :value ["${keys[at]}" 5], :time 0}`))
    expect(historyComplaints(of, 4)).toEqual([])
    expect(textOf(jepsen.write(round, { key: 'x' })).split('\n')[0]).toBe('{:index 0, :type :invoke, :process 3, :f :write, :value 5, :time 0}')
    expect(jepsen.write(wildRound(shopWith({ init: 5, model: 'abacus' }), 2), all)).toEqual({ ok: false, error: 'Jepsen\'s checkers know no abacus that begins with 5.' })
  })

  test('null is a value, and the first one: no read of it is taken for one whose answer nobody knows', () => {
    expect(lines.slice(0, 4).map((line) => line.replace(/"[xy]"/, 'key'))).toEqual([0, 1, 2, 3].map((index) => `{:index ${index}, :type ${index % 2 === 0 ? ':invoke' : ':ok'}, :process 3, :f :write, :value [key :null], :time 0}`))
    const seen = told.filter((op) => ednText(op.get(':f') ?? null) === ':read' && typeOf(op) === 'ok').map((op) => ednText((op.get(':value') as Edn[])[1] ?? null))
    expect(seen).toContain(':null')
    expect(seen).not.toContain('null')
  })

  interface Plain { f: string; arg: Json; status: 'ok' | 'fail' | 'info'; result?: Json }
  /** Lines of one customer who does these things to the object of a model, one after the other. */
  function linesOf(model: string, init: Json, things: readonly Plain[]): string[] {
    const history: HistorySpec<Shape> = {
      model, init,
      call: (operation) => ({ ...(operation as unknown as { f: string; arg: Json }), key: null }),
      answer: (_operation, reply) => { const { status, result } = reply as unknown as Plain; return { status, result } },
    }
    const facts = things.flatMap(({ f, arg, status, result }, at) => [
      { n: 2 * at, atMs: at, kind: 'requested', node: 'A', request: `c0/${at}`, customer: 0, local: at, hop: 0, operation: { f, arg }, before: [], because: [] },
      { n: 2 * at + 1, atMs: at, kind: 'replied', node: 'A', request: `c0/${at}`, customer: 0, local: at, reply: { status, result }, tookMs: 0, before: [], because: [] },
    ]) as unknown as Fact[]
    const round = { ...wildRound(shop, 1, 1_000), facts }
    return textOf(jepsen.write({ ...round, scenario: { ...shop, history } }, all)).trimEnd().split('\n').map((line) => /:type :(\w+), .*(:f .*), :time/.exec(line)?.slice(1).join(' ') ?? line)
  }
  test.each<[string, string, Json, Plain, string[]]>([
    ['an acquire', 'mutex', false, { f: 'acquire', arg: null, status: 'ok' }, ['invoke :f :acquire, :value nil', 'ok :f :acquire, :value nil']],
    ['a lock that is held at the start', 'mutex', true, { f: 'release', arg: null, status: 'ok' }, ['invoke :f :acquire, :value nil', 'ok :f :acquire, :value nil', 'invoke :f :release, :value nil', 'ok :f :release, :value nil']],
    ['an acquire that was refused', 'mutex', false, { f: 'acquire', arg: null, status: 'fail' }, ['invoke :f :acquire, :value nil', 'fail :f :acquire, :value nil']],
    ['what waits at the start', 'queue', [1, 2], { f: 'dequeue', arg: null, status: 'ok', result: 1 }, ['invoke :f :enqueue, :value 1', 'ok :f :enqueue, :value 1', 'invoke :f :enqueue, :value 2', 'ok :f :enqueue, :value 2', 'invoke :f :dequeue, :value nil', 'ok :f :dequeue, :value 1']],
    ['an empty queue', 'queue', [], { f: 'dequeue', arg: null, status: 'ok', result: null }, ['invoke :f :dequeue, :value nil', 'fail :f :dequeue, :value nil']],
    ['a dequeue that took who knows what', 'queue', [], { f: 'dequeue', arg: null, status: 'ok' }, ['invoke :f :dequeue, :value nil', 'info :f :dequeue, :value nil']],
    ['an enqueue', 'queue', [], { f: 'enqueue', arg: 'a', status: 'ok' }, ['invoke :f :enqueue, :value "a"', 'ok :f :enqueue, :value "a"']],
    ['one more', 'counter', 0, { f: 'increment', arg: null, status: 'ok' }, ['invoke :f :add, :value 1', 'ok :f :add, :value 1']],
    ['three less', 'counter', 0, { f: 'decrement', arg: 3, status: 'info' }, ['invoke :f :add, :value -3', 'info :f :add, :value -3']],
    ['a count', 'counter', 7, { f: 'read', arg: null, status: 'ok', result: 7 }, ['invoke :f :add, :value 7', 'ok :f :add, :value 7', 'invoke :f :read, :value nil', 'ok :f :read, :value 7']],
    ['a text', 'kv', '', { f: 'append', arg: 'x y', status: 'ok' }, ['invoke :f :append, :value "x y"', 'ok :f :append, :value "x y"']],
    ['an empty text', 'kv', '', { f: 'get', arg: null, status: 'ok', result: '' }, ['invoke :f :get, :value nil', 'ok :f :get, :value ""']],
    ['a read of any value', 'register', 1, { f: 'read', arg: null, status: 'ok' }, ['invoke :f :write, :value 1', 'ok :f :write, :value 1', 'invoke :f :read, :value nil', 'ok :f :read, :value nil']],
    ['a compare with null', 'cas-register', null, { f: 'cas', arg: [null, 4], status: 'ok', result: true }, ['invoke :f :write, :value :null', 'ok :f :write, :value :null', 'invoke :f :cas, :value [:null 4]', 'ok :f :cas, :value [:null 4]']],
  ])('%s', (_what, model, init, thing, expected) => expect(linesOf(model, init, [thing])).toEqual(expected))

  test('one key alone is what the whole says of it', () => {
    const round = wildRound(shop, 3, 60_000)
    const shape = (op: Map<string, Edn>, value: Edn): string => `${typeOf(op)} ${ednText(op.get(':f') ?? null)} ${ednText(value)} ${String(op.get(':time'))}`
    const clients = (ops: Map<string, Edn>[]): Map<string, Edn>[] => ops.filter((op) => typeof op.get(':process') === 'number')
    const ofX = clients(textOf(jepsen.write(round, { key: 'x' })).trimEnd().split('\n').map((line) => readEdn(line) as Map<string, Edn>)).map((op) => shape(op, op.get(':value') ?? null))
    expect(ofX).toEqual(clients(told).filter((op) => (op.get(':value') as Edn[])[0] === 'x').map((op) => shape(op, (op.get(':value') as Edn[])[1] ?? null)))
    expect(ofX.length).toBeGreaterThan(50)
  })

  test('read back, it is the history: who did what to which key, with which end, in which order', () => {
    for (const seed of seeds) {
      const round = wildRound(shop, seed)
      const { operations } = historyOf(round.facts, round.scenario.history as HistorySpec<Shape>)
      // What Jepsen's words cannot tell: a compare in vain, and when nobody knew any more.
      const ours = operations.map(({ client, f, key, arg, status, result, call, ret }) => ({
        client, f, key, arg, status: f === 'cas' && result === false ? 'fail' : status, result: f === 'read' && status === 'ok' ? result : null, call, ret,
      }))
      const back = readBack(textOf(jepsen.write(round, all)), 3)
      expect(back.map(({ call: _call, ret: _ret, ...rest }) => rest), `seed ${seed}`).toEqual(ours.map(({ call: _call, ret: _ret, ...rest }) => rest))
      const order = (list: readonly { call: number; ret: number | null }[]): string[] => list.flatMap(({ call, ret }, id) => [{ at: call, id: `call ${id}` }, ...(ret === null ? [] : [{ at: ret, id: `end ${id}` }])])
        .toSorted((a, b) => a.at - b.at).map(({ id }) => id)
      expect(order(back), `seed ${seed}`).toEqual(order(ours))
    }
  })

  test('no key can be chosen where there is none', () => {
    expect(jepsen.write(wildRound(shop, 1), { key: 'z' })).toMatchObject({ ok: false, error: expect.stringMatching(/^Nobody asked for "z"; there is "[xy]", "[xy]"\.$/) as unknown })
    expect(jepsen.write(wildRound(election, 1), { key: 'x' })).toEqual({ ok: false, error: 'The customers of election act on no object, so there is no key to choose.' })
  })
})
