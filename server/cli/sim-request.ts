import { availableParallelism } from 'node:os'
import { recordRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { encodeRecording } from '../../shared/recording.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { assert } from '../../shared/sim/assert.ts'
import { LEVELS } from '../../shared/sim/types.ts'
import type { Level } from '../../shared/sim/types.ts'
import { chaosOf } from './chaos.ts'
import { count, grouped } from './print.ts'
import { shellWord } from './shell.ts'
import { oneOf, parse, UsageError, whole } from './usage.ts'

/** Longest simulated round. */
export const MINUTES_MAX = 60
const SEEDS_MAX = 1_000_000
const JOBS_MAX = 64
const PROGRESS_SECONDS_MAX = 3_600

export const simHelp = `netsplit sim [options]

Plays a mission with bots only, without a clock, and says which claims broke.

  --scenario ID    the mission: ${Object.keys(scenarios).join(', ')} (election)
  --seed N         the seed of the round, or of the first one (1)
  --seeds N        plays N seeds, counted up from --seed, and prints shares instead of one round (1)
  --seeds A..B     plays the seeds A to B
  --rules NAME     good; a misconception that one bot or all of them hold; or all: good rules and then each misconception (good)
  --chaos NAME     none; monkey: hostile, within the mission's limits, over after three fifths of the round; default: the mission's own
                   plan; or a plan's file, which ends in .json (default)
  --minutes N      simulated length of the round, 1 to ${MINUTES_MAX} (5)
  --nodes N        nodes of the cluster (the mission's usual number)
  --level L        help level, which sets the mission's pace: ${LEVELS.join(', ')} (L2)
  --json           one JSON object instead of text

One seed:
  --out FILE       writes the recording of the round

Many seeds:
  --jobs N         threads that play, 1 to ${JOBS_MAX} (one for each core); the results do not depend on it
  --quiet          no progress on stderr
  --progress N     seconds between two lines of progress where stderr is no terminal, 1 to ${PROGRESS_SECONDS_MAX} (10)
  --no-shrink      leaves the round that failed as it is; else all is taken away from it that the failure does without
  --out FILE       where the recording of the first failure goes (netsplit-MISSION-RULES-CLAIM-SEED.jsonl, in this folder)
  --no-out         writes none; so does --out -

Ctrl-C ends a run of many seeds in order, with what was found so far; a second one ends it at once.

Exit status: 0 nothing failed, 1 a claim broke, a misconception showed or a seed could not be played, 2 bad arguments or a file that
cannot be read or written, 130 stopped by Ctrl-C.
With --rules all: 0 good rules broke nothing and every misconception showed, 1 otherwise.`

/** Rounds that bots play, as asked for. */
export interface SimRequest {
  scenario: Scenario
  /** The round, or the first one, with the first of the rules. */
  plan: RoundPlan
  /** All rules that are to be played. */
  rules: readonly string[]
  level: Level
  seeds: number
  minutes: number
  /** As it was typed. */
  chaos: string
  jobs: number
  shrinks: boolean
  quiet: boolean
  /** Between two lines of progress where stderr is no terminal. */
  progressMs: number
  json: boolean
  /** `file` null: where many seeds put a failure by themselves. */
  out: 'nowhere' | { file: string | null }
}

/** A mission by its id; the usual one when none is named. Throws `UsageError` when there is none of that name. */
export function missionNamed(id = 'election'): Scenario {
  const scenario = scenarios[oneOf('scenario', id, Object.keys(scenarios))]
  assert(scenario !== undefined, `mission ${id} is registered`)
  return scenario
}

/** Parses the arguments of `sim`; null when help is asked for. Throws `UsageError`. */
export function requestOf(args: readonly string[]): SimRequest | null {
  const { values } = parse(args, {
    scenario: { type: 'string' }, seed: { type: 'string' }, seeds: { type: 'string', default: '1' },
    rules: { type: 'string', default: 'good' }, chaos: { type: 'string', default: 'default' }, minutes: { type: 'string', default: '5' },
    nodes: { type: 'string' }, level: { type: 'string', default: 'L2' }, jobs: { type: 'string', default: String(Math.min(JOBS_MAX, availableParallelism())) },
    out: { type: 'string' }, 'no-out': { type: 'boolean', default: false }, 'no-shrink': { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false }, progress: { type: 'string', default: '10' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false },
  }, 0)
  if (values.help) return null
  const scenario = missionNamed(values.scenario)
  const minutes = whole('minutes', values.minutes, 1, MINUTES_MAX)
  const { seed, seeds } = seedsOf(values.seeds, values.seed)
  const level = oneOf('level', values.level, LEVELS)
  const nodes = values.nodes === undefined ? scenario.nodes.usual : whole('nodes', values.nodes, scenario.nodes.min, scenario.nodes.max)
  const known = ['good', ...Object.keys(scenario.misconceptions)]
  const named = oneOf('rules', values.rules, [...known, 'all'])
  const rules = named === 'all' ? known : [named]
  if (values.out === '') throw new UsageError('--out must name a file, or be - for none.')
  if (values['no-out'] && values.out !== undefined && values.out !== '-') throw new UsageError('--out names a file, and --no-out asks for none: leave one of them out.')
  if (rules.length > 1 && values.out !== undefined && values.out !== '-') throw new UsageError('--out names one file, and --rules all may write one for each misconception: leave it out, or say --no-out.')
  return {
    scenario, rules, level, seeds, minutes, chaos: values.chaos, jobs: whole('jobs', values.jobs, 1, JOBS_MAX), shrinks: !values['no-shrink'], quiet: values.quiet, progressMs: whole('progress', values.progress, 1, PROGRESS_SECONDS_MAX) * 1_000, json: values.json,
    out: values['no-out'] || values.out === '-' ? 'nowhere' : { file: values.out ?? null },
    plan: {
      seed, durationMs: minutes * 60_000, level, nodes, rules: rules[0] ?? 'good', chaos: chaosOf(values.chaos, { mission: scenario, nodes }),
    },
  }
}

/** `N` with --seed, or `A..B`. */
function seedsOf(text: string, seedText: string | undefined): { seed: number; seeds: number } {
  const range = /^([0-9]+)\.\.([0-9]+)$/.exec(text)
  if (range === null) {
    if (text.includes('.')) throw new UsageError(`--seeds must be a number of seeds or a range such as 1..10000, not ${JSON.stringify(text)}.`)
    const seeds = whole('seeds', text, 1, SEEDS_MAX)
    return { seeds, seed: whole('seed', seedText ?? '1', 0, Number.MAX_SAFE_INTEGER - seeds) }
  }
  if (seedText !== undefined) throw new UsageError(`--seeds ${text} names its first seed: leave --seed out.`)
  const [seed, last] = [range[1] ?? '', range[2] ?? ''].map((one) => whole('seeds', one, 0, Number.MAX_SAFE_INTEGER - 1))
  if (seed === undefined || last === undefined || last < seed) throw new UsageError(`--seeds ${text} is empty: the first seed comes first.`)
  if (last - seed >= SEEDS_MAX) throw new UsageError(`--seeds ${text} has more than ${grouped(SEEDS_MAX)} seeds.`)
  return { seed, seeds: last - seed + 1 }
}

/** The one command that plays this round again. */
export function commandFor({ scenario, plan, minutes, chaos }: SimRequest, seed: number, rules = plan.rules): string {
  return `npm run -s netsplit -- sim --scenario ${scenario.id} --seed ${seed} --rules ${rules} --chaos ${shellWord(chaos)} --minutes ${minutes} --nodes ${plan.nodes} --level ${plan.level}`
}

/** The options of a run, all of them, in one line. */
export function titleOf({ scenario, plan, rules, minutes, level, seeds, chaos }: SimRequest): string {
  return `${scenario.title} (${scenario.id}), ${seeds === 1 ? `seed ${plan.seed}` : `seeds ${plan.seed} to ${plan.seed + seeds - 1}`}, ${plan.nodes} nodes, ${count(minutes, 'minute')}, rules ${rules.length > 1 ? 'all' : plan.rules}, chaos ${chaos}, level ${level}`
}

/** The recording of one round as text. */
export function recordingText(scenario: Scenario, plan: RoundPlan): string {
  return encodeRecording(recordRound(scenario, plan))
}
