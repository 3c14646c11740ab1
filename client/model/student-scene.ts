import type { StudentView } from '../../shared/sim/scenario.ts'
import type { ClockMs, NodeId } from '../../shared/sim/types.ts'
import type { StageNode, StagePacket, StageScene } from '../stage/scene.ts'
import type { RunningAlarm } from './alarms.ts'
import { texts } from '../texts/play.ts'

const share = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole)))

/** Seconds with a tenth while they are few. */
export function secondsText(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`
}

export interface SceneNow { clockMs: ClockMs; shownMs: number; flights: StagePacket[]; frozen: boolean; crashed: boolean; picked: NodeId | null; alarms: readonly RunningAlarm[]; isBot(id: NodeId): boolean }

function peerNode(id: NodeId, view: StudentView, now: SceneNow): StageNode {
  const peer = view.peers[id]
  const base = { id, shape: now.isBot(id) ? 'square' as const : 'circle' as const, own: false, selected: now.picked === id, tab: null }
  // Whoever has crashed remembers nobody.
  if (now.crashed) return { ...base, fill: 'empty', pennant: false, state: 'silent', ring: null, freshness: 0, lines: [] }
  if (peer === undefined || peer.heardAtMs === null) {
    return { ...base, fill: 'empty', pennant: false, state: 'silent', ring: null, freshness: 0, lines: [texts.notHeard, texts.nothingSince] }
  }
  const silentMs = now.clockMs - peer.heardAtMs
  const freshness = share(peer.patienceMs - silentMs, peer.patienceMs)
  if (peer.belief !== 'alive') {
    return { ...base, fill: 'empty', pennant: false, state: 'suspected', ring: null, freshness: 0, lines: [texts.suspected, texts.silentFor(secondsText(silentMs))] }
  }
  return {
    ...base, fill: peer.fill, pennant: peer.pennant, state: 'ok', ring: { fraction: freshness }, freshness,
    lines: [texts.alive, texts.heardAgo(secondsText(silentMs)), ...(peer.note === null ? [] : [peer.note])],
  }
}

/** The student's half of the world: the own node in the middle, and peers as they are believed to be. */
export function sceneOf(own: NodeId, peers: readonly NodeId[], view: StudentView, now: SceneNow): StageScene {
  const { ring } = view
  const leftMs = ring === null ? 0 : Math.max(0, ring.dueMs - now.clockMs)
  const self: StageNode = {
    id: own, shape: 'circle', own: true, selected: false, fill: view.fill, pennant: view.pennant, tab: null, freshness: 1,
    state: now.crashed ? 'crashed' : 'ok', ring: ring === null || now.crashed ? null : { fraction: share(leftMs, ring.dueMs - ring.fromMs) },
    alarms: now.crashed ? [] : now.alarms.map(alarm => alarm.fraction),
    lines: now.crashed ? [] : [...(ring === null ? [view.role] : [leftMs > 0 ? texts.ringIn(ring.label, secondsText(leftMs)) : texts.ringNow(ring.label)]), ...now.alarms.map(alarm => texts.ringIn(alarm.label, secondsText(alarm.leftMs)))],
  }
  return {
    viewport: 'student', nowMs: now.shownMs, cuts: [], dark: now.crashed, frozen: now.frozen,
    nodes: [self, ...peers.map(id => peerNode(id, view, now))], packets: now.crashed ? [] : now.flights,
  }
}
