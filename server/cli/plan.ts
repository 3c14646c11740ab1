import { faults } from '../../shared/faults/index.ts'
import { idOf } from '../../shared/faults/plan.ts'
import { inSeconds } from '../../shared/faults/parts.ts'
import { monkeySteps } from '../../shared/faults/monkey.ts'
import { readPlan } from '../../shared/plan-check.ts'
import { encodePlan, PLAN_FORMAT } from '../../shared/plan-file.ts'
import type { ChaosPlan } from '../../shared/plan-file.ts'
import { conditionWords, stepSentence } from '../../shared/plan-words.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { PlanStep } from '../../shared/sim/scenario.ts'
import { catalogueLines } from './catalogue.ts'
import { planOf } from './chaos.ts'
import { clock, count, table } from './print.ts'
import { MINUTES_MAX, missionNamed } from './sim-request.ts'
import { parse, UsageError, whole } from './usage.ts'

export const planHelp = `netsplit plan FILE [--json]
netsplit plan --monkey SEED [options] > FILE
netsplit plan --faults

The first checks a chaos plan and tells it as a timeline. The second writes the plan that a monkey makes of a seed, to be edited and shared:
\`sim --chaos FILE\` plays it, and the cockpit loads it. The third lists all faults with their parameters and limits.

  FILE             a plan, as this command or the cockpit saves it
  --json           the plan itself instead of the timeline, in one order of its fields
  --monkey SEED    the seed of a random plan: faults until three fifths of the round, then all is healed
  --scenario ID    the mission whose limits it keeps: ${Object.keys(scenarios).join(', ')} (election)
  --nodes N        nodes of the cluster (the mission's usual number)
  --minutes N      simulated length of the round, 1 to ${MINUTES_MAX} (5)

Exit status: 0 a plan, 2 bad arguments or no plan.`

/** Runs `plan`. Lines for stdout. */
export function runPlan(args: readonly string[]): { lines: string[]; status: 0 } {
  const { values, positionals } = parse(args, {
    json: { type: 'boolean' }, monkey: { type: 'string' }, scenario: { type: 'string' }, nodes: { type: 'string' },
    minutes: { type: 'string' }, faults: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
  }, 1)
  if (values.help === true) return { lines: [planHelp], status: 0 }
  const [file] = positionals
  if (values.faults === true) {
    if (file !== undefined || Object.keys(values).length > 1) throw new UsageError('--faults stands alone.')
    return { lines: catalogueLines(faults), status: 0 }
  }
  if (values.monkey === undefined) {
    if (file === undefined) throw new UsageError('Which plan? netsplit plan FILE')
    for (const option of ['scenario', 'nodes', 'minutes'] as const) if (values[option] !== undefined) throw new UsageError(`--${option} is for a monkey's plan: netsplit plan --monkey SEED --${option} ${values[option]}`)
    const plan = planOf(file)
    return { lines: values.json === true ? [encodePlan(plan).trimEnd()] : timeline(plan), status: 0 }
  }
  if (file !== undefined) throw new UsageError('A monkey makes its plan of a seed alone; no file is expected.')
  const scenario = missionNamed(values.scenario)
  const seed = whole('monkey', values.monkey, 0, Number.MAX_SAFE_INTEGER)
  const nodes = values.nodes === undefined ? scenario.nodes.usual : whole('nodes', values.nodes, scenario.nodes.min, scenario.nodes.max)
  const durationMs = whole('minutes', values.minutes ?? '5', 1, MINUTES_MAX) * 60_000
  const plan: ChaosPlan = { format: PLAN_FORMAT, title: `Monkey ${seed}`, scenario: scenario.id, seed, steps: monkeySteps(scenario, seed, nodes, durationMs) }
  const text = encodePlan(plan)
  const read = readPlan(text, { mission: scenario, nodes })
  if (!read.ok) throw new UsageError(`This monkey's plan is too long for a file: ${read.error} Take fewer minutes.`)
  return { lines: [text.trimEnd()], status: 0 }
}

/** When each step comes, for how long, and what it does. */
function timeline({ title, scenario, seed, steps }: ChaosPlan): string[] {
  const rows = steps.map((step, place) => ({ step, place })).toSorted((a, b) => a.step.atMs - b.step.atMs)
    .map(({ step, place }) => [clock(step.atMs), idOf(step, place), lastsText(step), stepSentence(step) + (step.do === 'fault' && step.when !== undefined ? ` Waits: ${conditionWords(step.when)}.` : '')])
  return [
    `${title} (${scenario ?? 'any mission'}), ${count(steps.length, 'step')}, ${seed === null ? 'each round draws afresh' : `seed ${seed}`}`,
    ...(rows.length === 0 ? [] : ['', ...table([['at', 'step', 'lasts', ''], ...rows])]),
  ]
}

const lastsText = (step: PlanStep): string => (step.do === 'halt' ? '-' : step.durationMs === null ? 'until healed' : `${inSeconds(step.durationMs)} s`)
