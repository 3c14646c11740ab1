/**
 * Turns wall time into simulated time: pause, 0.25x to 4x. Wall time is a monotonic clock in ms (`performance.now()`), so that
 * setting the computer's clock moves no class. Timers may be late; they never add up, since time is always reckoned from a base.
 */
export class Pace {
  #baseSimMs: number
  #baseWallMs = 0
  #speed: number
  #running = false

  constructor(simMs: number, speed: number) {
    this.#baseSimMs = simMs
    this.#speed = speed
  }

  get running(): boolean { return this.#running }
  get speed(): number { return this.#speed }

  /** Simulated time, with a fraction. */
  at(wallMs: number): number {
    return this.#running ? this.#baseSimMs + Math.max(0, wallMs - this.#baseWallMs) * this.#speed : this.#baseSimMs
  }

  /** When simulated time will be `simMs`; Infinity while paused. */
  wallAt(simMs: number): number {
    return this.#running ? this.#baseWallMs + (simMs - this.#baseSimMs) / this.#speed : Infinity
  }

  /** Goes on from `simMs`: after a step, or when the world had to wait, so that the time waited is not made up for. */
  set(simMs: number, wallMs: number): void {
    this.#baseSimMs = simMs
    this.#baseWallMs = wallMs
  }

  run(wallMs: number): void {
    if (this.#running) return
    this.#baseWallMs = wallMs
    this.#running = true
  }

  pause(wallMs: number): void {
    this.set(this.at(wallMs), wallMs)
    this.#running = false
  }

  change(speed: number, wallMs: number): void {
    this.set(this.at(wallMs), wallMs)
    this.#speed = speed
  }
}
