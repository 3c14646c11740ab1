import type { ClusterInfo } from '../../sim/claim.ts'
import type { Fact } from '../../sim/facts.ts'
import type { Figure } from '../../sim/scenario.ts'
import type { SimMs } from '../../sim/types.ts'
import { deliveries } from './claims/shown.ts'
import type { Message, Reply } from './types.ts'
import { english } from './words/en.ts'

interface State {
  cluster: ClusterInfo
  /** Operations that some node lacks: when they were made, and who has them. */
  open: { [name: string]: { atMs: SimMs; nodes: string[] } }
  spreadMs: number
  spread: number
  sent: number
  placed: number
  concurrent: number
  relations: number
  faults: string[]
  calmMs: SimMs | null
  /** Since the last heal every operation made before it is everywhere. */
  settledMs: SimMs | null
}

const init = (cluster: ClusterInfo): State => ({ cluster, open: {}, spreadMs: 0, spread: 0, sent: 0, placed: 0, concurrent: 0, relations: 0, faults: [], calmMs: 0, settledMs: null })

function settle(state: State, nowMs: SimMs): void {
  const { calmMs } = state
  if (calmMs !== null && state.settledMs === null && !Object.values(state.open).some(({ atMs }) => atMs <= calmMs)) state.settledMs = Math.max(nowMs, calmMs)
}

function fold(raw: object, fact: Fact): void {
  const state = raw as State
  switch (fact.kind) {
    case 'acted': {
      const change = deliveries.acted?.(fact) ?? null
      if (change === null) return
      if (change.change === 'made') { state.open[change.operation] ??= { atMs: fact.atMs, nodes: [fact.node] }; return }
      const one = state.open[change.operation]
      if (one === undefined || one.nodes.includes(fact.node)) return
      one.nodes.push(fact.node)
      if (one.nodes.length < state.cluster.nodes.length) return
      state.spreadMs += fact.atMs - one.atMs
      state.spread++
      delete state.open[change.operation]
      settle(state, fact.atMs)
      return
    }
    case 'sent': if ((fact.body as Message).kind === 'op') state.sent++; return
    case 'replied': {
      const reply = fact.reply as Reply
      if (reply.kind === 'placed') state.placed++
      if (reply.kind === 'relation') { state.relations++; if (reply.relation === 'concurrent') state.concurrent++ }
      return
    }
    case 'fault-started': state.faults.push(fact.fault); state.calmMs = null; state.settledMs = null; return
    case 'fault-ended':
      state.faults = state.faults.filter((one) => one !== fact.fault)
      if (state.faults.length > 0) return
      state.calmMs = fact.atMs
      settle(state, fact.atMs)
      return
    default:
  }
}

/** Mean time from the making of an operation until every node has applied it. */
const spreading: Figure = {
  title: english.figures.spreading, unit: 'ms', init, fold,
  value(raw) { const { spread, spreadMs } = raw as State; return spread === 0 ? null : Math.round(spreadMs / spread) },
  objective: { atMost: 60_000 },
}

/** Messages with operations for each operation that was placed. */
const messages: Figure = {
  title: english.figures.messages, unit: 'count', init, fold,
  value(raw) { const { sent, placed } = raw as State; return placed === 0 ? null : Math.round((sent * 10) / placed) / 10 },
  objective: null,
}

/** Of the pairs that customers asked about, how many were called concurrent. */
const concurrent: Figure = {
  title: english.figures.concurrent, unit: 'percent', init, fold,
  value(raw) { const state = raw as State; return state.relations === 0 ? null : Math.round((100 * state.concurrent) / state.relations) },
  objective: null,
}

/** Liveness: from the last heal until every operation made before it has been applied everywhere. Nothing to say while something is broken. */
const settled: Figure = {
  title: english.figures.settled, unit: 'ms', init, fold,
  value(raw, nowMs) {
    const { calmMs, settledMs } = raw as State
    if (calmMs === null) return null
    if (settledMs !== null) return settledMs - calmMs
    return nowMs - calmMs > 120_000 ? nowMs - calmMs : null
  },
  objective: { atMost: 60_000 },
  shares: [{ percent: 90, atMost: 40_000 }, { percent: 99, atMost: 60_000 }, { percent: 100, atMost: 120_000 }],
}

export const figures = { spreading, settled, messages, concurrent } as const satisfies { [id: string]: Figure }
