import { describe, expect, test } from 'vitest'
import { historyOf } from '../../shared/export/history.ts'
import { formats } from '../../shared/export/index.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { HistorySpec, Scenario } from '../../shared/sim/scenario.ts'
import type { Shape } from '../../shared/sim/types.ts'
import { historyComplaints, registerComplaints, transactionComplaints } from './accepts.ts'
import { Keyword, readEdn, textOf as ednText } from './edn-reader.ts'
import type { Edn } from './edn-reader.ts'
import { shop, shopWith, textOf, wildRound } from './shop.ts'

const election = scenarios['election'] as Scenario
const all = { key: null }
const { jepsen, elle } = formats

const seeds = Array.from({ length: 30 }, (_, at) => at + 1)
const text = textOf(jepsen.write(wildRound(shop, 3, 60_000), all))
const lines = text.trimEnd().split('\n')
const told = lines.map(readEdn).map((one) => one as Map<string, Edn>)
const typeOf = (op: Map<string, Edn>): string => (op.get(':type') as Keyword).name

interface Back { client: number; f: string; key: Edn; arg: Edn; status: string; result: Edn; call: number; ret: number | null }

/** Operations of a text whose clients are so many: a process is its client's, whatever its number. */
function readBack(from: string, clients: number): Back[] {
  const operations: Back[] = []
  const running = new Map<Edn, Back>()
  for (const [at, line] of from.trimEnd().split('\n').entries()) {
    const op = readEdn(line) as Map<string, Edn>
    const process = op.get(':process') ?? null
    if (typeof process !== 'number') continue
    const [key = null, value = null] = op.get(':value') as Edn[]
    const type = typeOf(op)
    if (type === 'invoke') {
      const begun: Back = { client: process % clients, f: (op.get(':f') as Keyword).name, key, arg: value, status: 'info', result: null, call: at, ret: null }
      operations.push(begun)
      running.set(process, begun)
      continue
    }
    const begun = running.get(process)
    if (begun === undefined || type === 'info') continue
    begun.status = type
    begun.ret = at
    if (begun.f === 'read' && type === 'ok') begun.result = value
  }
  return operations
}

describe('Jepsen\'s EDN is what jepsen.history and Knossos demand', () => {
  test('for random rounds of a mission with a history, keys and all', () => {
    for (const seed of seeds) {
      const round = wildRound(shop, seed)
      const of = textOf(jepsen.write(round, all))
      expect([...historyComplaints(of, 3), ...registerComplaints(of, true)], `seed ${seed}`).toEqual([])
      for (const key of ['x', 'y']) {
        const one = textOf(jepsen.write(round, { key }))
        expect([...historyComplaints(one, 3), ...registerComplaints(one, false)], `seed ${seed}, key ${key}`).toEqual([])
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
      return all.map((line) => line.replace(new RegExp(`:process ${process + 3}\\b`), `:process ${process}`))
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
    expect(historyComplaints(of, 3).join('\n')).toContain(complaint)
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

describe('Elle\'s transactions', () => {
  test('are what jepsen.history and rw-register demand, for random rounds', () => {
    for (const seed of seeds) {
      const of = textOf(elle.write(wildRound(shop, seed), all))
      expect([...historyComplaints(of, 3), ...transactionComplaints(of)], `seed ${seed}`).toEqual([])
    }
  })

  const of = textOf(elle.write(wildRound(shop, 3, 60_000), all))
  test.each([
    ['is written twice', of.replace(/\[:w "(\w)" \d+\]/g, '[:w "$1" 4]')],
    ['completes', of.replace(/(:type :ok.*\[:w "\w") \d+/g, '$1 4')],
    ['a read that knows its answer', of.replace(/(:type :invoke.*\[:r "\w") nil/g, '$1 4')],
    ['a write of nil', of.replace(/\[:w "(\w)" \d+\]/, '[:w "$1" nil]')],
    ['the step', of.replaceAll('[:w ', '[:append ')],
    ['no transaction', of.replaceAll(':f :txn', ':f :write')],
  ])('a planted fault is found: %s', (complaint, spoilt) => expect(transactionComplaints(spoilt).join('\n')).toContain(complaint))

  test('to read what a register began with is to read nil', () => {
    const mission = shopWith({ init: 5, operation: (customer, n) => (n % 2 === 1 ? { kind: 'look', key: 'x' } : { kind: 'swap', key: 'x', from: 5, to: customer * 1_000 + n + 10 }) })
    const round = wildRound(mission, 2)
    expect(round.facts.some((fact) => fact.kind === 'replied' && (fact.reply as { value?: number }).value === 5)).toBe(true)
    const began = textOf(elle.write(round, all))
    expect(began).toMatch(/:type :ok.*\[\[:r "x" nil\]\]/)
    expect(began).toMatch(/:type :ok.*\[\[:r "x" nil\] \[:w "x" \d+\]\]/)
    expect(began).not.toContain('[:r "x" 5]')
  })

  test('what Elle cannot tell apart is refused, with who wrote it', () => {
    const refused = (round: Parameters<typeof elle.write>[0]): string => {
      const written = elle.write(round, all)
      return written.ok ? 'written' : written.error
    }
    expect(refused(wildRound(election, 1))).toBe('The customers of election act on no object, so Elle has nothing to judge.')
    expect(refused(wildRound(shopWith({ operation: () => ({ kind: 'put', key: 'x', value: 4 }) }), 1))).toMatch(/^Elle tells writes apart by their values; c\d\/\d+ and c\d\/\d+ both write 4 to "x"\.$/)
    expect(refused(wildRound(shopWith({ init: 4, operation: () => ({ kind: 'put', key: 'x', value: 4 }) }), 1))).toMatch(/^Elle takes it that nobody writes what a register begins with; c\d\/\d+ writes 4 to "x"\.$/)
  })
})
