import { describe, expect, test } from 'vitest'
import { monotonicReads, monotonicWrites, readYourWrites, writesFollowReads } from '../../shared/invariants/index.ts'
import { compareVersions } from '../../shared/invariants/sessions.ts'
import type { SessionStep, Version } from '../../shared/invariants/sessions.ts'
import type { Claim } from '../../shared/sim/claim.ts'
import { chance } from '../consistency/oracles/small.ts'
import { complaints, judged } from './contract.ts'
import { laid, shown } from './laid.ts'

const claims = { 'read-your-writes': readYourWrites, 'monotonic-reads': monotonicReads, 'monotonic-writes': monotonicWrites, 'writes-follow-reads': writesFollowReads }
type Id = keyof typeof claims
const kinds: { readonly [I in Id]: readonly [first: SessionStep['kind'], then: SessionStep['kind']] } = {
  'read-your-writes': ['wrote', 'read'], 'monotonic-reads': ['read', 'read'], 'monotonic-writes': ['wrote', 'wrote'], 'writes-follow-reads': ['read', 'wrote'],
}
const claimOf = (id: Id): Claim => claims[id](shown()) as unknown as Claim
const step = (session: string, kind: SessionStep['kind'], version: Version, key = 'x'): SessionStep => ({ session, kind, version, key })
const told = (id: Id, steps: readonly SessionStep[]) => laid(id, claimOf(id), steps.map((event, at) => ({ atMs: 1_000 * (at + 1), node: 'A', event })))
const breaches = (id: Id, steps: readonly SessionStep[]): string[] => told(id, steps).facts.flatMap((fact) => (fact.kind === 'breached' ? [fact.key] : []))

describe.each(Object.keys(claims) as Id[])('%s', (id) => {
  const [first, then] = kinds[id]
  const steps = [step('customer c1', first, [3, 'c1/1']), step('customer c2', first, [9, 'c2/1']), step('customer c1', first, [8, 'c1/2'], 'y'), step('customer c1', then, [2, 'c9/1'])]

  test('breaks when a session goes back, with a witness that breaks alone and needs both facts', () => {
    const round = told(id, steps)
    const breached = round.facts.filter((fact) => fact.kind === 'breached')
    expect(breached.map(({ key, because }) => [key, because])).toEqual([['customer c1 x 2-c9/1 after 3-c1/1', [0, 3]]])
    expect(complaints(id, claimOf(id), round)).toEqual([])
    expect(judged(claimOf(id), round.cluster, [round.facts[0]!, round.facts[3]!], 9_000)[0]?.sentence).toMatch(/^Customer c1 (wrote|read) version 3-c1\/1 of x at 1 s and then (wrote|read) the older version 2-c9\/1 at 4 s\.$/)
  })

  test('does not break when another session, or the same on another object, is ahead', () => {
    expect(breaches(id, [...steps.slice(1, 3), step('customer c1', then, [2, 'c9/1'])])).toEqual([])
    expect(breaches(id, steps.with(3, step('customer c1', then, [3, 'c1/2'])))).toEqual([])
    expect(breaches(id, steps.with(3, step('customer c1', then, [10, 'a'])))).toEqual([])
  })

  test('the same version may be read again, but not be made by a later write', () => {
    expect(breaches(id, steps.with(3, step('customer c1', then, [3, 'c1/1'])))).toHaveLength(then === 'wrote' ? 1 : 0)
  })

  test('the first of equal versions is the witness, and an older one in between forgets nothing', () => {
    const round = told(id, [step('s', first, 5), step('s', first, 5), step('s', first, 4), step('s', then, 3)])
    expect(round.facts.findLast((fact) => fact.kind === 'breached')?.because).toEqual([0, 3])
    expect(complaints(id, claimOf(id), round)).toEqual([])
  })

  test('1,000 random rounds: breaks exactly where two steps of a session, compared with each other, are the wrong way round', () => {
    let broken = 0
    for (let seed = 0; seed < 1_000; seed++) {
      const below = chance(seed)
      const round = Array.from({ length: 2 + below(9) }, () => step(`s${below(2)}`, below(2) === 0 ? 'read' : 'wrote', below(2) === 0 ? below(4) : [below(4), ...(below(2) === 0 ? [] : ['ab'[below(2)]!])], `k${below(2)}`))
      const wrong = round.filter((b, at) => b.kind === then && round.slice(0, at).some((a) => a.kind === first && a.session === b.session && a.key === b.key
        && (compareVersions(a.version, b.version) > 0 || (then === 'wrote' && compareVersions(a.version, b.version) === 0))))
      const facts = told(id, round)
      const breached = facts.facts.filter((fact) => fact.kind === 'breached')
      expect(breached.length > 0, `seed ${seed}`).toBe(wrong.length > 0)
      expect(complaints(id, claimOf(id), facts), `seed ${seed}`).toEqual([])
      if (wrong.length > 0) broken++
    }
    expect(broken).toBeGreaterThan(100)
  })
})

test('versions have one order: numbers, lists by their first difference, a list after its beginning', () => {
  const rising: Version[] = [[], 0, [0, 1], [0, 1, 'a'], [0, 'a'], [0, 'b'], 1, [2, 'A'], 10, ['a']]
  for (const [a, one] of rising.entries()) for (const [b, other] of rising.entries()) expect(compareVersions(one, other) < 0, `${JSON.stringify(one)} ${JSON.stringify(other)}`).toBe(a < b)
  expect(compareVersions(3, [3])).toBe(0)
})
