import type { ClusterInfo } from '../../sim/claim.ts'
import type { Fact } from '../../sim/facts.ts'
import type { Figure } from '../../sim/scenario.ts'
import type { NodeId, SimMs } from '../../sim/types.ts'
import { foldActed, foldCrashed, foldDelivered, foldRestarted, newWatch } from './claims/watch.ts'
import type { Change, Watch } from './claims/watch.ts'
import { english } from './words/en.ts'

/**
 * The quality of service of a failure detector (Chen, Toueg and Aguilera, 2002): how soon a crash is noticed, how often somebody is suspected who lives, how long
 * such a mistake lasts, and how often a question would be answered right.
 */

interface State {
  cluster: ClusterInfo
  watch: Watch
  /** Since when each pair, observer first, is wrong in its belief; absent while it is right, or the observer down. */
  wrong: { [pair: string]: SimMs }
  wrongMs: number
  /** Time of all pairs whose observer was up, to `lastMs`. */
  pairMs: number
  lastMs: SimMs
  /** Crashes not noticed yet, by pair, since when; and what the noticed ones took. */
  unseen: { [pair: string]: SimMs }
  detectedMs: number
  detected: number
  mistakes: number
  mistakeMs: number
  mistaken: { [pair: string]: SimMs }
  faults: string[]
  calmMs: SimMs | null
  /** When from then on all beliefs were right; null while they are not. */
  agreedMs: SimMs | null
}

const init = (cluster: ClusterInfo): State => ({
  cluster, watch: newWatch(), wrong: {}, wrongMs: 0, pairMs: 0, lastMs: 0, unseen: {}, detectedMs: 0, detected: 0, mistakes: 0, mistakeMs: 0, mistaken: {}, faults: [], calmMs: 0, agreedMs: 0,
})

const up = (state: State, node: NodeId): boolean => state.watch.crashed[node] === undefined
const pairOf = (observer: NodeId, peer: NodeId): string => `${observer}>${peer}`

/** Time goes on: every pair whose observer is up counts. */
function pass(state: State, nowMs: SimMs): void {
  const observers = state.cluster.nodes.filter((node) => up(state, node)).length
  state.pairMs += observers * (state.cluster.nodes.length - 1) * (nowMs - state.lastMs)
  state.lastMs = nowMs
}

/** Looks again at who is wrong about whom. */
function judge(state: State, nowMs: SimMs): void {
  for (const observer of state.cluster.nodes) {
    for (const peer of state.cluster.nodes) {
      if (peer === observer) continue
      const pair = pairOf(observer, peer), since = state.wrong[pair]
      const wrong = up(state, observer) && (state.watch.suspects[observer]?.[peer] !== undefined) === up(state, peer)
      if (wrong && since === undefined) state.wrong[pair] = nowMs
      if (!wrong && since !== undefined) { state.wrongMs += nowMs - since; delete state.wrong[pair] }
    }
  }
  if (Object.keys(state.wrong).length === 0) { if (state.calmMs !== null) state.agreedMs ??= Math.max(nowMs, state.calmMs) }
  else state.agreedMs = null
}

/** A suspicion of somebody who lives is a mistake from its beginning to its end. */
function mistake(state: State, change: NonNullable<Change>, nowMs: SimMs): void {
  const pair = pairOf(change.observer, change.peer), since = state.mistaken[pair]
  if (change.now === 'suspected' && up(state, change.peer)) { state.mistakes++; state.mistaken[pair] = nowMs }
  if (change.now === 'alive' && since !== undefined) { state.mistakeMs += nowMs - since; delete state.mistaken[pair] }
}

function endMistakes(state: State, nowMs: SimMs, of: (observer: NodeId, peer: NodeId) => boolean): void {
  for (const pair of Object.keys(state.mistaken)) {
    const [observer = '', peer = ''] = pair.split('>')
    if (!of(observer, peer)) continue
    state.mistakeMs += nowMs - (state.mistaken[pair] ?? nowMs)
    delete state.mistaken[pair]
  }
}

function detect(state: State, observer: NodeId, peer: NodeId, nowMs: SimMs): void {
  const since = state.unseen[pairOf(observer, peer)]
  if (since === undefined) return
  state.detectedMs += nowMs - since
  state.detected++
  delete state.unseen[pairOf(observer, peer)]
}

function crashed(state: State, node: NodeId, nowMs: SimMs): void {
  for (const pair of Object.keys(state.unseen)) if (pair.startsWith(`${node}>`)) delete state.unseen[pair]
  // It is no mistake any more, and whoever suspected it before has noticed at once.
  endMistakes(state, nowMs, (observer, peer) => observer === node || peer === node)
  for (const observer of state.cluster.nodes) {
    if (observer === node || !up(state, observer)) continue
    state.unseen[pairOf(observer, node)] = nowMs
    if (state.watch.suspects[observer]?.[node] !== undefined) detect(state, observer, node, nowMs)
  }
}

/** The last fault ended: from when on what was sent before cannot matter any more is not asked, beliefs are. */
function calm(state: State, nowMs: SimMs | null): void {
  state.calmMs = nowMs
  state.agreedMs = null
}

function fold(raw: object, fact: Fact): void {
  const state = raw as State
  if (fact.kind === 'delivered') { foldDelivered(state.watch, fact); return }
  if (fact.kind !== 'acted' && fact.kind !== 'crashed' && fact.kind !== 'restarted' && fact.kind !== 'fault-started' && fact.kind !== 'fault-ended') return
  pass(state, fact.atMs)
  switch (fact.kind) {
    case 'acted': {
      const change = foldActed(state.watch, fact)
      if (change === null) return
      mistake(state, change, fact.atMs)
      if (change.now === 'suspected') detect(state, change.observer, change.peer, fact.atMs)
      break
    }
    case 'crashed':
      foldCrashed(state.watch, fact)
      crashed(state, fact.node, fact.atMs)
      break
    case 'restarted':
      foldRestarted(state.watch, fact)
      for (const observer of state.cluster.nodes) delete state.unseen[pairOf(observer, fact.node)]
      break
    case 'fault-started':
      state.faults.push(fact.fault)
      calm(state, null)
      break
    case 'fault-ended':
      state.faults = state.faults.filter((one) => one !== fact.fault)
      if (state.faults.length === 0) calm(state, fact.atMs)
      break
  }
  judge(state, fact.atMs)
}

const openMs = (since: { readonly [pair: string]: SimMs }, nowMs: SimMs): number => Object.values(since).reduce((sum, at) => sum + nowMs - at, 0)

/** Mean time from a crash to the suspicion of each observer; one that suspected it already took none. */
const detection: Figure = {
  title: english.figures.detection, unit: 'ms', init, fold,
  value(raw) { const { detected, detectedMs } = raw as State; return detected === 0 ? null : Math.round(detectedMs / detected) },
  objective: { atMost: 24_000 },
}

/** Suspicions of nodes that live, a minute, in the whole cluster. */
const mistakes: Figure = {
  title: english.figures.mistakes, unit: 'count', init, fold,
  value: (raw, nowMs) => (nowMs < 60_000 ? null : Math.round((raw as State).mistakes * 600_000 / nowMs) / 10),
  objective: { atMost: 2.5 },
}

const mistakeTime: Figure = {
  title: english.figures['mistake-time'], unit: 'ms', init, fold,
  value(raw, nowMs) { const state = raw as State; return state.mistakes === 0 ? null : Math.round((state.mistakeMs + openMs(state.mistaken, nowMs)) / state.mistakes) },
  objective: null,
}

/** Of all times and pairs of nodes, how many a question "is it alive?" would have been answered right. */
const accuracy: Figure = {
  title: english.figures.accuracy, unit: 'percent', init, fold,
  value(raw, nowMs) {
    const state = raw as State, observers = state.cluster.nodes.filter((node) => up(state, node)).length
    const allMs = state.pairMs + observers * (state.cluster.nodes.length - 1) * (nowMs - state.lastMs)
    return allMs === 0 ? null : Math.floor(100 * (allMs - state.wrongMs - openMs(state.wrong, nowMs)) / allMs)
  },
  objective: { atLeast: 80 },
}

/** Liveness: from the last heal until everybody believes right of everybody. Nothing to say while something is broken. */
const agreement: Figure = {
  title: english.figures.agreement, unit: 'ms', init, fold,
  value(raw, nowMs) {
    const { calmMs, agreedMs } = raw as State
    if (calmMs === null) return null
    if (agreedMs !== null) return agreedMs - calmMs
    return nowMs - calmMs > 120_000 ? nowMs - calmMs : null
  },
  objective: { atMost: 60_000 },
  shares: [{ percent: 90, atMost: 20_000 }, { percent: 99, atMost: 60_000 }, { percent: 100, atMost: 120_000 }],
}

export const figures = { detection, mistakes, 'mistake-time': mistakeTime, accuracy, agreement } as const satisfies { [id: string]: Figure }
