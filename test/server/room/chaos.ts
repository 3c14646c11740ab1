import { expect } from 'vitest'
import { PLAN_FORMAT } from '../../../shared/plan-file.ts'
import type { ChaosPlan } from '../../../shared/plan-file.ts'
import type { FactOf } from '../../../shared/sim/facts.ts'
import type { PlannedFault, PlanStep } from '../../../shared/sim/scenario.ts'
import { factsOf, until } from './classroom.ts'
import type { Answer, TestPage } from './classroom.ts'

/** Plans for the tests of the room, and what the instructor's page hears of them. */

export const plan = (steps: readonly PlanStep[], more: Partial<ChaosPlan> = {}): ChaosPlan => ({ format: PLAN_FORMAT, title: 'A plan', scenario: null, seed: null, steps, ...more })
export const cut = (atMs: number, more: Partial<PlannedFault> = {}): PlannedFault => ({ do: 'fault', atMs, type: 'partition', params: { side: ['any'] }, durationMs: 60_000, ...more })

export const begunIn = (host: TestPage, cluster = 0): FactOf<'fault-started'>[] => factsOf(host, cluster).filter((fact) => fact.kind === 'fault-started')
export const endedIn = (host: TestPage, cluster = 0): string[] => factsOf(host, cluster).flatMap((fact) => (fact.kind === 'fault-ended' ? [fact.fault] : []))
export const nowOf = (host: TestPage): number => Math.max(0, ...host.all('times').at(-1)?.nowMs ?? [])
export const passed = (host: TestPage, atMs: number): Promise<true> => until(`${atMs} ms`, () => nowOf(host) >= atMs)
export const refused = (reason: string | RegExp): Answer => ({ ok: false, reason: expect.stringMatching(reason) as string })
