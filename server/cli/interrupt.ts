/** Exit status after Ctrl-C: 128 and the number of the signal, as a shell has it. */
export const INTERRUPTED_STATUS = 130

/** A terminal sends Ctrl-C to us and to the program that started us, which passes its own on: one key, two signals, within this many ms. */
const SAME_KEY_MS = 500

/** Heeds Ctrl-C: the first one asks for a stop, a second one ends the process at once. */
export class Interrupt {
  #firstMs: number | null = null
  readonly #onSignal: () => void

  constructor(onFirst: () => void) {
    this.#onSignal = () => {
      const nowMs = performance.now()
      if (this.#firstMs === null) {
        this.#firstMs = nowMs
        onFirst()
      } else if (nowMs - this.#firstMs > SAME_KEY_MS) process.exit(INTERRUPTED_STATUS)
    }
    process.on('SIGINT', this.#onSignal)
  }

  get happened(): boolean {
    return this.#firstMs !== null
  }

  close(): void {
    process.off('SIGINT', this.#onSignal)
  }
}
