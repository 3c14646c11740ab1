import { signal } from '@preact/signals'
import { monkeySteps } from '../../../shared/faults/monkey.ts'
import { readPlan } from '../../../shared/plan-check.ts'
import type { PlanUse } from '../../../shared/plan-check.ts'
import { encodePlan, PLAN_FORMAT } from '../../../shared/plan-file.ts'
import type { ChaosPlan } from '../../../shared/plan-file.ts'
import { ROUND_MS } from '../../../shared/session.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { fileName } from '../../model/plan-script.ts'
import { texts } from '../../texts/host.ts'
import { whyInOwnWords } from '../../texts/why.ts'
import { planInFragment } from '../../link/plan-link.ts'

/** Chaos plans in the instructor's hands. Which one the next rounds run is the server's to know; this is what the page adds. */

const storageKey = 'netsplit-host-plan'
const seedsMost = 100_000

function firstRuns(): boolean {
  try { return localStorage.getItem(storageKey) !== 'off' } catch { return true }
}

/** Whether the plan runs by itself; sent when the round starts, and kept so that a page opened anew knows it. */
export const planRuns = signal(firstRuns())
export function setPlanRuns(runs: boolean): void {
  planRuns.value = runs
  try { localStorage.setItem(storageKey, runs ? 'on' : 'off') } catch { /* it holds until the page is closed */ }
}

/** What was read from a file or a link and not used yet: a plan, or what is wrong with it. */
export type Loaded = { plan: ChaosPlan; error: null } | { plan: null; error: string }
export const loaded = signal<Loaded | null>(null)

/** Takes a plan out of the page's address, if one came along, and offers it. */
export async function takePlan(): Promise<void> {
  const found = await planInFragment(location.hash)
  if (found === null) return
  history.replaceState(null, '', `${location.pathname}${location.search}`)
  loaded.value = found.ok ? { plan: found.plan, error: null } : { plan: null, error: found.error === null ? texts.plans.brokenLink : whyInOwnWords(found.error) }
}

const monkeyTitle = (seed: number | null): string => texts.plans.monkeyTitle(seed ?? 0)
export const isMonkey = (plan: ChaosPlan): boolean => plan.title === monkeyTitle(plan.seed)

/** A random plan within the mission's limits, another one each time. */
export function monkey(mission: Scenario, clusterSize: number): ChaosPlan {
  const seed = 1 + Math.floor(Math.random() * seedsMost)
  return { format: PLAN_FORMAT, title: monkeyTitle(seed), scenario: mission.id, seed, steps: monkeySteps(mission, seed, clusterSize, ROUND_MS) }
}

/** Reads a plan from a file of this computer; what is wrong with it is said with the path of the field. */
export async function readFile(file: File, use: PlanUse): Promise<Loaded> {
  const text = await file.text().catch(() => null)
  if (text === null) return { plan: null, error: texts.plans.unreadable(file.name) }
  const read = readPlan(text, use)
  return read.ok ? { plan: read.plan, error: null } : { plan: null, error: `${file.name}: ${whyInOwnWords(read.error)}` }
}

/** Hands a plan over as a file. */
export function download(plan: ChaosPlan): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([encodePlan(plan)], { type: 'application/json' }))
  link.download = fileName(plan.title)
  link.click()
  // The browser has the text by then; a moment more harms nobody.
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000)
}
