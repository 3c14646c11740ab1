import { schema, t } from '@colyseus/schema'
import type { SchemaType } from '@colyseus/schema'

/** What everyone in the room may know. Nothing that a node could not know may ever be put here. */
export const LobbySeat = schema({
  node: t.string(),
  /** Public id of the student, empty for a bot's seat. */
  student: t.string(),
  name: t.string(),
  /** The student's page is connected. */
  here: t.boolean(),
  /** Who plays it now: `student` or `bot`. */
  playedBy: t.string(),
}, 'LobbySeat')
export type LobbySeat = SchemaType<typeof LobbySeat>

export const LobbyCluster = schema({ name: t.string(), seats: t.array(LobbySeat) }, 'LobbyCluster')
export type LobbyCluster = SchemaType<typeof LobbyCluster>

export const Lobby = schema({
  title: t.string(),
  code: t.string(),
  /** A `Phase`. */
  phase: t.string(),
  /** 0 before the first. */
  round: t.number(),
  scenario: t.string(),
  level: t.string(),
  clusterSize: t.number(),
  /** Length of the next round in simulated minutes. */
  minutes: t.number(),
  paused: t.boolean(),
  speed: t.number(),
  /** Round timer in simulated ms: at `elapsedAtMs` of the server's clock it showed `elapsedMs`, and runs at `speed` unless paused. */
  elapsedMs: t.number(),
  durationMs: t.number(),
  /** Whether scores are shown while a round is played. */
  scoresLive: t.boolean(),
  /** Students with a page here now. */
  here: t.number(),
  clusters: t.array(LobbyCluster),
}, 'Lobby')
export type Lobby = SchemaType<typeof Lobby>
