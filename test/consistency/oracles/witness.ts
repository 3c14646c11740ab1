import { expect } from 'vitest'
import type { History, Operation } from '../../../shared/consistency/history.ts'
import type { Check, Witness } from '../../../shared/consistency/verdict.ts'
import { show } from './small.ts'

/** An operation relaxed: a read is left out; a write may have happened or not. */
const without = (operations: readonly Operation[], one: Operation): Operation[] =>
  operations.flatMap((other) => (other !== one ? [other] : one.f === 'read' || one.status === 'info' ? [] : [{ ...one, status: 'info', ret: null, result: undefined } as Operation]))

/** What each witness must be: broken by itself as the dumb checker sees it, and not broken any more when any one of its operations is relaxed. */
export function expectSmallest(history: History, witness: Witness, fine: (history: History) => boolean): void {
  const alone = { model: history.model, operations: witness.operations }
  expect(fine(alone), `the witness breaks alone:\n${show(alone)}`).toBe(false)
  for (const one of witness.operations) {
    if (one.status === 'info') continue
    const fewer = { ...alone, operations: without(witness.operations, one) }
    expect(fine(fewer), `operation ${one.id} cannot be relaxed:\n${show(alone)}`).toBe(true)
  }
  const ids = new Set(witness.operations.map(({ id }) => id))
  for (const { from, to } of witness.edges) expect(ids.has(from) && ids.has(to)).toBe(true)
  witness.edges.forEach(({ to }, at) => expect(witness.edges[(at + 1) % witness.edges.length]!.from, 'the edges lead round in a circle').toBe(to))
  const byId = new Map(history.operations.map((one) => [one.id, one]))
  for (const one of witness.operations) {
    const { f, key, arg, call, client } = byId.get(one.id)!
    expect({ f: one.f, key: one.key, arg: one.arg, call: one.call, client: one.client }).toEqual({ f, key, arg, call, client })
  }
}

/** What a sentence says that a client did: each is an operation of the witness. */
function expectTrue({ operations, sentence }: Witness): void {
  for (const [said, client, verb, value, key] of sentence.matchAll(/client (\d+) (wrote|read|asked to write) ([\w"]+)(?: (?:to|from) (\w+))?/gi)) {
    const found = operations.some((one) => one.client === Number(client) && (one.f === 'read' ? verb === 'read' && JSON.stringify(one.result) === value
      : verb === (one.status === 'ok' ? 'wrote' : 'asked to write') && JSON.stringify(one.arg) === value) && (key === undefined || one.key === key))
    expect(found, `"${said}" is true in: ${sentence}`).toBe(true)
  }
}

/** A seed and its history with another verdict than a dumb checker's, or null; and how often each verdict or shape of break came up. */
export interface Compared { disagrees: string | null; seen: { [what: string]: number } }

/** Compares a check with a dumb checker over the histories of seeds `first` to `first + count - 1`; stops at the first disagreement. Witnesses are held to `expectSmallest` if asked. */
export function compareWith(check: Check, fine: (history: History) => boolean, make: (seed: number) => History, first: number, count: number, witnesses = true): Compared {
  const seen: Compared['seen'] = {}
  for (let seed = first; seed < first + count; seed++) {
    const history = make(seed), verdict = check.run(history, { steps: 1_000_000 }), expected = fine(history) ? 'fine' : 'violated'
    if (verdict.verdict !== expected) return { disagrees: `seed ${seed}: the check says ${verdict.verdict}, the definition ${expected}\n${show(history)}`, seen }
    const what = verdict.verdict === 'violated' ? verdict.witness.shape : verdict.verdict
    seen[what] = (seen[what] ?? 0) + 1
    if (verdict.verdict !== 'violated' || !witnesses) continue
    const { witness } = verdict
    expectSmallest(history, witness, fine)
    expect(check.run({ model: history.model, operations: witness.operations }, { steps: 1_000_000 }), `seed ${seed}: of the witness alone the check says the same`).toMatchObject({ witness: { shape: witness.shape, sentence: witness.sentence } })
    if (history.model.type === 'register') expectTrue(witness)
  }
  return { disagrees: null, seen }
}
