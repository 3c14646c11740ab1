import type { Claim, ClusterInfo, Judge } from '../../../sim/claim.ts'
import type { Fact, FactOf } from '../../../sim/facts.ts'
import type { FactNo, NodeId, SimMs } from '../../../sim/types.ts'
import { foldRole } from './roles.ts'
import type { Roles } from './roles.ts'
import { bodyOf } from './votes.ts'

/** The higher term that a leader has heard of, and for how long it has been running since. */
interface Heard { term: number; fact: FactNo; from: NodeId; runsMs: number; sinceMs: SimMs; running: boolean }
/** A node that leads a term, since its first heartbeat for it. */
interface Led { term: number; fact: FactNo; heard: Heard | null }
interface State { roles: Roles; led: { [node: NodeId]: Led | null } }

const layDownMs = (cluster: ClusterInfo): number => cluster.timings['layDownMs'] as number

const lookLater = (heard: Heard, node: NodeId, judge: Judge, cluster: ClusterInfo): void =>
  judge.checkAt(heard.sinceMs + layDownMs(cluster) - heard.runsMs, node)

const fold = (state: State, fact: Fact): void => {
  const role = foldRole(state.roles, fact)
  if (role !== null) state.led[role.node] = role.change === 'led' ? { term: role.term, fact: fact.n, heard: null } : null
}

/**
 * A leader that hears of a higher term answers nobody in the lower one, and lays the role down within ten seconds of its own
 * running time (Raft, section 5.1). Constant time a fact.
 */
export const stepsDown: Claim<State> = {
  words: 'A leader that hears of a higher term answers nobody any more and steps down within 10 s.',
  severity: 'severe',
  concept: 'terms',
  prevention: 'A higher term wins: take it over, and follow.',
  init: () => ({ roles: {}, led: {} }),
  folds: {
    sent: fold,
    acted: fold,
    crashed: fold,
    delivered(state, fact: FactOf<'delivered'>, judge, cluster) {
      fold(state, fact)
      const led = state.led[fact.node] ?? null
      const { term } = bodyOf(fact)
      if (led === null || term <= led.term || led.heard !== null) return
      led.heard = { term, fact: fact.n, from: fact.from, runsMs: 0, sinceMs: fact.atMs, running: true }
      lookLater(led.heard, fact.node, judge, cluster)
    },
    paused(state, fact) {
      const heard = state.led[fact.node]?.heard ?? null
      if (heard === null) return
      heard.running = false
      heard.runsMs += fact.atMs - heard.sinceMs
    },
    resumed(state, fact, judge, cluster) {
      const heard = state.led[fact.node]?.heard ?? null
      if (heard === null) return
      heard.running = true
      heard.sinceMs = fact.atMs
      lookLater(heard, fact.node, judge, cluster)
    },
    replied(state, fact, judge) {
      const heard = state.led[fact.node]?.heard ?? null
      const { term } = fact.reply as { kind: string; term: number }
      if (heard !== null && term < heard.term) {
        judge.breach(`${fact.node} served ${term} knowing ${heard.term}`, [heard.fact, fact.n], { node: fact.node, term, heard: heard.term, from: heard.from, served: true })
      }
    },
  },
  due(state, node, judge, cluster) {
    const led = state.led[node] ?? null
    const heard = led?.heard ?? null
    if (led === null || heard === null || !heard.running) return
    if (heard.runsMs + judge.nowMs - heard.sinceMs < layDownMs(cluster)) return
    judge.breach(`${node} led ${led.term} knowing ${heard.term}`, [led.fact, heard.fact], { node, term: led.term, heard: heard.term, from: heard.from, served: false })
  },
  sentence: (v) => (v['served'] === true
    ? `${v['node']} had heard of term ${v['heard']} from ${v['from']}, and still answered a customer as leader of term ${v['term']}.`
    : `${v['node']} had heard of term ${v['heard']} from ${v['from']}, and still led term ${v['term']} 10 s later.`),
}
