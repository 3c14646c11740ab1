import { faults } from '../shared/faults/index.ts'
import { headerOf, settingsFor } from '../shared/headless.ts'
import type { ChaosPlan } from '../shared/plan-file.ts'
import type { Header } from '../shared/recording.ts'
import { scenarios } from '../shared/scenarios/index.ts'
import { brief, choosePlan, closeClass, HOST, renameStudent, setUp, startRound } from '../shared/session.ts'
import type { Commanded, Playing } from '../shared/session.ts'
import { assert } from '../shared/sim/assert.ts'
import type { FaultRegistry } from '../shared/sim/fault.ts'
import { FAULTS_MAX } from '../shared/sim/limits.ts'
import { wrongStart } from '../shared/sim/fault-check.ts'
import type { HostCommand } from '../shared/wire/messages.ts'
import { newSecret, newSeed } from './codes.ts'
import type { ClassSession } from './class-session.ts'
import type { Cluster } from './cluster.ts'
import { runPlan, unfitPlan } from './plan-commands.ts'
import { change, changeUnseen } from './change.ts'
import { letBot, message, move, remove } from './roster.ts'
import type { Round } from './round.ts'
import { StoreError } from './store/types.ts'
import { speedsAt } from '../shared/wire/messages.ts'

const registry: FaultRegistry = faults

/** Does what the instructor asks; null when it is done and on disk, else a sentence that says why nothing was changed. */
export async function runCommand(session: ClassSession, by: Commanded, command: HostCommand): Promise<string | null> {
  switch (command.kind) {
    case 'set-up': {
      const { kind: _kind, ...wanted } = command
      return change(session, by, (record) => setUp(record, wanted))
    }
    case 'brief': return change(session, by, (record) => brief(record, record.students.map(({ id }) => id).filter((id) => session.here.has(id))))
    case 'plan': return plan(session, by, command.plan)
    case 'start': return start(session, by, command.chaos)
    case 'move': return move(session, by, command.student, command)
    case 'bot': return letBot(session, by, command.student, command.on)
    case 'message': return message(session, command.student, command.text)
    case 'ask': return session.questions.ask(by, command.text, command.options)
    case 'close-question': return session.questions.close(by)
    case 'dismiss': return session.questions.dismiss(by)
    case 'scores': return session.scores.setLive(by, command.live)
    case 'rename': return change(session, by, (record) => renameStudent(record, command.student, command.name))
    case 'remove': return remove(session, by, command.student)
    case 'close': {
      if (session.record.phase === 'round') return 'A round is being played. End it first.'
      const refusal = await change(session, by, closeClass)
      if (refusal !== null) return refusal
      await session.store.closeClass(session.id, session.ownerEpoch, Date.now())
      // After the answer, which would not reach a closed line.
      setImmediate(() => session.sendHome())
      return null
    }
    default: return inRound(session, by, command)
  }
}

/** Which plan the next rounds run is the instructor's business alone. */
async function plan(session: ClassSession, by: Commanded, chosen: ChaosPlan | null): Promise<string | null> {
  const refusal = await changeUnseen(session, by, (record) => choosePlan(record, chosen))
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

async function start(session: ClassSession, by: Commanded, chaos: boolean): Promise<string | null> {
  const unfit = chaos && session.record.phase === 'briefing' ? unfitPlan(session.record) : null
  if (unfit !== null) return unfit
  const refusal = await change(session, by, (record) => startRound(record, record.clusters.map(() => ({ recordingId: newSecret(), seed: newSeed() })), chaos, session.here), ({ playing }) => createRecordings(session, playing))
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

/** Commands that no student's page may notice. */
const UNSEEN: ReadonlySet<HostCommand['kind']> = new Set(['fault', 'heal', 'halt', 'run-plan', 'set-clocks'])

type RoundCommand = Exclude<HostCommand, { kind: 'set-up' | 'brief' | 'plan' | 'start' | 'rename' | 'remove' | 'move' | 'bot' | 'message' | 'ask' | 'close-question' | 'dismiss' | 'scores' | 'close' }>

async function inRound(session: ClassSession, by: Commanded, command: RoundCommand): Promise<string | null> {
  const { round } = session
  if (round === null || session.record.phase !== 'round') return 'No round is being played.'
  // The world does not go on behind a question.
  if (command.kind === 'resume') await session.questions.clear()
  const done = await inThisRound(round, command, by)
  // Faults change nothing that the lobby shows, and a patch between two ticks of its timer would say that something was broken.
  if (!UNSEEN.has(command.kind)) session.events.changed()
  return done
}

async function inThisRound(round: Round, command: RoundCommand, asked: Commanded): Promise<string | null> {
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
    case 'speed':
      if (!speedsAt(round.clusters[0]?.header.settings.level ?? 'L2').includes(command.speed)) return 'Only a round at L3 runs as fast as that.'
      await round.changeSpeed(command.speed, asked)
      return null
    case 'step':
      if (round.running) return 'Pause the round first.'
      await round.step(targets, asked)
      return null
    case 'end': await round.end(asked); return null
    case 'halt': await round.halt(targets, asked); return null
    case 'run-plan': return runPlan(round, targets, command, asked)
    case 'set-clocks': await round.enter(targets, (atMs) => ({ kind: 'set-clocks', atMs }), asked); return null
    case 'heal':
      if (!targets.every((one) => one.sim.world.faults.some(({ id }) => id === command.id))) return 'That fault is over.'
      await round.enter(targets, (atMs) => ({ kind: 'heal', atMs, id: command.id }), asked)
      return null
    case 'fault': {
      const wrong = targets.map((one) => wrongFault(one, command)).find((one) => one !== null)
      if (wrong !== undefined) return wrong
      const { type, params, durationMs } = command
      await round.enter(targets, (atMs) => ({ kind: 'fault', atMs, id: faultName(asked), type, params, durationMs }), asked)
      return null
    }
  }
}

/** Names a fault that was set off by hand: another page counts its commands anew. */
function faultName({ author, seq }: Commanded): string {
  return author === HOST ? `h${seq}` : `h${seq}-${author.slice(HOST.length + 1)}`
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
