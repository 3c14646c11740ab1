import { describe, expect, test } from 'vitest'
import { formats } from '../../shared/export/index.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { historyComplaints, transactionComplaints } from './accepts.ts'
import { shop, shopWith, textOf, wildRound } from './shop.ts'

const election = scenarios['election'] as Scenario
const all = { key: null }
const { elle } = formats

describe('Elle\'s transactions', () => {
  test('are what jepsen.history and rw-register demand, for random rounds', () => {
    for (let seed = 1; seed <= 30; seed++) {
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
