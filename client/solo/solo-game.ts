import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import { recordInputs, settingsFor } from '../../shared/headless.ts'
import { toldOf, watchQuality } from '../../shared/quality.ts'
import type { Recording } from '../../shared/recording.ts'
import { foldScore, newScore, scoreOf } from '../../shared/score.ts'
import type { Score } from '../../shared/score.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import { drawBetween } from '../../shared/sim/draws.ts'
import type { FactOf } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { Level, NodeId } from '../../shared/sim/types.ts'
import type { QualityTold } from '../../shared/wire/messages.ts'
import { localLink } from '../link/local-link.ts'
import type { LocalLink } from '../link/local-link.ts'
import { makeGame } from '../pages/play/game.ts'
import type { Game } from '../pages/play/game.ts'
import { texts } from '../texts/solo.ts'

/** Practice alone: any mission, against bots, of whom one may hold a wrong idea. */

export interface SoloChoice { mission: Scenario; level: Level; nodes: number; minutes: number; seed: number; chaos: boolean; hidden: boolean }
/** A peer's wrong idea, by the name of the misconception. */
export interface Hidden { node: NodeId; belief: string }

export interface Solo {
  readonly choice: SoloChoice
  readonly game: Game
  readonly link: LocalLink
  readonly hidden: Hidden | null
  readonly over: ReadonlySignal<boolean>
  score(): Score
  readonly breaches: readonly FactOf<'breached'>[]
  /** How the own decisions were. */
  quality(): QualityTold | null
  recording(): Recording
}

/** The page's own node. */
const SEAT = 0
/** With fewer ideas to choose from than this, those that a whole cluster would share count too. */
const IDEAS_LEAST = 2

/** The wrong ideas that a single peer of this mission may hold. */
export function ideasOf(mission: Scenario): string[] {
  const all = Object.keys(mission.misconceptions), own = all.filter((id) => mission.misconceptions[id]?.heldBy === 'one')
  return own.length < IDEAS_LEAST ? all : own
}

/** Who believes what: drawn from the seed, never the page's own node. */
export function hiddenOf(mission: Scenario, seed: number, nodes: number): Hidden | null {
  const ideas = ideasOf(mission), belief = ideas[drawBetween(seed, 'hidden idea', 0, 0, 0, Math.max(0, ideas.length - 1))]
  const node = nodeIds(nodes)[drawBetween(seed, 'hidden holder', 0, 0, 1, nodes - 1)]
  return belief === undefined || node === undefined ? null : { node, belief }
}

/** Minutes at the page, as the mission begins at this level, in simulated ms; an hour at most. */
const simulatedMs = (mission: Scenario, level: Level, minutes: number): number => Math.min(60, minutes * mission.speed(level)) * 60_000

/** Begins a round in this page. */
export function startSolo(choice: SoloChoice): Solo {
  const { mission, level, nodes, seed } = choice, ids = nodeIds(nodes), durationMs = simulatedMs(mission, level, choice.minutes)
  const hidden = choice.hidden ? hiddenOf(mission, seed, nodes) : null
  const settings = settingsFor(mission, seed, nodes, durationMs, level, ids.map((_, seat) => (seat === SEAT ? 'student' as const : 'bot' as const)), hidden === null ? {} : { [String(ids.indexOf(hidden.node))]: hidden.belief })
  const watch = watchQuality(mission, () => own.sim), score = newScore(ids), breaches: FactOf<'breached'>[] = [], over = signal(false)
  let link: LocalLink | null = null
  const game = makeGame({
    code: '', alone: true, ownName: () => texts.you, onWelcome: () => undefined, missionOf: () => mission,
    link: (hear) => (link = localLink({ scenario: mission, seed, settings, steps: choice.chaos ? mission.chaos : [], seat: SEAT, name: texts.you, cluster: texts.cluster }, hear, (fact) => {
      watch.take(fact)
      foldScore(score, fact)
      if (fact.kind === 'breached') breaches.push(fact)
      if (fact.kind === 'ended') over.value = true
    })),
  })
  const own = link as unknown as LocalLink
  return { choice, game, link: own, hidden, over, breaches, score: () => scoreOf(score), quality: () => watch.result().filter(({ seat }) => seat === SEAT).map(toldOf)[0] ?? null, recording: () => recordInputs(mission, seed, settings, own.inputs) }
}
