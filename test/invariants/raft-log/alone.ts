import type { Claim, ClusterInfo } from '../../../shared/sim/claim.ts'
import type { Fact, FactOf } from '../../../shared/sim/facts.ts'
import type { FactNo, Json } from '../../../shared/sim/types.ts'

interface Broken { key: string; values: Json; witness: readonly FactNo[] }

/** What a claim that knows nothing yet says to these facts alone. */
export function judgedAlone(claim: Claim, cluster: ClusterInfo, facts: readonly Fact[]): Broken[] {
  const broken: Broken[] = []
  let nowMs = 0
  const judge = {
    get nowMs() { return nowMs },
    breach: (key: string, witness: readonly FactNo[], values: Json) => { if (!broken.some((one) => one.key === key)) broken.push({ key, values, witness }) },
    checkAt() { throw new Error('none of these claims waits for time to pass') },
  }
  const state: unknown = claim.init(cluster, judge)
  const folds = claim.folds as { readonly [kind: string]: ((state: unknown, fact: Fact, judge: unknown, cluster: ClusterInfo) => void) | undefined }
  for (const fact of facts) {
    nowMs = fact.atMs
    folds[fact.kind]?.(state, fact, judge, cluster)
  }
  return broken
}

/**
 * What is wrong with a breach's witness, in words; null when it is in causal order, breaks the claim by itself with the same sentence, and no
 * fact of it can be left out.
 */
export function wrongWitness(claim: Claim, cluster: ClusterInfo, facts: readonly Fact[], breach: FactOf<'breached'>): string | null {
  const witness = breach.because.map((n) => facts[n] as Fact)
  if (witness.some((fact, at) => at > 0 && fact.n <= (witness[at - 1] as Fact).n)) return 'it is not in causal order'
  const same = (broken: readonly Broken[]): boolean =>
    broken.some((one) => one.key === breach.key && JSON.stringify(one.values) === JSON.stringify(breach.values))
  if (!same(judgedAlone(claim, cluster, witness))) return 'it does not break the claim alone'
  const spare = witness.find((out) => same(judgedAlone(claim, cluster, witness.filter((one) => one !== out))))
  return spare === undefined ? null : `fact ${spare.n} can be left out`
}
