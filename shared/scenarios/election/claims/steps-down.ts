import type { Claim, ClusterInfo, Judge } from '../../../sim/claim.ts'
import type { FactNo, NodeId, SimMs } from '../../../sim/types.ts'
import { roleFolds } from './roles.ts'
import type { RoleChange, Roles } from './roles.ts'
import { bodyOf } from './shown.ts'

/** The higher term that a leader has heard of, and for how long it has been running since. */
interface Heard { term: number; fact: FactNo; from: NodeId; runsMs: number; sinceMs: SimMs; running: boolean; /** By which fact it stood, if it heard so early. */ stood: FactNo | null }
/** A node that leads a term, since its first heartbeat for it. */
interface Led { term: number; fact: FactNo; heard: Heard | null }
/** A node that stands in a term, and the first higher term that reached it since. */
interface Stood { term: number; fact: FactNo; heard: Pick<Heard, 'term' | 'fact' | 'from'> | null }
interface State { roles: Roles; stood: { [node: NodeId]: Stood | null }; led: { [node: NodeId]: Led | null } }

const layDownMs = (cluster: ClusterInfo): number => cluster.timings['layDownMs'] as number

const lookLater = (heard: Heard, node: NodeId, judge: Judge, cluster: ClusterInfo): void =>
  judge.checkAt(heard.sinceMs + layDownMs(cluster) - heard.runsMs, node)

/** The facts that show a leader of a term that has heard of a higher one. */
const knowing = (led: Led, heard: Heard): FactNo[] => (heard.stood === null ? [led.fact, heard.fact] : [heard.stood, heard.fact, led.fact])

/** Takes note of a node that begins or ceases to lead by this fact. */
function foldChange(state: State, role: RoleChange, fact: FactNo, atMs: SimMs, judge: Judge, cluster: ClusterInfo): void {
  if (role === null) return
  if (role.change === 'laid-down') { state.led[role.node] = null; return }
  // Who heard of a higher term while it stood, and leads the lower one all the same, has known it from its first moment.
  const stood = state.stood[role.node] ?? null
  const heard: Heard | null = stood !== null && stood.term === role.term && stood.heard !== null ? { ...stood.heard, runsMs: 0, sinceMs: atMs, running: true, stood: stood.fact } : null
  state.led[role.node] = { term: role.term, fact, heard }
  if (heard !== null) lookLater(heard, role.node, judge, cluster)
}

/**
 * A leader that hears of a higher term answers nobody in the lower one, and lays the role down within ten seconds of its own
 * running time (Raft, section 5.1); one that heard of it while it stood is held to the same from its first heartbeat. A mere follower
 * may let a request of a higher term pass. Constant time a fact.
 */
export const stepsDown: Claim<State> = {
  words: 'A leader that hears of a higher term answers nobody any more and steps down within 10 s.',
  severity: 'severe',
  concept: 'terms',
  prevention: 'A higher term wins: take it over, and follow.',
  init: () => ({ roles: {}, stood: {}, led: {} }),
  folds: {
    sent(state, fact, judge, cluster) {
      const body = bodyOf(fact)
      if (body.kind === 'ask-vote') {
        const stood = state.stood[fact.node] ?? null
        if (stood === null || stood.term !== body.term) state.stood[fact.node] = { term: body.term, fact: fact.n, heard: null }
      }
      foldChange(state, roleFolds.sent(state.roles, fact), fact.n, fact.atMs, judge, cluster)
    },
    acted: (state, fact, judge, cluster) => foldChange(state, roleFolds.acted(state.roles, fact), fact.n, fact.atMs, judge, cluster),
    crashed(state, fact, judge, cluster) {
      state.stood[fact.node] = null
      foldChange(state, roleFolds.crashed(state.roles, fact), fact.n, fact.atMs, judge, cluster)
    },
    delivered(state, fact, judge, cluster) {
      roleFolds.delivered(state.roles, fact)
      const led = state.led[fact.node] ?? null
      const stood = state.stood[fact.node] ?? null
      const { term } = bodyOf(fact)
      if (stood !== null && stood.heard === null && term > stood.term) stood.heard = { term, fact: fact.n, from: fact.from }
      if (led === null || term <= led.term || led.heard !== null) return
      led.heard = { term, fact: fact.n, from: fact.from, runsMs: 0, sinceMs: fact.atMs, running: true, stood: null }
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
      const led = state.led[fact.node] ?? null
      const heard = led?.heard ?? null
      const { term } = fact.reply as { kind: string; term: number }
      if (led !== null && heard !== null && term < heard.term) {
        judge.breach(`${fact.node} served ${term} knowing ${heard.term}`, [...knowing(led, heard), fact.n], { node: fact.node, term, heard: heard.term, from: heard.from, served: true })
      }
    },
  },
  due(state, node, judge, cluster) {
    const led = state.led[node] ?? null
    const heard = led?.heard ?? null
    if (led === null || heard === null || !heard.running) return
    if (heard.runsMs + judge.nowMs - heard.sinceMs < layDownMs(cluster)) return
    judge.breach(`${node} led ${led.term} knowing ${heard.term}`, knowing(led, heard), { node, term: led.term, heard: heard.term, from: heard.from, served: false })
  },
  sentence: (v) => (v['served'] === true
    ? `${v['node']} had heard of term ${v['heard']} from ${v['from']}, and still answered a customer as leader of term ${v['term']}.`
    : `${v['node']} had heard of term ${v['heard']} from ${v['from']}, and still led term ${v['term']} 10 s later.`),
}
