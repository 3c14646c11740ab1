import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { faults } from '../../shared/faults/index.ts'
import { RunningPlan } from '../../shared/faults/plan.ts'
import { figureFolds } from '../../shared/figures.ts'
import { sceneOf } from '../../shared/headless.ts'
import { Pace } from '../../shared/pace.ts'
import { SeatView } from '../../shared/seat-view.ts'
import { actionOf } from '../../shared/sent-action.ts'
import type { SentAction } from '../../shared/sent-action.ts'
import type { Seed } from '../../shared/sim/draws.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import type { PlanStep, Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { Simulation } from '../../shared/sim/simulation.ts'
import type { Settings } from '../../shared/sim/types.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { ToClient } from '../../shared/wire/messages.ts'
import type { Link, LobbyView } from './connect.ts'
import { whyInOwnWords } from '../texts/why.ts'

/** A round that this page plays by itself: what the room is elsewhere. */
export interface LocalRound {
  scenario: Scenario
  seed: Seed
  settings: Settings
  steps: readonly PlanStep[]
  /** Who is at the page. */
  seat: number
  name: string
  /** What the cluster is called. */
  cluster: string
}

/** An input without its time: it happens now. */
export type Now = Input extends infer One ? One extends Input ? Omit<One, 'atMs'> : never : never

export interface LocalLink extends Link {
  readonly sim: Simulation
  /** All inputs so far, of which a recording is made. */
  readonly inputs: readonly Input[]
  readonly lobby: ReadonlySignal<LobbyView>
  submit(input: Now): void
  pause(on: boolean): void
  speed(speed: number): void
  end(): void
}

const timerMsMost = 1_000
/** Figures are told this often at most, in wall ms. */
const FIGURES_MS = 500

/**
 * Runs a round in the page, and tells the student at one seat what a room would tell, and no more. It begins at once. `onFact` sees every fact,
 * as the instructor would.
 */
export function localLink(round: LocalRound, on: { [K in keyof ToClient]?: (message: ToClient[K]) => void }, onFact: (fact: Fact, sim: Simulation) => void): LocalLink {
  const { scenario, settings, seed, seat } = round, { durationMs } = settings, now = (): number => performance.now()
  const ids = nodeIds(settings.nodes), inputs: Input[] = []
  const sim: Simulation = start({ scenario, faults, sink: (fact) => { view.take(fact); for (const { figure, state } of folds) figure.fold(state, fact); onFact(fact, sim) } }, seed, settings)
  /** At L3 the student watches the cluster's figures. */
  const folds = settings.level === 'L3' ? figureFolds(scenario, settings.nodes, settings.level) : []
  let figuresMs = -Infinity
  const view = new SeatView({ header: { round: 1, scenario: scenario.id }, scenario, sim }, seat)
  const page = { send: <K extends keyof ToClient>(type: K, message: ToClient[K]): void => { on[type]?.(message) } }
  const pace = new Pace(0, scenario.speed(settings.level)), plan = new RunningPlan(round.steps, { seed: null })
  let timer: ReturnType<typeof setTimeout> | undefined, closed = false

  const lobby = signal<LobbyView>({
    title: '', code: '', phase: 'round', round: 1, scenario: scenario.id, level: settings.level, clusterSize: settings.nodes, minutes: durationMs / 60_000, paused: false,
    speed: pace.speed, elapsedMs: 0, durationMs, here: 1, scoresLive: false, readAtMs: now(),
    clusters: [{ name: round.cluster, seats: ids.map((node, at) => ({ node, student: at === seat ? '1' : '', name: at === seat ? round.name : '', here: at === seat, playedBy: at === seat ? 'human' : 'bot' })) }],
  })
  const tell = (): void => { lobby.value = { ...lobby.value, paused: !pace.running, speed: pace.speed, elapsedMs: sim.world.nowMs, readAtMs: now(), phase: sim.world.ended ? 'debrief' : 'round' } }

  const put = (input: Input): void => { inputs.push(input); sim.submit(input); plan.took(input) }

  /** Runs the world to where it should be by now, with what is planned on the way. */
  function run(): void {
    const target = Math.min(durationMs, Math.floor(pace.at(now())))
    for (let atMs = plan.nextAtMs(); !sim.world.ended && atMs !== null && atMs <= target && atMs < durationMs; atMs = plan.nextAtMs()) {
      sim.runUntil(atMs)
      for (const input of plan.look(sceneOf(scenario, sim))) put(input)
    }
    if (!sim.world.ended) sim.runUntil(Math.max(sim.world.nowMs, target))
    if (target >= durationMs && !sim.world.ended) put({ kind: 'end', atMs: durationMs })
  }

  function pump(): void {
    if (closed) return
    const before = sim.world.ended
    run()
    view.flush(page)
    if (folds.length > 0 && (now() - figuresMs >= FIGURES_MS || !pace.running)) {
      figuresMs = now()
      page.send('figures', { values: Object.fromEntries(folds.map(({ id, figure, state }) => [id, figure.value(state, sim.world.nowMs)])) })
    }
    clearTimeout(timer)
    if (sim.world.ended) { if (!before || lobby.value.phase === 'round') { pace.pause(now()); tell() } return }
    const nextMs = Math.min(sim.nextAtMs() ?? durationMs, plan.nextAtMs() ?? durationMs, durationMs)
    const waitMs = pace.wallAt(nextMs) - now()
    if (waitMs < Infinity) timer = setTimeout(pump, Math.min(timerMsMost, Math.max(0, Math.ceil(waitMs))))
  }

  const submit = (input: Now): void => {
    run()
    if (!sim.world.ended) put({ ...input, atMs: sim.world.nowMs } as Input)
    pump()
  }

  const act = (action: SentAction): { ok: true } | { ok: false; reason: string } => {
    run()
    const read = actionOf({ scenario, sim }, seat, action)
    if (!read.ok) return { ok: false, reason: whyInOwnWords(read.reason) }
    submit({ kind: 'act', seat, action: read.action })
    return { ok: true }
  }

  pace.run(now())
  // Whoever made this link has it in hand before the first word comes.
  queueMicrotask(() => { page.send('welcome', { token: '', student: '1', nextSeq: 1 }); view.tellAll(page); pump() })
  return {
    sim, inputs, lobby, state: signal('live' as const), refusal: signal(null), refusedBy: signal(null), rttMs: signal(null),
    request: (type, body) => Promise.resolve(type === 'act' && 'action' in body ? act(body.action as SentAction) : { ok: false, reason: '' }),
    resync: () => view.tellAll(page), look: () => undefined, submit,
    pause(stand) { if (stand) { run(); pace.pause(now()) } else pace.run(now()); pump(); tell() },
    speed(speed) { run(); pace.change(speed, now()); pump(); tell() },
    end() { submit({ kind: 'end' }) },
    close() { closed = true; clearTimeout(timer) },
  }
}
