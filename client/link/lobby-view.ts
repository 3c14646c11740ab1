import { LEVELS } from '../../shared/sim/types.ts'
import type { Level } from '../../shared/sim/types.ts'
import type { Lobby } from '../../shared/wire/lobby.ts'
import type { Phase } from '../../shared/wire/messages.ts'

export interface LobbyCluster { name: string; seats: { node: string; student: string; name: string; here: boolean; playedBy: string }[] }

/** What everybody in the class knows, as plain values. `readAtMs`: the page's own clock when `elapsedMs` was read. */
export interface LobbyView {
  title: string; code: string; phase: Phase; round: number; scenario: string; level: Level; clusterSize: number; minutes: number
  paused: boolean; speed: number; elapsedMs: number; durationMs: number; here: number; scoresLive: boolean; clusters: LobbyCluster[]; readAtMs: number
}

const phases: readonly Phase[] = ['lobby', 'briefing', 'round', 'debrief', 'closed']

/** Makes a plain view of the room's state. `before` keeps the time of reading while the timer's own fields stay as they were. */
export function lobbyView(state: Lobby, nowMs: number, before: LobbyView | null): LobbyView {
  const same = before !== null && before.elapsedMs === state.elapsedMs && before.paused === state.paused
    && before.speed === state.speed && before.round === state.round && before.phase === state.phase
  return {
    title: state.title, code: state.code, round: state.round, scenario: state.scenario, clusterSize: state.clusterSize, minutes: state.minutes,
    phase: phases.find(each => each === state.phase) ?? 'lobby', level: LEVELS.find(each => each === state.level) ?? 'L2',
    paused: state.paused, speed: state.speed, elapsedMs: state.elapsedMs, durationMs: state.durationMs, here: state.here, scoresLive: state.scoresLive,
    clusters: [...state.clusters].map(cluster => ({
      name: cluster.name,
      seats: [...cluster.seats].map(({ node, student, name, here, playedBy }) => ({ node, student, name, here, playedBy })),
    })),
    readAtMs: same ? before.readAtMs : nowMs,
  }
}

/** The round's timer now, in simulated ms: it runs at the room's speed unless paused. */
export function elapsedAt(lobby: LobbyView, nowMs: number): number {
  const running = lobby.phase === 'round' && !lobby.paused
  return Math.min(lobby.durationMs, lobby.elapsedMs + (running ? (nowMs - lobby.readAtMs) * lobby.speed : 0))
}
