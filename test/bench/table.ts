import { table } from '../../server/cli/print.ts'
import { finish, mix } from '../../shared/sim/hash.ts'

/** What one run of a benchmark did, in how many ms of real time and of processor time (all threads of the process). */
export interface Run { work: number; ms: number; cpuMs: number }

/** A rate over several runs, in work a second. */
export interface Rate { median: number; least: number; most: number; runs: number }

/** The middle value; the lower of the two middle ones for an even number of values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1] ?? NaN
}

/** Times `work`, which says how much it did. */
export function timed(work: () => number): Run {
  const beganMs = performance.now(), began = process.cpuUsage()
  const done = work()
  const { user, system } = process.cpuUsage(began)
  return { work: done, ms: performance.now() - beganMs, cpuMs: (user + system) / 1_000 }
}

/**
 * Runs the contestants in turn, so that a busy moment of the machine meets all of them, after warm-up runs that do not count.
 * Returns all counted runs of each.
 */
export function inTurn<K extends string>(contestants: { readonly [name in K]: () => number }, warmUps: number, runs: number): { [name in K]: Run[] } {
  const names = Object.keys(contestants) as K[]
  const all = Object.fromEntries(names.map((name): [K, Run[]] => [name, []])) as { [name in K]: Run[] }
  for (let n = 0; n < warmUps + runs; n++) {
    for (const name of names) {
      const run = timed(contestants[name])
      if (n >= warmUps) all[name].push(run)
    }
  }
  return all
}

/** Work a second over some runs; by processor time it is the same on a busy machine, nearly. */
export function rateOf(runs: readonly Run[], clock: 'ms' | 'cpuMs' = 'ms'): Rate {
  const rates = runs.map((run) => (run.work / run[clock]) * 1_000)
  return { median: median(rates), least: Math.min(...rates), most: Math.max(...rates), runs: rates.length }
}

/** Kept, so that no engine leaves the loop out. */
let hashed = 0

/** The reference that benchmarks are compared with: a plain loop that hashes so many words. Returns how many. */
export function hashLoop(words: number): number {
  let h = hashed | 1
  for (let word = 0; word < words; word++) h = mix(h, word)
  hashed = finish(h)
  return words
}

/** A number in thousands or millions, e.g. `412 k`. */
export function short(value: number): string {
  return value >= 10_000_000 ? `${(value / 1_000_000).toFixed(0)} M` : value >= 1_000_000 ? `${(value / 1_000_000).toFixed(2)} M` : value >= 10_000 ? `${(value / 1_000).toFixed(0)} k` : value.toFixed(0)
}

/** Whether the report is for a program. Anything else on the command line ends the process with status 2, before any work. */
export function jsonAsked(args: readonly string[]): boolean {
  if (args.every((arg) => arg === '--json')) return args.length > 0
  process.stderr.write('Usage: npm run bench -- NAME [--json]\n')
  process.exit(2)
}

/** Prints a report: one JSON object, or a table with headings and notes. */
export function print(json: boolean, report: object, headings: readonly string[], rows: readonly (readonly string[])[], notes: readonly string[]): void {
  const lines = json ? [JSON.stringify(report)] : [...table([headings, ...rows], headings.map((_, at) => at).slice(1)), ...notes]
  process.stdout.write(`${lines.join('\n')}\n`)
}
