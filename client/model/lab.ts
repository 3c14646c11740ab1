import { expectedShare, labCurve, labStrips, LESSON } from '../../shared/lab/heartbeat.ts'
import type { LabPoint, LabSettings, LabStrip } from '../../shared/lab/heartbeat.ts'
import type { Seed } from '../../shared/sim/draws.ts'

/** Runs that the charts are made of, and their length: few enough to be drawn anew while a dial is moved. */
const RUNS_MOST = 200, RUNS_LEAST = 30
export const RUN_S = 30
/** What the strip chart shows. */
export const STRIP_S = 20
/** Timeouts between the ends of a chart. */
const STEPS = 40

export interface Lab { settings: LabSettings; curve: LabPoint[]; here: LabPoint; expected: number; strips: LabStrip[]; runs: number }

/** Everything that the page shows, for some settings. `timeoutS` may lie outside the chart. */
export function labOf(settings: LabSettings, seed: Seed): Lab {
  const { intervalS, slowShare, extraS: [least, most], timeoutS } = settings
  const meanS = intervalS + (slowShare * (least + most)) / 2, lessonS = LESSON.intervalS + (LESSON.slowShare * (LESSON.extraS[0] + LESSON.extraS[1])) / 2
  // Short gaps cost more: as many beats as with the lesson's numbers, or nearly.
  const runs = Math.max(RUNS_LEAST, Math.min(RUNS_MOST, Math.round((RUNS_MOST * meanS) / lessonS)))
  const from = intervalS * 1.5, to = Math.max(intervalS + most, intervalS * 2) + 0.1
  const timeouts = Array.from({ length: STEPS + 1 }, (_, at) => Math.round((from + ((to - from) * at) / STEPS) * 1_000) / 1_000)
  const points = labCurve(settings, [...timeouts, timeoutS], runs, RUN_S, seed)
  return { settings, curve: points.slice(0, -1), here: points.at(-1) as LabPoint, expected: expectedShare(settings), strips: labStrips(settings, seed, STRIP_S), runs }
}
