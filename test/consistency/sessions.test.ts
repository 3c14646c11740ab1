import { describe, expect, test } from 'vitest'
import { sessionChecks } from '../../shared/consistency/sessions.ts'
import { sessionsByEnumeration } from './oracles/sessions.ts'
import type { Guarantee } from './oracles/sessions.ts'
import { smallHistory } from './oracles/small.ts'
import { agree, expectSmallest } from './oracles/witness.ts'

const all: readonly Guarantee[] = ['read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads']
const ids = [...all, 'sessions'] as const
const budget = { steps: 1_000_000 }

describe.each(ids)('%s', (id) => {
  const guarantees = id === 'sessions' ? all : [id]
  test('agrees with the definition on 100,000 small histories, and each witness breaks alone', () => {
    const seen = { fine: 0, violated: 0, unknown: 0 }
    for (let seed = 0; seed < 100_000; seed++) {
      const history = smallHistory(seed, { operations: 6, clients: 3, keys: 2 })
      const verdict = sessionChecks[id].run(history, budget)
      agree(seed, history, verdict, sessionsByEnumeration(history, guarantees))
      seen[verdict.verdict]++
      if (verdict.verdict === 'violated') expectSmallest(history, verdict.witness, (one) => sessionsByEnumeration(one, guarantees))
    }
    expect(seen.fine).toBeGreaterThan(10_000)
    expect(seen.violated).toBeGreaterThan(10_000)
    console.log(id, seen)
  })
})
