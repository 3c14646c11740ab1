import { count, grouped } from './print.ts'
import type { Totals } from './tally.ts'

/** How often the line is drawn anew on a terminal, in ms. */
export const TERMINAL_EVERY_MS = 200

/** Where progress is shown, and how often at most. `write` takes what goes to stderr. */
export interface ProgressTarget { isTerminal: boolean; width: number; everyMs: number; write(text: string): void }

/** The progress of a swarm: one line that changes on a terminal, a line from time to time elsewhere. */
export class Progress {
  readonly #target: ProgressTarget | null
  readonly #seeds: number
  readonly #began: number
  readonly #nowMs: () => number
  #lastMs: number
  #drawn = false

  /** `target` null: nothing is shown. `nowMs`: a clock that never runs backwards. */
  constructor(target: ProgressTarget | null, seeds: number, nowMs: () => number) {
    this.#target = target
    this.#seeds = seeds
    this.#nowMs = nowMs
    this.#began = nowMs()
    this.#lastMs = this.#began
  }

  show(totals: Totals): void {
    const nowMs = this.#nowMs()
    if (this.#target === null || nowMs - this.#lastMs < this.#target.everyMs) return
    this.#lastMs = nowMs
    const line = progressLine(totals, this.#seeds, nowMs - this.#began)
    this.#target.write(this.#target.isTerminal ? `\r\x1b[K${line.slice(0, Math.max(20, this.#target.width - 1))}` : `${line}\n`)
    this.#drawn = this.#target.isTerminal
  }

  /** Takes the line off the terminal. */
  clear(): void {
    if (this.#drawn) this.#target?.write('\r\x1b[K')
    this.#drawn = false
  }
}

/** `eager: 3,200 of 10,000 seeds, 163 a second, quorum-to-lead 12, 42 s left`. */
export function progressLine(totals: Totals, seeds: number, elapsedMs: number): string {
  const perSecond = elapsedMs === 0 ? 0 : totals.seeds / (elapsedMs / 1_000)
  const broken = [...totals.claims].filter(([, total]) => total.breaches > 0).map(([id, total]) => `${id} ${grouped(total.breaches)}`)
  return [
    `${totals.rules}: ${grouped(totals.seeds)} of ${count(seeds, 'seed')}`, `${grouped(Math.round(perSecond))} a second`,
    ...(broken.length === 0 ? ['no breach'] : broken),
    ...(totals.errors.length === 0 ? [] : [`${grouped(totals.errors.length)} could not be played`]),
    ...(perSecond === 0 ? [] : [`${grouped(Math.ceil((seeds - totals.seeds) / perSecond))} s left`]),
  ].join(', ')
}
