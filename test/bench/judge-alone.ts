import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { fromOutside, judgeAll, madeLikeEtcd } from './judge-whole.ts'
import type { Known } from './judge-whole.ts'
import { median, timed } from './table.ts'

/** What judging one history alone takes, in ms: in a process that has judged many before, and as the first thing that a process does. */
export interface Alone { name: string; warmMs: number; coldMs: number }

const WARM_RUNS = 9
/** So many of those that take longest are judged cold too, each in so many processes, of which the fastest counts: a process that has to wait for its processor says nothing of us. */
const COLD = 5, COLD_RUNS = 3

/** The histories from outside, or some made like them. */
export function knownHistories(): readonly Known[] {
  const outside = fromOutside()
  return outside.length > 0 ? outside : madeLikeEtcd()
}

/** The slowest of some histories, the one that takes longest cold first. Throws when a process fails. */
export function slowestAlone(known: readonly Known[]): Alone[] {
  const warm = known.map((one) => ({ name: one.name, warmMs: median(Array.from({ length: WARM_RUNS }, () => timed(() => judgeAll([one])).ms)) }))
  return warm.sort((a, b) => b.warmMs - a.warmMs).slice(0, COLD).map((one): Alone => {
    const coldMs = Array.from({ length: COLD_RUNS }, () => {
      const child = spawnSync(process.execPath, [fileURLToPath(new URL('./judge-cold.ts', import.meta.url)), one.name], { encoding: 'utf8' })
      if (child.status !== 0) throw new Error(`${one.name} could not be judged in a process of its own: ${child.stderr}`)
      return Number(child.stdout)
    })
    return { ...one, coldMs: Math.min(...coldMs) }
  }).sort((a, b) => b.coldMs - a.coldMs)
}
