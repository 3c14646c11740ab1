import { formClusters, ROUND_MS } from '../shared/session.ts'
import type { SeatedCluster } from '../shared/session.ts'
import { LobbyCluster, LobbySeat } from '../shared/wire/lobby.ts'
import type { Lobby } from '../shared/wire/lobby.ts'
import { NODE_IDS } from '../shared/sim/types.ts'
import type { ClassSession } from './class-session.ts'

/** What everyone may know of a class, but for who sits where. */
export function lobbyFields({ id, record, round, here }: ClassSession) {
  return {
    title: record.title, code: id, phase: record.phase, round: record.round,
    scenario: record.setUp.scenario, level: record.setUp.level, clusterSize: record.setUp.clusterSize, minutes: record.setUp.minutes ?? ROUND_MS / 60_000,
    paused: record.phase === 'round' && round !== null && !round.running,
    speed: round?.speed ?? 1,
    // In whole seconds: it says how late it is, and pages count on by themselves.
    elapsedMs: round === null ? 0 : Math.floor(round.elapsedMs / 1_000) * 1_000,
    durationMs: round?.durationMs ?? record.playing?.durationMs ?? 0,
    here: here.size,
    scoresLive: record.scoresLive === true,
  }
}

/** What everyone in the room may know, written into the room's schema state. Only what differs is touched, so only that travels. */
export function writeLobby(lobby: Lobby, session: ClassSession): void {
  const { record, round, here } = session
  assign(lobby, lobbyFields(session))
  const clusters = lobbyClusters(session)
  while (lobby.clusters.length > clusters.length) lobby.clusters.pop()
  for (const [index, { name, seats }] of clusters.entries()) {
    let cluster = lobby.clusters[index]
    if (cluster === undefined) {
      cluster = new LobbyCluster()
      lobby.clusters.push(cluster)
    }
    assign(cluster, { name })
    while (cluster.seats.length > seats.length) cluster.seats.pop()
    for (const [at, student] of seats.entries()) {
      let seat = cluster.seats[at]
      if (seat === undefined) {
        seat = new LobbySeat()
        cluster.seats.push(seat)
      }
      const isHere = student !== null && here.has(student)
      assign(seat, {
        node: NODE_IDS[at] ?? '', student: student ?? '', name: record.students.find((one) => one.id === student)?.name ?? '', here: isHere,
        playedBy: record.phase === 'round' && round !== null ? round.playedBy(index, at) : isHere ? 'student' : 'bot',
      })
    }
  }
}

/** Before the first briefing: where everybody would sit if it came now. */
export function lobbyClusters({ record, here }: ClassSession): readonly SeatedCluster[] {
  if (record.clusters.length > 0) return record.clusters
  const waiting = record.students.map(({ id }) => id).filter((id) => here.has(id))
  return formClusters(waiting, record.setUp.clusterSize, []) ?? []
}

function assign<T extends object>(target: T, values: Partial<T>): void {
  for (const name in values) {
    const value = values[name]
    if (value !== undefined && target[name] !== value) target[name] = value
  }
}
