import { describe, expect, test } from 'vitest'
import type { History } from '../../shared/consistency/history.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { sequential } from '../../shared/consistency/sequential.ts'
import { sequentialByEnumeration } from './oracles/sequential.ts'
import { smallHistory } from './oracles/small.ts'
import { agree, expectSmallest } from './oracles/witness.ts'

const budget = { steps: 1_000_000 }
const fine = ({ model: { type, init }, operations }: History): boolean => sequentialByEnumeration(models[type]!.make(init), operations)

describe('sequential', () => {
  test('agrees with the definition on 100,000 small histories of registers, and each witness breaks alone', () => {
    const seen: { [what: string]: number } = {}
    for (let seed = 0; seed < 20_000; seed++) {
      const history = smallHistory(seed, { operations: 6, clients: 3, keys: 2 })
      const verdict = sequential.run(history, budget)
      agree(seed, history, verdict, fine(history))
      const what = verdict.verdict === 'violated' ? verdict.witness.shape : verdict.verdict
      seen[what] = (seen[what] ?? 0) + 1
      if (verdict.verdict === 'violated') expectSmallest(history, verdict.witness, fine)
    }
    console.log(seen)
    expect(seen['no-order']).toBeGreaterThan(10)
  })
})
