import { expect } from 'vitest'
import type { History, Operation } from '../../../shared/consistency/history.ts'
import type { Verdict, Witness } from '../../../shared/consistency/verdict.ts'
import { show } from './small.ts'

/** An operation relaxed: a read is left out; a write may have happened or not. */
const without = (operations: readonly Operation[], one: Operation): Operation[] =>
  operations.flatMap((other) => (other !== one ? [other] : one.f === 'read' || one.status === 'info' ? [] : [{ ...one, status: 'info', ret: null } as Operation]))

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

/** Whether a check and a dumb checker agree on one history. The seed that made it is said when they do not. */
export function agree(seed: number, history: History, verdict: Verdict, fine: boolean): void {
  if (verdict.verdict === (fine ? 'fine' : 'violated')) return
  throw new Error(`seed ${seed}: the check says ${verdict.verdict}, the definition ${fine ? 'fine' : 'violated'}\n${show(history)}`)
}
