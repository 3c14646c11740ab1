import { clockText } from '../../shared/sim/words.ts'

/** Lines for people: aligned, and without colour, so that a pipe gets the same. */

/** Rows as lines of columns, each as wide as its widest cell. `right`: columns of figures. Nothing stands after the last cell of a row. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, at) => { widths[at] = Math.max(widths[at] ?? 0, cell.length) })
  return rows.map((row) => row.map((cell, at) => {
    const width = widths[at] ?? 0
    return right.includes(at) ? cell.padStart(width) : cell.padEnd(width)
  }).join('  ').trimEnd())
}

/** Simulated time as mm:ss.t. */
export const clock = (ms: number): string => clockText(ms, 1)

/** A count with its noun: `1 breach`, `1,299 facts`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${grouped(value)} ${value === 1 ? one : many}`
}

/** 1299 as `1,299`, on every machine. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** A share as a percentage with one decimal, never rounded up to all. */
export function percent(part: number, of: number): string {
  return of === 0 ? '-' : `${(Math.floor((part / of) * 1_000) / 10).toFixed(1)}%`
}

/** A figure's value with its unit. */
export function figureText(value: number | null, unit: 'ms' | 'count' | 'percent'): string {
  if (value === null) return '-'
  return unit === 'ms' ? `${(Math.round(value / 100) / 10).toFixed(1)} s` : unit === 'percent' ? `${value}%` : grouped(value)
}

/** Indents lines by two blanks. */
export const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)
