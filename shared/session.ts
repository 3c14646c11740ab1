import { CLUSTER_NAMES, cleanName, distinctName } from './names.ts'
import type { ChaosPlan } from './plan-file.ts'
import { scenarios, USUAL_MISSION } from './scenarios/index.ts'
import type { Level, PlayedBy, SimMs } from './sim/types.ts'
import type { Seed } from './sim/draws.ts'
import { CLUSTER_SIZE_MAX, CLUSTER_SIZE_MIN, CLUSTERS_MAX, STUDENTS_MAX } from './wire/messages.ts'
import type { Phase } from './wire/messages.ts'

/**
 * The record of a class: who is in it, in which phase it is, and which rounds it has played. It holds all that is personal,
 * so that it can be emptied; the rounds' recordings hold none of it. Every change is a pure function from a record to the next one or a
 * sentence that says why not. What happens inside a round is not here: that is the recording's.
 */
export interface ClassRecord {
  version: 1
  title: string
  phase: Phase
  /** Rounds begun so far; 0 before the first. */
  round: number
  students: readonly Student[]
  setUp: SetUp
  /** What the next rounds run instead of the mission's own plan; absent: the mission's own. */
  plan?: ChaosPlan
  /** Formed at `brief`; empty before. */
  clusters: readonly SeatedCluster[]
  /** The round being played, or the last one that was. */
  playing: Playing | null
  /** The instructors' latest commands that changed this record, as `appliedMark` names them: one sent again is not applied again. */
  applied: readonly (number | string)[]
  /** Hashes of the keys that the host hands on; absent until the host of an older class comes. */
  keys?: { coHash: string; wallHash: string }
  /** How many questions were asked so far; absent: none. */
  questions?: number
  /** What is asked in the round that is played; absent: nothing. */
  question?: Question
  /** Whether students and the wall see scores while they play. */
  scoresLive?: boolean
}

/** `id` is public in the class; of the seat's token only a hash is kept. */
export interface Student { id: string; name: string; tokenHash: string }
/** `minutes`: the length of a round in simulated minutes; absent: the usual five. */
export interface SetUp { scenario: string; level: Level; clusterSize: number; minutes?: number | undefined }
/** `n` counts the questions of the class. `open`: it may be answered; then its tally is shown to all. Answers are inputs of the recordings. */
export interface Question { n: number; text: string; options: readonly string[]; open: boolean }
/** `seats`: the student's id, or null for a bot's seat. */
export interface SeatedCluster { name: string; seats: readonly (string | null)[] }
/** All that the headers of a round's recordings are made from, kept first, so that a kill between the two loses nothing. */
export interface Playing { round: number; setUp: SetUp; durationMs: SimMs; chaos: boolean; plan?: ChaosPlan; clusters: readonly PlayingCluster[] }
export interface PlayingCluster { recordingId: string; seed: Seed; name: string; playedBy: readonly PlayedBy[] }

/** Usual length of a round in simulated ms. */
export const ROUND_MS = 300_000
const APPLIED_KEPT = 64

export type Change = { ok: true; record: ClassRecord } | { ok: false; reason: string }
export const no = (reason: string): Change => ({ ok: false, reason })
export const yes = (record: ClassRecord): Change => ({ ok: true, record })

export function newClass(title: string, keys?: ClassRecord['keys']): ClassRecord {
  const first = scenarios[USUAL_MISSION]
  return {
    version: 1, title, phase: 'lobby', round: 0, students: [], clusters: [], playing: null, applied: [],
    ...(keys === undefined ? {} : { keys }),
    setUp: { scenario: first?.id ?? '', level: 'L2', clusterSize: first?.nodes.usual ?? CLUSTER_SIZE_MIN },
  }
}

/** Who asked for a change, and with which of their numbers. */
export interface Commanded { author: string; seq: number }
/** The author of commands from a page that has no name of its own. */
export const HOST = 'host'

/** How a command is named among those that are done. */
export const appliedMark = ({ author, seq }: Commanded): number | string => (author === HOST ? seq : `${author} ${seq}`)

/** Notes that an instructor's command is done. */
export function applied(record: ClassRecord, commanded: Commanded): ClassRecord {
  return { ...record, applied: [...record.applied, appliedMark(commanded)].slice(-APPLIED_KEPT) }
}

/** Where a student sits. */
export function seatOf(record: ClassRecord, student: string): { cluster: number; seat: number } | null {
  for (const [cluster, { seats }] of record.clusters.entries()) {
    const seat = seats.indexOf(student)
    if (seat >= 0) return { cluster, seat }
  }
  return null
}

/** The bot's seat that a latecomer takes: in the cluster with the fewest humans, the first of them. Null when every seat has its student. */
export function freeSeat(record: ClassRecord): { cluster: number; seat: number } | null {
  let best: { cluster: number; seat: number; humans: number } | null = null
  for (const [cluster, { seats }] of record.clusters.entries()) {
    const seat = seats.indexOf(null)
    const humans = seats.filter((one) => one !== null).length
    if (seat >= 0 && (best === null || humans < best.humans)) best = { cluster, seat, humans }
  }
  return best === null ? null : { cluster: best.cluster, seat: best.seat }
}

function withSeat(record: ClassRecord, at: { cluster: number; seat: number }, student: string | null): ClassRecord {
  return {
    ...record,
    clusters: record.clusters.map((one, cluster) => (cluster !== at.cluster ? one
      : { ...one, seats: one.seats.map((who, seat) => (seat === at.seat ? student : who)) })),
  }
}

/** A new student. Once clusters are formed they take a bot's seat at once; before that they wait. The name is cleaned and made distinct. */
export function joinClass(record: ClassRecord, id: string, rawName: string, tokenHash: string): Change {
  if (record.phase === 'closed') return no('This class has ended.')
  const cleaned = cleanName(rawName)
  if (!cleaned.ok) return cleaned
  if (record.students.length >= STUDENTS_MAX) return no('This class is full.')
  const name = distinctName(cleaned.name, record.students.map((one) => one.name))
  const grown = { ...record, students: [...record.students, { id, name, tokenHash }] }
  return grown.clusters.length === 0 ? yes(grown) : takeSeat(grown, id)
}

/** Seats a student who has none, in a bot's seat. Nothing changes for one who has a seat, or before clusters are formed. */
export function takeSeat(record: ClassRecord, student: string): Change {
  if (record.clusters.length === 0 || seatOf(record, student) !== null) return yes(record)
  const free = freeSeat(record)
  // Between rounds there is nothing to be late for: the next briefing makes room.
  if (free === null) return record.phase === 'debrief' ? yes(record) : no('This class is full: every seat has its student. Ask your instructor.')
  return yes(withSeat(record, free, student))
}

export function renameStudent(record: ClassRecord, student: string, rawName: string): Change {
  const cleaned = cleanName(rawName)
  if (!cleaned.ok) return cleaned
  if (!record.students.some((one) => one.id === student)) return no('That student is not in this class.')
  const name = distinctName(cleaned.name, record.students.filter((one) => one.id !== student).map((one) => one.name))
  return yes({ ...record, students: record.students.map((one) => (one.id === student ? { ...one, name } : one)) })
}

/** Takes a student off the roster; their seat is a bot's from now on, and their token worth nothing. */
export function removeStudent(record: ClassRecord, student: string): Change {
  if (!record.students.some((one) => one.id === student)) return no('That student is not in this class.')
  const at = seatOf(record, student)
  const without = { ...record, students: record.students.filter((one) => one.id !== student) }
  return yes(at === null ? without : withSeat(without, at, null))
}

/** Gives a student another seat; whoever sits there takes theirs. */
export function moveStudent(record: ClassRecord, student: string, to: { cluster: number; seat: number }): Change {
  if (record.clusters.length === 0) return no('Clusters are formed at the briefing. Move students after it.')
  const there = record.clusters[to.cluster]?.seats[to.seat]
  if (there === undefined) return no('There is no such seat.')
  const from = seatOf(record, student)
  if (from === null && there !== null) return no('That student has no seat to give in exchange.')
  if (from === null && !record.students.some((one) => one.id === student)) return no('That student is not in this class.')
  if (there === student) return yes(record)
  return yes(withSeat(from === null ? record : withSeat(record, from, there), to, student))
}

/** Chooses mission, help level and size of the clusters, between rounds. From a briefing it leads back to the lobby: what was read out may be true no more. */
export function setUp(record: ClassRecord, wanted: SetUp): Change {
  if (record.phase === 'round' || record.phase === 'closed') return no('The mission can be chosen between rounds.')
  const scenario = Object.hasOwn(scenarios, wanted.scenario) ? scenarios[wanted.scenario] : undefined
  if (scenario === undefined) return no('There is no such mission.')
  const least = Math.max(CLUSTER_SIZE_MIN, scenario.nodes.min)
  const most = Math.min(CLUSTER_SIZE_MAX, scenario.nodes.max)
  if (wanted.clusterSize < least || wanted.clusterSize > most) return no(`A cluster of this mission has ${least} to ${most} nodes.`)
  return yes({ ...record, phase: record.phase === 'briefing' ? 'lobby' : record.phase, setUp: { ...wanted } })
}

/** Chooses the plan of the next rounds, between rounds; null: the mission's own. Whether it fits the mission is asked when a round starts with it. */
export function choosePlan(record: ClassRecord, plan: ChaosPlan | null): Change {
  if (record.phase === 'round' || record.phase === 'closed') return no('The plan of the next rounds can be chosen between rounds.')
  const { plan: _before, ...rest } = record
  return yes(plan === null ? rest : { ...rest, plan })
}

/**
 * Seats for these students in clusters of `size`, filled up with bots: everybody keeps the seat they had if the size is still the
 * same; newcomers go where the fewest humans are. Null when they do not fit into twelve clusters.
 */
export function formClusters(students: readonly string[], size: number, before: readonly SeatedCluster[]): SeatedCluster[] | null {
  const needed = Math.max(1, Math.ceil(students.length / size))
  if (needed > CLUSTERS_MAX) return null
  const kept = before.filter((one) => one.seats.length === size)
    .map(({ name, seats }) => ({ name, seats: seats.map((who) => (who !== null && students.includes(who) ? who : null)) }))
    .filter(({ seats }) => seats.some((who) => who !== null))
  const clusters = [...kept]
  const names = CLUSTER_NAMES.filter((name) => !kept.some((one) => one.name === name))
  while (clusters.length < needed) clusters.push({ name: names.shift() ?? `Cluster ${clusters.length + 1}`, seats: Array.from({ length: size }, () => null) })
  const seated = new Set(clusters.flatMap(({ seats }) => seats))
  for (const student of students) {
    if (seated.has(student)) continue
    const humans = (seats: readonly (string | null)[]): number => seats.filter((who) => who !== null).length
    const open = clusters.filter(({ seats }) => seats.includes(null))
    const emptiest = open.reduce((best, one) => (humans(one.seats) < humans(best.seats) ? one : best), open[0] as (typeof clusters)[number])
    emptiest.seats[emptiest.seats.indexOf(null)] = student
  }
  return clusters
}

/** lobby or debrief -> briefing: clusters are formed from the students who are here. */
export function brief(record: ClassRecord, here: readonly string[]): Change {
  if (record.phase !== 'lobby' && record.phase !== 'debrief') return no('The briefing comes after the lobby or a debrief.')
  const { clusterSize } = record.setUp
  const clusters = formClusters(here, clusterSize, record.clusters)
  if (clusters === null) return no(`${here.length} students do not fit into ${CLUSTERS_MAX} clusters of ${clusterSize}. Choose larger clusters.`)
  return yes({ ...record, phase: 'briefing', clusters })
}

/** briefing -> round. `clusters` names each cluster's recording and seed, in order; `here`: who plays their seat from the start. */
export function startRound(record: ClassRecord, clusters: readonly { recordingId: string; seed: Seed }[], chaos: boolean, here: ReadonlySet<string>): Change {
  if (record.phase !== 'briefing') return no('A round starts from the briefing.')
  const round = record.round + 1
  const playing: Playing = {
    round, setUp: record.setUp, durationMs: record.setUp.minutes === undefined ? ROUND_MS : record.setUp.minutes * 60_000, chaos, ...(record.plan === undefined ? {} : { plan: record.plan }),
    clusters: record.clusters.map(({ name, seats }, index) => {
      const { recordingId, seed } = clusters[index] as { recordingId: string; seed: Seed }
      return { recordingId, seed, name, playedBy: seats.map((who) => (who !== null && here.has(who) ? 'student' : 'bot')) }
    }),
  }
  return yes({ ...record, phase: 'round', round, playing })
}

/** round -> debrief, once every cluster has ended. */
export function debrief(record: ClassRecord): Change {
  const { question: _asked, ...rest } = record
  return record.phase === 'round' ? yes({ ...rest, phase: 'debrief' }) : no('No round is being played.')
}

export function closeClass(record: ClassRecord): Change {
  return record.phase === 'closed' ? no('This class has ended.') : yes({ ...record, phase: 'closed' })
}
