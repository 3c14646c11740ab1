import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RoundPlan } from '../../shared/headless.ts'

/** Where the transcripts are. */
export const folder = fileURLToPath(new URL('.', import.meta.url))

/** The transcript of how a misconception of a mission breaks a claim, or misses a figure. */
export const nameOf = (mission: string, rules: string, failure: string): string => `${mission}-${rules}-${failure}.txt`

const PLAN = /^plan: seed (\d+), (\d+) nodes, chaos (default|monkey|none), (\d+) ms$/m

/** The plan of the round that a transcript tells of. */
export function planIn(text: string, rules: string): RoundPlan {
  const found = PLAN.exec(text)
  if (found === null) throw new Error('the transcript has no line that starts with "plan:"')
  const chaos = found[3] === 'default' || found[3] === 'none' ? found[3] : 'monkey'
  return { rules, seed: Number(found[1]), nodes: Number(found[2]), chaos, durationMs: Number(found[4]) }
}

/** The plan of the round that was kept of how a misconception breaks a claim. */
export const planKept = (mission: string, rules: string, claim: string): RoundPlan => planIn(readFileSync(`${folder}${nameOf(mission, rules, claim)}`, 'utf8'), rules)
