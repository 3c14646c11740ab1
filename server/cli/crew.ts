import { Worker } from 'node:worker_threads'
import type { Answers, CrewOptions, FromCrew, Job } from './crew-calls.ts'

/** What a thread could not do, or that it died over. */
export class JobFailed extends Error {
  override name = 'JobFailed'
}

/** Threads that play rounds. Each does one job at a time; whoever asks keeps at most `size` jobs under way. */
export class Crew {
  readonly size: number
  readonly #interrupts = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #idle: Worker[] = []
  readonly #all = new Set<Worker>()

  constructor(size: number) {
    this.size = size
  }

  /** Lets a thread do a job. Rejects with `JobFailed`; a thread that dies is replaced by the next job. */
  ask<J extends Job>(job: J): Promise<Answers[J['kind']]> {
    const worker = this.#idle.pop() ?? this.#start()
    return new Promise((settle, fail) => {
      const leave = (): void => {
        worker.off('message', answered)
        worker.off('error', died)
        worker.off('exit', ended)
      }
      const answered = (said: FromCrew): void => {
        leave()
        this.#idle.push(worker)
        if (said.ok) settle(said.answer as Answers[J['kind']]) // a thread answers what it was asked
        else fail(new JobFailed(said.error))
      }
      const died = (error: unknown): void => {
        leave()
        this.#all.delete(worker)
        fail(new JobFailed(`the thread died: ${error instanceof Error ? error.message : String(error)}`))
      }
      const ended = (code: number): void => died(new Error(`exit ${code}`))
      worker.on('message', answered)
      worker.on('error', died)
      worker.on('exit', ended)
      worker.postMessage(job)
    })
  }

  /** Tells a thread that is shrinking a round to come to an end with what it has. */
  interrupt(): void {
    Atomics.add(this.#interrupts, 0, 1)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((worker) => worker.terminate()))
  }

  #start(): Worker {
    const options: CrewOptions = { interrupts: this.#interrupts }
    const worker = new Worker(new URL('./crew-worker.ts', import.meta.url), { workerData: options })
    this.#all.add(worker)
    return worker
  }
}
