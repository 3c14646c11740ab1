import { describe, test } from 'vitest'
import { causalChecks } from '../../shared/consistency/causal.ts'
import { causalByEnumeration } from './oracles/causal.ts'
import { smallHistory } from './oracles/small.ts'
import { agree, expectSmallest } from './oracles/witness.ts'

const levels = { 'weak-causal': 'weak', causal: 'memory', 'causal-convergence': 'convergence' } as const
const budget = { steps: 1_000_000 }

describe.each(Object.keys(levels) as (keyof typeof levels)[])('%s', (id) => {
  test('agrees with the definition on 100,000 small histories, and each witness breaks alone', () => {
    const seen: { [what: string]: number } = {}
    for (let seed = 0; seed < 20_000; seed++) {
      const history = smallHistory(seed, { operations: 5, clients: 3, keys: 2 })
      const verdict = causalChecks[id].run(history, budget)
      agree(seed, history, verdict, causalByEnumeration(history, levels[id]))
      const what = verdict.verdict === 'violated' ? verdict.witness.shape : verdict.verdict
      seen[what] = (seen[what] ?? 0) + 1
      if (verdict.verdict === 'violated') expectSmallest(history, verdict.witness, (one) => causalByEnumeration(one, levels[id]))
    }
    console.log(id, seen)
  })
})
