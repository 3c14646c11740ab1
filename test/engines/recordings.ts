import { recordRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { encodeRecording } from '../../shared/recording.ts'
import type { Recording } from '../../shared/recording.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { drawBetween } from '../../shared/sim/draws.ts'
import type { Seed } from '../../shared/sim/draws.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { LEVELS } from '../../shared/sim/types.ts'
import { tables } from './tables.ts'
import type { Given, History } from './answer.ts'
import type { Expected } from './compare.ts'

/** The rounds that every engine plays again: all missions, sizes, levels, kinds of chaos and rules, mixed by their seeds. */

/** How many rounds there are; their seeds count from 1. */
export const ROUNDS = 200
export const MINUTES: readonly number[] = [1, 2, 3, 5]
/** Every kind of chaos has its place here, or this does not compile. */
type Chaos = Extract<RoundPlan['chaos'], string>
export const CHAOS = Object.keys({ none: true, default: true, monkey: true } satisfies Record<Chaos, true>) as Chaos[]

export interface Round { scenario: Scenario; plan: Required<RoundPlan> & { chaos: Chaos } }

function roundOf(seed: Seed): Round {
  const between = (purpose: string, least: number, most: number): number => drawBetween(seed, purpose, 0, 0, least, most)
  const one = <T>(purpose: string, all: readonly T[]): T => {
    const chosen = all[between(purpose, 0, all.length - 1)]
    if (chosen === undefined) throw new Error(`no ${purpose} to choose from`)
    return chosen
  }
  const scenario = one('mission', Object.values(scenarios))
  return { scenario, plan: {
    seed, nodes: between('size', scenario.nodes.min, scenario.nodes.max), durationMs: one('minutes', MINUTES) * 60_000,
    level: one('level', LEVELS), chaos: one('chaos', CHAOS), rules: one('rules', ['good', ...Object.keys(scenario.misconceptions)]),
  } }
}

/** All rounds, in the order of their seeds. */
export function rounds(): Round[] {
  return Array.from({ length: ROUNDS }, (_, n) => roundOf(n + 1))
}

/** What a recording says of its own history. Throws when it has no end. */
export function historyTold(recording: Recording): History {
  const end = recording.entries.find((entry) => entry.t === 'closed')
  if (end === undefined) throw new Error('the recording has no end')
  return { facts: end.facts, digests: recording.entries.flatMap((entry) => (entry.t === 'digest' ? [[entry.fact, entry.digest] as [number, string]] : [])), last: end.digest }
}

/** Plays the rounds here: the work for the engines, and the answer that each must give. */
export function record(played: readonly Round[]): { work: Given[]; expected: Expected } {
  const recordings = played.map(({ scenario, plan }) => recordRound(scenario, plan))
  return {
    work: recordings.map((recording) => ({ seed: recording.header.seed, text: encodeRecording(recording) })),
    expected: { tables: tables(), rounds: recordings.map((recording) => ({ seed: recording.header.seed, history: historyTold(recording) })) },
  }
}
