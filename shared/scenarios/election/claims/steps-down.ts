import type { Claim, Judge } from '../../../sim/claim.ts'
import type { FactNo, NodeId, Timings } from '../../../sim/types.ts'
import { bodyOf } from './votes.ts'

interface Led {
  /** The term it leads: it has sent a heartbeat for it. */
  term: number
  fact: FactNo
  /** The higher term that it has heard since, and by when it must have laid the role down. */
  heard: null | { term: number; fact: FactNo; runsMs: number; sinceMs: number; running: boolean; from: NodeId }
}
interface State { nodes: { [node: NodeId]: Led | null }; paused: { [node: NodeId]: boolean } }

const layDownMs = (timings: Timings): number => timings['layDownMs'] as number

function check(state: State, node: NodeId, judge: Judge, timings: Timings): void {
  const heard = state.nodes[node]?.heard
  if (heard?.running === true) judge.checkAt(heard.sinceMs + layDownMs(timings) - heard.runsMs, node)
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
  init: () => ({ nodes: {}, paused: {} }),
  folds: {
    sent(state, fact) {
      const body = bodyOf(fact)
      const led = state.nodes[fact.node] ?? null
      if (body.kind === 'beat' && (led === null || body.term > led.term)) state.nodes[fact.node] = { term: body.term, fact: fact.n, heard: null }
    },
    delivered(state, fact, judge, cluster) {
      const led = state.nodes[fact.node] ?? null
      const { term } = bodyOf(fact)
      if (led === null || term <= led.term || led.heard !== null) return
      led.heard = { term, fact: fact.n, runsMs: 0, sinceMs: fact.atMs, running: true, from: fact.from }
      check(state, fact.node, judge, cluster.timings)
    },
    acted(state, fact) {
      const { kind } = fact.action
      if (kind === 'step-down' || kind === 'adopt-term' || kind === 'grant' || kind === 'stand') {
        // What lays down the role; for a letter it is the higher term in it that does.
        if (kind === 'step-down' || kind === 'stand' || state.nodes[fact.node]?.heard !== null) state.nodes[fact.node] = null
      }
    },
    crashed(state, fact) { state.nodes[fact.node] = null; state.paused[fact.node] = false },
    paused(state, fact) {
      const heard = state.nodes[fact.node]?.heard
      if (heard?.running !== true) return
      heard.running = false
      heard.runsMs += fact.atMs - heard.sinceMs
    },
    resumed(state, fact, judge, cluster) {
      const heard = state.nodes[fact.node]?.heard
      if (heard === undefined || heard === null || heard.running) return
      heard.running = true
      heard.sinceMs = fact.atMs
      check(state, fact.node, judge, cluster.timings)
    },
    replied(state, fact, judge) {
      const led = state.nodes[fact.node] ?? null
      const term = (fact.reply as { kind: string; term: number }).term
      if (led?.heard !== null && led?.heard !== undefined && term < led.heard.term) {
        judge.breach(`${fact.node} served ${term} knowing ${led.heard.term}`, [led.heard.fact, fact.n], { node: fact.node, term, heard: led.heard.term, from: led.heard.from, served: true })
      }
    },
  },
  due(state, node, judge, cluster) {
    const led = state.nodes[node] ?? null
    const heard = led?.heard ?? null
    if (led === null || heard === null || !heard.running) return
    if (heard.runsMs + judge.nowMs - heard.sinceMs < layDownMs(cluster.timings)) return
    judge.breach(`${node} led ${led.term} knowing ${heard.term}`, [led.fact, heard.fact], { node, term: led.term, heard: heard.term, from: heard.from, served: false })
  },
  sentence: (v) => (v['served'] === true
    ? `${v['node']} had heard of term ${v['heard']} from ${v['from']}, and still answered a customer as leader of term ${v['term']}.`
    : `${v['node']} had heard of term ${v['heard']} from ${v['from']}, and still led term ${v['term']} 10 s later.`),
}
