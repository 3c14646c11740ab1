import type { ClusterInfo } from '../../sim/claim.ts'
import type { Fact } from '../../sim/facts.ts'
import type { Figure } from '../../sim/scenario.ts'
import type { SimMs } from '../../sim/types.ts'
import type { Operation, Reply } from './types.ts'
import { english } from './words/en.ts'

interface State {
  cluster: ClusterInfo
  asked: { [request: string]: Operation['kind'] }
  /** Time that answered operations took, and how many. */
  took: { [kind in Operation['kind']]: { ms: number; count: number } }
  queries: number
  stores: number
  faults: string[]
  calmMs: SimMs | null
  answeredMs: SimMs | null
}

const init = (cluster: ClusterInfo): State => ({ cluster, asked: {}, took: { read: { ms: 0, count: 0 }, write: { ms: 0, count: 0 } }, queries: 0, stores: 0, faults: [], calmMs: 0, answeredMs: null })

function fold(raw: object, fact: Fact): void {
  const state = raw as State
  switch (fact.kind) {
    case 'requested': state.asked[fact.request] = (fact.operation as Operation).kind; return
    case 'expired': case 'unreached': delete state.asked[fact.request]; return
    case 'replied': {
      const kind = state.asked[fact.request], reply = fact.reply as Reply
      delete state.asked[fact.request]
      if (kind === undefined || reply.kind === 'failed') return
      state.took[kind].ms += fact.tookMs
      state.took[kind].count++
      if (state.calmMs !== null) state.answeredMs ??= fact.atMs
      return
    }
    case 'sent': {
      const { kind } = fact.body
      if (kind === 'query') state.queries++
      if (kind === 'store') state.stores++
      return
    }
    case 'fault-started': state.faults.push(fact.fault); state.calmMs = null; state.answeredMs = null; return
    case 'fault-ended':
      state.faults = state.faults.filter((one) => one !== fact.fault)
      if (state.faults.length === 0) { state.calmMs = fact.atMs; state.answeredMs = null }
      return
    default:
  }
}

const time = (kind: Operation['kind'], title: string): Figure => ({
  title, unit: 'ms', init, fold,
  value(raw) { const { ms, count } = (raw as State).took[kind]; return count === 0 ? null : Math.round(ms / count) },
  objective: { atMost: 25_000 },
})

/** Messages that coordinators sent for each answered operation. */
const messages: Figure = {
  title: english.figures.messages, unit: 'count', init, fold,
  value(raw) { const { queries, stores, took } = raw as State, count = took.read.count + took.write.count; return count === 0 ? null : Math.round(((queries + stores) * 10) / count) / 10 },
  objective: null,
}

/** Liveness: from the last heal until a customer is answered. Nothing to say while something is broken. */
const recovery: Figure = {
  title: english.figures.recovery, unit: 'ms', init, fold,
  value(raw, nowMs) {
    const { calmMs, answeredMs } = raw as State
    if (calmMs === null) return null
    if (answeredMs !== null) return answeredMs - calmMs
    return nowMs - calmMs > 120_000 ? nowMs - calmMs : null
  },
  objective: { atMost: 60_000 },
  shares: [{ percent: 90, atMost: 40_000 }, { percent: 99, atMost: 60_000 }, { percent: 100, atMost: 120_000 }],
}

export const figures = { 'read-time': time('read', english.figures['read-time']), 'write-time': time('write', english.figures['write-time']), messages, recovery } as const satisfies { [id: string]: Figure }
