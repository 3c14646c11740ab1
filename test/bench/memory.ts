import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const samples = z.array(z.object({ atMs: z.number(), facts: z.number(), rss: z.number(), heapUsed: z.number() })).min(2)
/** Memory of the process, and what of it is objects still in use, after so many simulated ms and facts; in bytes. */
export type Sample = z.infer<typeof samples>[number]

const MEGABYTE = 1_000_000
/** Facts that were kept would come to more than this in fifty minutes. */
const GROWTH_MB_MAX = 2
/** What the project promises. */
export const RSS_MB_MAX = 200

/** Plays an hour in a process of its own. Throws when that fails. */
export function playHour(): Sample[] {
  const child = spawnSync(process.execPath, ['--expose-gc', fileURLToPath(new URL('./hour.ts', import.meta.url))], { encoding: 'utf8' })
  if (child.status !== 0) throw new Error(`the hour could not be played: ${child.stderr}`)
  return samples.parse(JSON.parse(child.stdout))
}

/** How much memory an hour took at most, and how much what is in use grew from the first sample to the last. */
export function judgeMemory(taken: readonly Sample[]): { rssMbMost: number; growthMb: number; ok: boolean } {
  const rssMbMost = Math.max(...taken.map((one) => one.rss)) / MEGABYTE
  const growthMb = ((taken.at(-1)?.heapUsed ?? NaN) - (taken[0]?.heapUsed ?? NaN)) / MEGABYTE
  return { rssMbMost, growthMb, ok: rssMbMost < RSS_MB_MAX && growthMb < GROWTH_MB_MAX }
}

/** The samples in one line each: minutes, and megabytes of the process and in use. */
export function memoryLines(taken: readonly Sample[]): string[] {
  return taken.map(({ atMs, facts, rss, heapUsed }) =>
    `  ${atMs / 60_000} min: ${facts} facts, ${(rss / MEGABYTE).toFixed(0)} MB resident, ${(heapUsed / MEGABYTE).toFixed(2)} MB in use`)
}
