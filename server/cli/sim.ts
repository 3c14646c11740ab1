import { figureFolds, meets } from '../../shared/figures.ts'
import { playRound } from '../../shared/headless.ts'
import { foldScore, newScore, scoreOf } from '../../shared/score.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { Fact, FactOf } from '../../shared/sim/facts.ts'
import { writeText } from './files.ts'
import { breachLines, missedText, objectiveText, reportBreach } from './judged.ts'
import { count, figureText, table } from './print.ts'
import { recordingText, requestOf, simHelp, titleOf } from './sim-request.ts'
import type { SimRequest } from './sim-request.ts'
import { recordingLine } from './shell.ts'
import { swarm } from './swarm.ts'
import type { SwarmStatus } from './swarm.ts'
import { exposedBy } from './tally.ts'

/** Runs `sim`. Lines for stdout and the exit status. */
export async function runSim(args: readonly string[]): Promise<{ lines: string[]; status: SwarmStatus }> {
  const request = requestOf(args)
  if (request === null) return { lines: [simHelp], status: 0 }
  return request.seeds === 1 && request.rules.length === 1 ? one(request) : swarm(request)
}

/** One round, told in full. */
function one(request: SimRequest): { lines: string[]; status: 0 | 1 } {
  const { scenario, plan, level, json } = request
  const out = request.out === 'nowhere' ? null : request.out.file
  const facts: Fact[] = []
  const folds = figureFolds(scenario, plan.nodes, level)
  const score = newScore(nodeIds(plan.nodes))
  const { sim, settings, inputs } = playRound(scenario, plan, (fact) => {
    facts.push(fact)
    foldScore(score, fact)
    for (const { figure, state } of folds) figure.fold(state, fact)
  })
  const broken = facts.filter((fact): fact is FactOf<'breached'> => fact.kind === 'breached')
  const breaches = broken.map((breach) => reportBreach(breach, facts, scenario))
  const figures = folds.map(({ id, figure, state }) => ({ id, figure, value: figure.value(state, plan.durationMs) }))
  const { safety, inTime, p99Ms, served, missed, excused } = scoreOf(score)
  if (out !== null) writeText(out, recordingText(scenario, plan))
  const exposed = exposedBy(scenario, plan.rules, { seed: plan.seed, settings, inputs }, figures)
  const status = breaches.length > 0 || exposed !== null ? 1 : 0
  if (json) {
    return { status, lines: [JSON.stringify({
      scenario: scenario.id, seed: plan.seed, nodes: plan.nodes, minutes: request.minutes, rules: plan.rules, chaos: request.chaos, level,
      facts: facts.length, digest: sim.digest(), breaches,
      figures: Object.fromEntries(figures.map(({ id, figure, value }) => [id, { value, unit: figure.unit, met: meets(figure, value) }])),
      score: { safety, inTime, p99Ms, served, missed, excused }, out,
    })] }
  }
  const faultLines = facts.filter((fact) => fact.kind === 'fault-started')
  return { status, lines: [
    titleOf(request),
    `${count(facts.length, 'fact')}, digest ${sim.digest()}, ${count(faultLines.length, 'fault')}`,
    '',
    breaches.length === 0 ? 'No claim broke.' : `${count(breaches.length, 'breach', 'breaches')}:`,
    ...breachLines(breaches),
    ...(exposed === null ? [] : [missedText(exposed)]),
    '',
    ...table([
      ['Safety', String(safety), ''],
      ['In time', inTime === null ? '-' : `${inTime}%`, `${served} served, ${missed} missed, ${excused} could not be served`],
      ['99th percentile', figureText(p99Ms, 'ms'), 'of the time to an answer'],
      ...figures.map(({ figure, value }) => [figure.title, figureText(value, figure.unit), figure.objective === null ? '' : `${objectiveText(figure)}: ${meets(figure, value) === false ? 'missed' : 'met'}`]),
    ], [1]),
    ...(out === null ? [] : ['', recordingLine(out)]),
  ] }
}
