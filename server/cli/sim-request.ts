import { recordRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { encodeRecording } from '../../shared/recording.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { LEVELS } from '../../shared/sim/types.ts'
import type { Level } from '../../shared/sim/types.ts'
import { chaosOf } from './chaos.ts'
import { count } from './print.ts'
import { oneOf, parse, UsageError, whole } from './usage.ts'

const MINUTES_MAX = 60
const SEEDS_MAX = 1_000_000

export const simHelp = `netsplit sim [options]

Plays a mission with bots only, without a clock, and says which claims broke.

  --scenario ID    the mission (${Object.keys(scenarios).join(', ')})
  --seed N         the seed of the round, or of the first one (1)
  --seeds N        plays N seeds, counted up from --seed, and prints shares instead of one round (1)
  --rules NAME     good, or a misconception that one bot or all of them hold (good)
  --chaos NAME     none; monkey: hostile, within the mission's limits, over after three fifths of the round; default: the mission's own
                   plan; or a plan's file, which ends in .json (default)
  --minutes N      simulated length of the round, 1 to ${MINUTES_MAX} (5)
  --nodes N        nodes of the cluster (the mission's usual number)
  --level L        help level, which sets the mission's pace: ${LEVELS.join(', ')} (L2)
  --out FILE       writes the recording: of the round, or of the first seed that broke a claim
  --json           one JSON object instead of text

Exit status: 0 no claim broke, 1 a claim broke, 2 bad arguments.`

/** A round that bots play, as asked for. */
export interface SimRequest { scenario: Scenario; plan: RoundPlan; level: Level; seeds: number; minutes: number; /** As it was typed. */ chaos: string; out: string | null; json: boolean }

/** Parses the arguments of `sim`; null when help is asked for. */
export function requestOf(args: readonly string[]): SimRequest | null {
  const { values } = parse(args, {
    scenario: { type: 'string', default: 'election' }, seed: { type: 'string', default: '1' }, seeds: { type: 'string', default: '1' },
    rules: { type: 'string', default: 'good' }, chaos: { type: 'string', default: 'default' }, minutes: { type: 'string', default: '5' },
    nodes: { type: 'string' }, level: { type: 'string', default: 'L2' }, out: { type: 'string' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false },
  }, 0)
  if (values.help) return null
  const scenario = scenarios[oneOf('scenario', values.scenario, Object.keys(scenarios))]
  if (scenario === undefined) throw new UsageError(`There is no mission ${values.scenario}.`)
  const minutes = whole('minutes', values.minutes, 1, MINUTES_MAX)
  const seeds = whole('seeds', values.seeds, 1, SEEDS_MAX)
  const level = oneOf('level', values.level, LEVELS)
  const nodes = values.nodes === undefined ? scenario.nodes.usual : whole('nodes', values.nodes, scenario.nodes.min, scenario.nodes.max)
  return {
    scenario, level, seeds, minutes, chaos: values.chaos, out: values.out ?? null, json: values.json,
    plan: {
      seed: whole('seed', values.seed, 0, Number.MAX_SAFE_INTEGER - seeds), durationMs: minutes * 60_000, level, nodes,
      rules: oneOf('rules', values.rules, ['good', ...Object.keys(scenario.misconceptions)]), chaos: chaosOf(values.chaos, { mission: scenario, nodes }),
    },
  }
}

/** The one command that plays this round again. */
export function commandFor({ scenario, plan, minutes, chaos }: SimRequest, seed: number): string {
  return `npm run -s netsplit -- sim --scenario ${scenario.id} --seed ${seed} --rules ${plan.rules} --chaos ${chaos} --minutes ${minutes} --nodes ${plan.nodes} --level ${plan.level}`
}

/** The options of a run, all of them, in one line. */
export function titleOf({ scenario, plan, minutes, level, seeds, chaos }: SimRequest): string {
  return `${scenario.title} (${scenario.id}), ${seeds === 1 ? `seed ${plan.seed}` : `seeds ${plan.seed} to ${plan.seed + seeds - 1}`}, ${plan.nodes} nodes, ${count(minutes, 'minute')}, rules ${plan.rules}, chaos ${chaos}, level ${level}`
}

/** The recording of one round as text. */
export function recordingText({ scenario, plan }: SimRequest, seed: number): string {
  return encodeRecording(recordRound(scenario, { ...plan, seed }))
}
