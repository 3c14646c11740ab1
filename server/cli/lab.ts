import { expectedShare, LAB_LIMITS, labCurve, LESSON, wrongLab } from '../../shared/lab/heartbeat.ts'
import type { LabPoint, LabSettings } from '../../shared/lab/heartbeat.ts'
import { table } from './print.ts'
import { parse, UsageError, whole } from './usage.ts'

const SECONDS_MAX = 100_000_000
/** Seconds for each point of the curve beside the one that was asked for. */
const CURVE_SECONDS = 20_000

export const labHelp = `netsplit lab heartbeat [options]

Nodes beat, now and then late; an observer polls them and suspects whoever has been silent for longer than the timeout. How often is it wrong,
and how soon does it notice a crash? The long run, beside what calculus says, and a curve over other timeouts. All times in seconds.

  --interval S     a beat every so long, ${LAB_LIMITS.intervalS.join(' to ')} (${LESSON.intervalS})
  --slow P         how often a beat is late, 0 to 1 (${LESSON.slowShare})
  --extra A..B     by how much, evenly spread (${LESSON.extraS.join('..')})
  --timeout S      suspected after so long a silence (${LESSON.timeoutS})
  --poll S         asked so often (${LESSON.pollS})
  --nodes N        how many nodes beat, 1 to ${LAB_LIMITS.nodes[1]} (${LESSON.nodes})
  --seconds N      simulated seconds, 1 to ${SECONDS_MAX.toLocaleString('en')} (10,000,000)
  --seed N         the seed of the run (1)
  --json           one JSON object instead of tables; suspectedShare is the share of polls that suspect

Exit status: 0 done, 2 bad arguments.`

function seconds(option: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual
  const value = /^\d*\.?\d+$/.test(text) ? Number(text) : NaN
  if (Number.isFinite(value)) return value
  throw new UsageError(`--${option} must be a number such as ${usual}, not ${JSON.stringify(text)}.`)
}

function extra(text: string | undefined): LabSettings['extraS'] {
  if (text === undefined) return LESSON.extraS
  const parts = text.split('..')
  if (parts.length !== 2) throw new UsageError(`--extra must be two times such as ${LESSON.extraS.join('..')}, not ${JSON.stringify(text)}.`)
  return [seconds('extra', parts[0], LESSON.extraS[0]), seconds('extra', parts[1], LESSON.extraS[1])]
}

/** Runs `lab`. Lines for stdout. */
export function runLab(args: readonly string[]): { lines: string[]; status: 0 } {
  const { values, positionals } = parse(args, {
    interval: { type: 'string' }, slow: { type: 'string' }, extra: { type: 'string' }, timeout: { type: 'string' }, poll: { type: 'string' },
    nodes: { type: 'string' }, seconds: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
  }, 1)
  if (values.help === true) return { lines: [labHelp], status: 0 }
  if (positionals[0] !== 'heartbeat') throw new UsageError(positionals[0] === undefined ? 'Which experiment? netsplit lab heartbeat' : `There is no experiment ${JSON.stringify(positionals[0])}; there is heartbeat.`)
  const settings: LabSettings = {
    intervalS: seconds('interval', values.interval, LESSON.intervalS), slowShare: seconds('slow', values.slow, LESSON.slowShare), extraS: extra(values.extra),
    timeoutS: seconds('timeout', values.timeout, LESSON.timeoutS), pollS: seconds('poll', values.poll, LESSON.pollS),
    nodes: values.nodes === undefined ? LESSON.nodes : whole('nodes', values.nodes, ...LAB_LIMITS.nodes),
  }
  const wrong = wrongLab(settings)
  if (wrong !== null) throw new UsageError(wrong)
  const lasts = whole('seconds', values.seconds ?? '10000000', 1, SECONDS_MAX), seed = whole('seed', values.seed ?? '1', 0, Number.MAX_SAFE_INTEGER - 1)
  const [point] = labCurve(settings, [settings.timeoutS], 1, lasts, seed) as [LabPoint]
  const curve = labCurve(settings, timeoutsAround(settings), 1, Math.min(lasts, CURVE_SECONDS), seed)
  const expected = expectedShare(settings)
  if (values.json === true) return { lines: [JSON.stringify({ ...settings, seconds: lasts, seed, ...point, expectedShare: expected, curve })], status: 0 }
  const percent = (share: number): string => `${(share * 100).toFixed(2)}%`
  return {
    lines: [
      `${settings.nodes} nodes that beat every ${settings.intervalS} s, ${percent(settings.slowShare)} of the beats late by ${settings.extraS.join(' to ')} s, polled every ${settings.pollS} s for ${lasts.toLocaleString('en')} s.`,
      `With a timeout of ${settings.timeoutS} s ${percent(point.suspectedShare)} of ${point.polls.toLocaleString('en')} polls suspect a node that lives; calculus says ${percent(expected)}. A crash is noticed after ${point.detectionS.toFixed(2)} s on average.`,
      '',
      ...table([['timeout', 'suspected', 'crash noticed after'], ...curve.map((one) => [`${one.timeoutS.toFixed(2)} s`, percent(one.suspectedShare), `${one.detectionS.toFixed(2)} s`])], [0, 1, 2]),
    ],
    status: 0,
  }
}

/** Seventeen timeouts around the one that was asked for: with the lesson's numbers 0.4 to 1.2 s. */
function timeoutsAround({ timeoutS }: LabSettings): number[] {
  const step = Math.max(0.01, Math.round((timeoutS / 16) * 1_000) / 1_000)
  return Array.from({ length: 17 }, (_, at) => Math.round((timeoutS + (at - 8) * step) * 1_000) / 1_000).filter((one) => one > 0)
}
