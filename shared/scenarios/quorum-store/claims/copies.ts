import type { Folds, Judge } from '../../../sim/claim.ts'
import type { FactNo, NodeId, SimMs } from '../../../sim/types.ts'
import { isNewer } from '../state.ts'
import type { Message, QuorumStore, Reply, Version } from '../types.ts'

/** Who holds which version of what, seen from above: what a node said that it stored, until it loses power; and what its disk took. Plain JSON. */
export interface Copies {
  held: { [node: NodeId]: Kept }
  durable: { [node: NodeId]: Kept }
}
interface Kept { [key: string]: { version: Version; fact: FactNo } }

export const newCopies = (): Copies => ({ held: {}, durable: {} })

function keep(all: { [node: NodeId]: Kept }, node: NodeId, key: string, version: Version, fact: FactNo): void {
  const kept = (all[node] ??= {}), before = kept[key]
  if (before === undefined || isNewer(version, before.version)) kept[key] = { version, fact }
}

/** Keeps `copies` of the state up to date. Constant time a fact, for as many keys as a mission has. */
export const copyFolds: Folds<{ copies: Copies }> = {
  sent({ copies }, fact) {
    const body = fact.body as Message
    if (body.kind === 'store') keep(copies.held, fact.node, body.key, body.copy.version, fact.n)
    if (body.kind === 'stored') keep(copies.held, fact.node, body.key, body.version, fact.n)
  },
  stored({ copies }, fact) {
    for (const [key, copy] of Object.entries((fact.disk as QuorumStore['disk']).copies)) {
      keep(copies.durable, fact.node, key, copy.version, fact.n)
      keep(copies.held, fact.node, key, copy.version, fact.n)
    }
  },
  crashed({ copies }, fact) {
    if (fact.lostWrite) copies.held[fact.node] = { ...copies.durable[fact.node] }
  },
}

/** A write that was acknowledged to a customer; null for any other answer. */
export const acknowledged = (reply: object): { key: string; version: Version } | null => { const said = reply as Reply; return said.kind === 'stored' ? said : null }

/** How long a calm must last before it is looked at: what was just restarted has time to come back. */
export const CALM_MS = 5_000

/** Faults under way, and since when there are none: the time, and the fact that ended the last. */
export interface Calm { faults: string[]; sinceMs: SimMs | null; fact: FactNo; down: { [node: NodeId]: true } }
export const newCalm = (): Calm => ({ faults: [], sinceMs: null, fact: 0, down: {} })
const calms = (calm: Calm, fact: FactNo, judge: Judge): void => {
  calm.fact = fact
  calm.sinceMs = calm.faults.length === 0 && Object.keys(calm.down).length === 0 ? judge.nowMs : null
  if (calm.sinceMs !== null) judge.checkAt(calm.sinceMs + CALM_MS, String(calm.sinceMs))
}
export const calmFolds: Folds<{ calm: Calm }> = {
  'fault-started'({ calm }, fact) { calm.faults.push(fact.fault); calm.sinceMs = null },
  'fault-ended'({ calm }, fact, judge) { calm.faults = calm.faults.filter((one) => one !== fact.fault); calms(calm, fact.n, judge) },
  crashed({ calm }, fact) { calm.down[fact.node] = true; calm.sinceMs = null },
  restarted({ calm }, fact, judge) { delete calm.down[fact.node]; calms(calm, fact.n, judge) },
}
