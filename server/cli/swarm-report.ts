import type { Found } from './found.ts'
import { shrunkText } from './found.ts'
import { objectiveText } from './judged.ts'
import { clock, count, figureText, grouped, percent, table } from './print.ts'
import { commandFor, titleOf } from './sim-request.ts'
import { recordingLine } from './shell.ts'
import type { SimRequest } from './sim-request.ts'
import type { Totals } from './tally.ts'

/** What a swarm of one set of rules came to. */
export interface Swarmed { totals: Totals; found: Found | null; elapsedMs: number }

/** Seeds that could not be played and are named; all are counted. */
const ERRORS_SHOWN_MAX = 5

/** The value that `share` of the sorted values do not exceed, by nearest rank; null for none. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
}

interface ShareOf { id: string; wanted: number; atMost: number; within: number; met: boolean }

/** The figures that state in how many seeds they keep within which bounds, and whether they did. */
function sharesOf({ scenario, figures, seeds }: Totals): ShareOf[] {
  return [...figures].flatMap(([id, { values }]) => (scenario.figures[id]?.shares ?? []).map(({ percent: wanted, atMost }) => {
    // A round that never had a value, such as one whose leader never came back, is not within any bound.
    const within = values.filter((value) => value <= atMost).length
    return { id, wanted, atMost, within, met: within * 100 >= wanted * seeds }
  }))
}

const stopText = ({ seeds }: SimRequest, totals: Totals): string => (totals.seeds < seeds ? `Stopped after ${grouped(totals.seeds)} of ${count(seeds, 'seed')}.` : '')

/** `10,000 seeds in 61.2 s on 2 threads: 163 seeds a second, ...`. */
function speedText({ minutes, jobs }: SimRequest, swarmed: readonly Swarmed[]): string {
  const seeds = swarmed.reduce((sum, { totals }) => sum + totals.seeds, 0), facts = swarmed.reduce((sum, { totals }) => sum + totals.facts, 0)
  const seconds = Math.max(0.001, swarmed.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0) / 1_000)
  const rate = (value: number): string => grouped(Math.round(value / seconds))
  return `${count(seeds, 'seed')} in ${seconds.toFixed(1)} s on ${count(jobs, 'thread')}: ${rate(seeds)} seeds a second, ${rate(facts)} facts a second, ${rate(seeds * minutes * 60)} times real time.`
}

/** What one set of rules came to, for programs. */
function reportOf(request: SimRequest, { totals, found, elapsedMs }: Swarmed): object {
  const shares = sharesOf(totals)
  return {
    rules: totals.rules, seeds: totals.seeds, stopped: totals.seeds < request.seeds, facts: totals.facts, failingSeeds: totals.failingSeeds, exposedSeeds: totals.exposedSeeds,
    claims: Object.fromEntries([...totals.claims].map(([id, { seeds, breaches, first, severity }]) => [id, { severity, seeds, breaches, firstSeed: first?.seed ?? null }])),
    figures: Object.fromEntries([...totals.figures].map(([id, { values, met, judged }]) => {
      const sorted = values.toSorted((a, b) => a - b)
      return [id, {
        seeds: values.length, median: quantile(sorted, 0.5), p90: quantile(sorted, 0.9), p99: quantile(sorted, 0.99), most: quantile(sorted, 1), met, judged,
        shares: shares.filter((share) => share.id === id).map(({ wanted, atMost, within, met: reached }) => ({ atMost, wantedPercent: wanted, seeds: within, met: reached })),
      }]
    })),
    errors: totals.errors.map(({ seed, message }) => ({ seed, message, command: commandFor(request, seed, totals.rules) })),
    first: found === null ? null : {
      kind: found.failure.kind, claim: found.failure.id, seed: found.seed, atMs: found.atMs, sentence: found.sentence, command: found.command, shrunk: found.shrunk, trouble: found.trouble,
    },
    out: found?.file ?? null, elapsedMs: Math.round(elapsedMs),
  }
}

/** One JSON object: that of the rules, or for all rules a list of them. */
export function swarmJson(request: SimRequest, swarmed: readonly Swarmed[]): string {
  const { scenario, plan, minutes, chaos, level, jobs, rules } = request
  const options = { scenario: scenario.id, seed: plan.seed, nodes: plan.nodes, minutes, chaos, level, jobs }
  const reports = swarmed.map((one) => reportOf(request, one))
  return JSON.stringify(rules.length > 1 ? { ...options, rules: 'all', results: reports } : { ...options, ...reports[0] })
}

function errorLines(request: SimRequest, { errors, rules }: Totals): string[] {
  return errors.length === 0 ? [] : [
    '', `${count(errors.length, 'seed')} could not be played, which is a mistake of the simulation:`,
    ...errors.slice(0, ERRORS_SHOWN_MAX).flatMap(({ seed, message }) => [`  seed ${seed}: ${message}`, `    ${commandFor(request, seed, rules)}`]),
  ]
}

function foundLines(found: Found): string[] {
  return [
    '', `First: seed ${found.seed}${found.atMs === null ? '' : ` at ${clock(found.atMs)}`}, ${found.failure.id}. ${found.sentence}`,
    `The whole round again: ${found.command}`,
    ...(found.shrunk === null ? [] : [shrunkText(found.shrunk)]),
    ...(found.trouble === null ? [] : [found.trouble]),
    ...(found.file === null ? [] : [recordingLine(found.file)]),
  ]
}

/** One set of rules, for people. */
export function swarmLines(request: SimRequest, swarmed: Swarmed): string[] {
  const { totals, found } = swarmed
  const { scenario, seeds, failingSeeds, exposedSeeds, claims } = totals
  const shares = sharesOf(totals)
  const claimRows = [...claims].map(([id, total]) => [id, total.severity, grouped(total.seeds), percent(total.seeds, seeds), grouped(total.breaches), total.first === null ? '-' : String(total.first.seed)])
  const figureRows = [...totals.figures].map(([id, { values, met, judged }]) => {
    const figure = scenario.figures[id]
    if (figure === undefined) return [id]
    const sorted = values.toSorted((a, b) => a - b)
    const at = (share: number): string => figureText(quantile(sorted, share), figure.unit)
    return [figure.title, at(0.5), at(0.9), at(0.99), at(1), judged === 0 ? '-' : percent(met, judged), objectiveText(figure)]
  })
  return [
    titleOf(request),
    ...[stopText(request, totals)].filter((line) => line !== ''),
    `${count(totals.facts, 'fact')}. ${failingSeeds === 0 ? `No claim broke in any of ${count(seeds, 'seed')}.` : `A claim broke in ${grouped(failingSeeds)} of ${count(seeds, 'seed')}, ${percent(failingSeeds, seeds)}.`}`,
    ...(exposedSeeds === 0 ? [] : [`In ${count(exposedSeeds, 'seed')} a figure was missed that good rules meet there.`]),
    '',
    ...table([['claim', 'severity', 'seeds', 'share', 'breaches', 'first seed'], ...claimRows], [2, 3, 4, 5]),
    '',
    ...table([['figure', 'median', '90%', '99%', 'most', 'met', 'objective'], ...figureRows], [1, 2, 3, 4, 5]),
    ...(shares.length === 0 ? [] : ['', ...table([['share of seeds', 'within', 'share', 'wanted', ''], ...shares.map(({ id, wanted, atMost, within, met }) => {
      const figure = scenario.figures[id]
      return [figure?.title ?? id, figureText(atMost, figure?.unit ?? 'count'), percent(within, seeds), `${wanted}%`, met ? 'met' : 'missed']
    })], [1, 2, 3])]),
    ...errorLines(request, totals),
    ...(found === null ? [] : foundLines(found)),
    '', speedText(request, [swarmed]),
  ]
}

/** All rules, a line each, for people. */
export function allLines(request: SimRequest, swarmed: readonly Swarmed[]): string[] {
  const rows = swarmed.map(({ totals, found }) => {
    const shrunk = found?.shrunk
    return [
      totals.rules, found?.failure.id ?? 'nothing', percent(totals.shownSeeds, totals.seeds), found === null ? '-' : String(found.seed),
      ...(shrunk === null || shrunk === undefined ? ['-', '-', '-'] : [`${shrunk.before.inputs} to ${shrunk.after.inputs}`, `${shrunk.before.nodes} to ${shrunk.after.nodes}`, `${grouped(shrunk.before.facts)} to ${grouped(shrunk.after.facts)}`]),
      found?.file ?? found?.trouble ?? '',
    ]
  })
  return [
    titleOf(request),
    ...swarmed.flatMap(({ totals }) => [stopText(request, totals)].filter((line) => line !== '').map((line) => `${totals.rules}: ${line}`)),
    '',
    ...table([['rules', 'broke first', 'seeds', 'first seed', 'inputs', 'nodes', 'facts', 'recording'], ...rows], [2, 3, 4, 5, 6]),
    ...swarmed.flatMap(({ totals }) => errorLines(request, totals)),
    '', speedText(request, swarmed),
  ]
}
