import { NODE_IDS } from '../shared/sim/types.ts'
import type { WallView } from '../shared/wire/messages.ts'
import type { ClassSession } from './class-session.ts'
import { fits } from './codes.ts'
import { lobbyClusters, lobbyFields } from './lobby.ts'

/** Whether a key opens the wall of a class: its own, the co-instructor's, or the host's secret. */
export function opensWall(session: ClassSession, key: string): boolean {
  const { keys } = session.record
  const known = [session.hostSecretHash, ...(keys === undefined ? [] : [keys.coHash, keys.wallHash])]
  return known.some((hash) => fits(key, hash))
}

/** What the wall shows of a class now. Nobody's name or number is in it. */
export function wallOf(session: ClassSession): WallView {
  const { record, round, here, scores } = session
  const { title, code, phase, scenario, level, paused, speed, elapsedMs, durationMs } = lobbyFields(session)
  return {
    title, code, phase, round: record.round, scenario, level, paused, speed, elapsedMs, durationMs, here: here.size, live: record.scoresLive === true,
    clusters: lobbyClusters(session).map(({ name, seats }, cluster) => ({
      name,
      seats: seats.map((who, seat) => ({
        node: NODE_IDS[seat] ?? '', here: who !== null && here.has(who),
        bot: phase === 'round' && round !== null ? round.playedBy(cluster, seat) === 'bot' : who === null || !here.has(who),
      })),
      ...scores.wall(cluster),
    })),
    question: session.questions.seenBy({ role: 'wall' }),
  }
}
