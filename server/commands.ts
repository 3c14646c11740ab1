import { faults } from '../shared/faults/index.ts'
import { headerOf, settingsFor } from '../shared/headless.ts'
import type { ChaosPlan } from '../shared/plan-file.ts'
import type { Header } from '../shared/recording.ts'
import { scenarios } from '../shared/scenarios/index.ts'
import { applied, brief, choosePlan, closeClass, removeStudent, renameStudent, seatOf, setUp, startRound } from '../shared/session.ts'
import type { Change, ClassRecord, Playing } from '../shared/session.ts'
import { assert } from '../shared/sim/assert.ts'
import type { FaultRegistry } from '../shared/sim/fault.ts'
import { FAULTS_MAX } from '../shared/sim/limits.ts'
import { wrongStart } from '../shared/sim/fault-check.ts'
import type { HostCommand } from '../shared/wire/messages.ts'
import { newSecret, newSeed } from './codes.ts'
import type { ClassSession } from './class-session.ts'
import type { Cluster } from './cluster.ts'
import { runPlan, unfitPlan } from './plan-commands.ts'
import type { Asked, Round } from './round.ts'
import { StoreError } from './store/types.ts'

const registry: FaultRegistry = faults

/** Does what the instructor asks; null when it is done and on disk, else a sentence that says why nothing was changed. */
export async function runCommand(session: ClassSession, seq: number, command: HostCommand): Promise<string | null> {
  switch (command.kind) {
    case 'set-up': {
      const { kind: _kind, ...wanted } = command
      return change(session, seq, (record) => setUp(record, wanted))
    }
    case 'brief': return change(session, seq, (record) => brief(record, record.students.map(({ id }) => id).filter((id) => session.here.has(id))))
    case 'plan': return plan(session, seq, command.plan)
    case 'start': return start(session, seq, command.chaos)
    case 'rename': return change(session, seq, (record) => renameStudent(record, command.student, command.name))
    case 'remove': return remove(session, seq, command.student)
    case 'close': {
      if (session.record.phase === 'round') return 'A round is being played. End it first.'
      const refusal = await change(session, seq, closeClass)
      if (refusal !== null) return refusal
      await session.store.closeClass(session.id, session.ownerEpoch, Date.now())
      // After the answer, which would not reach a closed line.
      setImmediate(() => session.sendHome())
      return null
    }
    default: return inRound(session, seq, command)
  }
}

type Reckon = (record: ClassRecord) => Change

async function change(session: ClassSession, seq: number, reckon: Reckon, also?: (record: ClassRecord) => Promise<void>): Promise<string | null> {
  const refusal = await changeUnseen(session, seq, reckon, also)
  session.events.changed()
  return refusal
}

/** A change that the lobby does not show. */
async function changeUnseen(session: ClassSession, seq: number, reckon: Reckon, also?: (record: ClassRecord) => Promise<void>): Promise<string | null> {
  const kept = await session.keeper.change((record) => {
    // The same command may have come twice before the first one was through.
    if (record.applied.includes(seq)) return { ok: true, record }
    const changed = reckon(record)
    return changed.ok ? { ok: true, record: applied(changed.record, seq) } : changed
  }, also)
  return kept.ok ? null : kept.reason
}

/** Which plan the next rounds run is the instructor's business alone. */
async function plan(session: ClassSession, seq: number, chosen: ChaosPlan | null): Promise<string | null> {
  const refusal = await changeUnseen(session, seq, (record) => choosePlan(record, chosen))
  if (refusal === null) session.tellPlan()
  return refusal
}

/** The headers of a round's recordings: a function of the class's record alone. */
export function headersOf(playing: Playing): Header[] {
  const { scenario: id, level, clusterSize } = playing.setUp
  const scenario = scenarios[id]
  assert(scenario !== undefined, `there is no mission ${id}`)
  return playing.clusters.map(({ seed, name, playedBy }) => headerOf(scenario, seed, settingsFor(scenario, seed, clusterSize, playing.durationMs, level, playedBy), name, playing.round))
}

async function start(session: ClassSession, seq: number, chaos: boolean): Promise<string | null> {
  const unfit = chaos && session.record.phase === 'briefing' ? unfitPlan(session.record) : null
  if (unfit !== null) return unfit
  const refusal = await change(session, seq, (record) => startRound(record, record.clusters.map(() => ({ recordingId: newSecret(), seed: newSeed() })), chaos, session.here), ({ playing }) => createRecordings(session, playing))
  const { playing } = session.record
  if (refusal !== null || playing === null || session.round?.number === playing.round) return refusal
  const round = session.takeUp(headersOf(playing).map((header) => ({ header, entries: [] })))
  await round.run(null)
  session.events.changed()
  return null
}

/**
 * Names those recordings of a round in the store that are not there yet. The round does not depend on it: its log is kept under
 * the class, and what a failing disk leaves out is made up for when the round is over or the server restarts.
 */
export async function createRecordings(session: ClassSession, playing: Playing | null): Promise<void> {
  if (playing === null) return
  try {
    const there = new Set((await session.store.listRecordings(session.id)).map((one) => one.recordingId))
    for (const [cluster, header] of headersOf(playing).entries()) {
      const { recordingId } = playing.clusters[cluster] as Playing['clusters'][number]
      if (there.has(recordingId)) continue
      await session.store.createRecording({ recordingId, classId: session.id, round: playing.round, cluster, header }, session.ownerEpoch)
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    process.stderr.write(`Class ${session.id}: ${error.message}\n`)
  }
}

async function remove(session: ClassSession, seq: number, student: string): Promise<string | null> {
  const at = seatOf(session.record, student)
  const refusal = await change(session, seq, (record) => removeStudent(record, student))
  if (refusal !== null) return refusal
  session.dismiss(student)
  const { round } = session
  if (at !== null && round !== null && session.record.phase === 'round') {
    round.leaveSeat(at.cluster, at.seat)
    if (round.playedBy(at.cluster, at.seat) === 'student') await round.hand(at.cluster, at.seat, 'bot')
  }
  return null
}

/** Commands that no student's page may notice. */
const UNSEEN: ReadonlySet<HostCommand['kind']> = new Set(['fault', 'heal', 'halt', 'run-plan', 'set-clocks'])

type RoundCommand = Exclude<HostCommand, { kind: 'set-up' | 'brief' | 'plan' | 'start' | 'rename' | 'remove' | 'close' }>

async function inRound(session: ClassSession, seq: number, command: RoundCommand): Promise<string | null> {
  const { round } = session
  if (round === null || session.record.phase !== 'round') return 'No round is being played.'
  const asked: Asked = { author: 'host', seq }
  const done = await inThisRound(round, command, asked)
  // Faults change nothing that the lobby shows, and a patch between two ticks of its timer would say that something was broken.
  if (!UNSEEN.has(command.kind)) session.events.changed()
  return done
}

async function inThisRound(round: Round, command: RoundCommand, asked: { author: string; seq: number }): Promise<string | null> {
  const targets = 'cluster' in command ? targetsOf(round, command.cluster) : round.clusters
  if (targets === null) return 'There is no such cluster.'
  if (targets.length === 0) return 'The round is over.'
  switch (command.kind) {
    case 'pause':
      if (!round.running) return 'The round is paused already.'
      await round.pause(asked)
      return null
    case 'resume':
      if (round.running) return 'The round is running already.'
      await round.run(asked)
      return null
    case 'speed': await round.changeSpeed(command.speed, asked); return null
    case 'step':
      if (round.running) return 'Pause the round first.'
      await round.step(targets, asked)
      return null
    case 'end': await round.end(asked); return null
    case 'halt': await round.halt(targets, asked); return null
    case 'run-plan': return runPlan(round, targets, command.plan, asked)
    case 'set-clocks': await round.enter(targets, (atMs) => ({ kind: 'set-clocks', atMs }), asked); return null
    case 'move': case 'bot': case 'message': case 'ask': case 'close-question': case 'dismiss': case 'scores': return 'This cannot be done.'
    case 'heal':
      if (!targets.every((one) => one.sim.world.faults.some(({ id }) => id === command.id))) return 'That fault is over.'
      await round.enter(targets, (atMs) => ({ kind: 'heal', atMs, id: command.id }), asked)
      return null
    case 'fault': {
      const wrong = targets.map((one) => wrongFault(one, command)).find((one) => one !== null)
      if (wrong !== undefined) return wrong
      const { type, params, durationMs } = command
      await round.enter(targets, (atMs) => ({ kind: 'fault', atMs, id: `h${asked.seq}`, type, params, durationMs }), asked)
      return null
    }
  }
}

function targetsOf(round: Round, cluster: number | null): readonly Cluster[] | null {
  if (cluster === null) return round.clusters.filter((one) => !one.ended)
  const one = round.clusters[cluster]
  return one === undefined ? null : [one]
}

/** What is wrong with a fault for this cluster, in words; null when nothing is. */
function wrongFault(cluster: Cluster, { type, params, durationMs }: Extract<HostCommand, { kind: 'fault' }>): string | null {
  const fault = Object.hasOwn(registry, type) ? registry[type] : undefined
  if (fault === undefined) return 'There is no such fault.'
  if (cluster.ended) return `Cluster ${cluster.header.cluster} has ended.`
  if (cluster.sim.world.faults.length >= FAULTS_MAX) return `At most ${FAULTS_MAX} faults act on a cluster at a time.`
  return wrongStart(fault, params, durationMs, cluster.sim.ids, cluster.scenario)
}
