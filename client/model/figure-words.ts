import type { Figure } from '../../shared/sim/scenario.ts'
import { texts } from '../texts/common.ts'

/** A figure in words: `12 s`, `3`, `40%`; `none` stands for nothing to say. */
export function figureText({ unit, value }: { unit: Figure['unit']; value: number | null }, none: string): string {
  if (value === null) return none
  return unit === 'ms' ? `${(value / 1_000).toFixed(value < 10_000 ? 1 : 0)} s` : unit === 'percent' ? `${Math.round(value)}%` : String(Math.round(value * 10) / 10)
}

/** What a figure should be, e.g. `at most 24 s`; null where nothing is asked of it. */
export function objectiveText({ unit, objective }: Pick<Figure, 'unit' | 'objective'>): string | null {
  if (objective?.atMost !== undefined) return texts.atMost(figureText({ unit, value: objective.atMost }, ''))
  return objective?.atLeast !== undefined ? texts.atLeast(figureText({ unit, value: objective.atLeast }, '')) : null
}
