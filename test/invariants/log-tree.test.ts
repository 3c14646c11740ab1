import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EMPTY_LOG, cutTo, extended, newLogTree, termAt } from '../../shared/invariants/log-tree.ts'
import type { LogTree } from '../../shared/invariants/log-tree.ts'

/** Add an entry of a term to one of the logs so far, or cut one. */
type Step = { do: 'extend'; log: number; term: number } | { do: 'cut'; log: number; length: number }
const steps = fc.array(fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('extend' as const), log: fc.nat(), term: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), log: fc.nat(), length: fc.nat(40) }) },
), { maxLength: 120 })

/** Makes every log twice, as a tree and as plain lists. Half of the steps go on from the latest, so that logs grow long. */
function bothWays(script: readonly Step[], cut: typeof cutTo): { tree: LogTree; logs: { id: number; terms: number[] }[] } {
  const tree = newLogTree()
  const logs: { id: number; terms: number[] }[] = [{ id: EMPTY_LOG, terms: [] }]
  for (const step of script) {
    const from = logs[step.log % 2 === 0 ? logs.length - 1 : step.log % logs.length] as { id: number; terms: number[] }
    if (step.do === 'extend') logs.push({ id: extended(tree, from.id, step.term), terms: [...from.terms, step.term] })
    else logs.push({ id: cut(tree, from.id, step.length), terms: from.terms.slice(0, step.length) })
  }
  return { tree, logs }
}

function agrees(script: readonly Step[], cut: typeof cutTo): boolean {
  const { tree, logs } = bothWays(script, cut)
  return logs.every(({ id, terms }) => tree.length[id] === terms.length
    && [...terms, null].every((term, at) => termAt(tree, id, at + 1) === term))
}

describe('the tree of logs', () => {
  test('says of every log ever made what a plain list says', () => fc.assert(fc.property(steps, (script) => agrees(script, cutTo)), { numRuns: 300, seed: 8 }))

  test('a cut that is one too short is found', () => {
    const wrong: typeof cutTo = (tree, log, length) => cutTo(tree, log, Math.max(0, length - 1))
    expect(fc.check(fc.property(steps, (script) => agrees(script, wrong)), { numRuns: 300, seed: 8 }).failed).toBe(true)
  })

  test('any entry of a log of 100,000 is found in at most 40 jumps', () => {
    const tree = newLogTree()
    let log = EMPTY_LOG
    for (let term = 1; term <= 100_000; term++) log = extended(tree, log, term)
    let jumps = 0
    const counted = { ...tree, jump: new Proxy(tree.jump, { get: (jump, at) => { jumps++; return Reflect.get(jump, at) as unknown } }) }
    for (const index of [1, 2, 3, 777, 4_096, 50_000, 65_535, 65_536, 99_998, 99_999, 100_000]) {
      jumps = 0
      expect(termAt(counted, log, index)).toBe(index)
      expect(jumps).toBeLessThanOrEqual(40)
    }
  })
})
