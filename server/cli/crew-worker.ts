import { parentPort, workerData } from 'node:worker_threads'
import { playRound } from '../../shared/headless.ts'
import { missionOf } from '../../shared/replay.ts'
import { shrink } from '../../shared/shrink.ts'
import type { Answers, CrewOptions, FromCrew, Job } from './crew-calls.ts'
import { tallyOf } from './tally.ts'

/** One thread of a swarm. */

const { interrupts } = workerData as CrewOptions // set by crew.ts, the only one that starts this file

function answerTo(job: Job): Answers[Job['kind']] {
  const { plan } = job
  const scenario = missionOf(job)
  if (job.kind === 'play') return Array.from({ length: job.seeds }, (_, n) => tallyOf(scenario, { ...plan, seed: plan.seed + n }))
  const { settings, inputs } = playRound(scenario, plan, () => {})
  const before = Atomics.load(interrupts, 0)
  return shrink(scenario, { seed: plan.seed, settings, inputs }, job.failure, { runsMax: job.runsMax, enough: () => Atomics.load(interrupts, 0) > before })
}

parentPort?.on('message', (job: Job) => {
  let said: FromCrew
  try {
    said = { ok: true, answer: answerTo(job) }
  } catch (error) {
    said = { ok: false, error: error instanceof Error ? error.message : String(error) }
  }
  parentPort?.postMessage(said)
})
