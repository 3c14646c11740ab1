import { integer } from '../sim/fields.ts'
import type { Fault } from '../sim/fault.ts'
import type { LatencyShape } from '../sim/types.ts'
import { between, DURATION_MS_MAX, inWords, names, whole } from './parts.ts'

const shapeOf = (shape: unknown, ms: number): LatencyShape => {
  if (shape === 'constant') return { shape: 'constant', ms }
  if (shape === 'uniform') return { shape: 'uniform', leastMs: Math.floor(ms / 2), mostMs: ms + Math.ceil(ms / 2) }
  return { shape: 'log-normal', medianMs: ms, leastMs: Math.floor(ms / 3), mostMs: ms * 3 }
}

/** Slow links: extra travel time, one way, for some of the messages. Slow, not dead. */
export const latency: Fault = {
  title: 'Slow links',
  sentence: (params) => `Of the messages from ${inWords(params['from'])} to ${inWords(params['to'])}, ${whole(params, 'share')}% take about ${whole(params, 'extraMs') / 1000} s longer, one way.`,
  fields: {
    ...between,
    extraMs: integer('Extra, one way', 'ms', 1, 40_000, 2_500),
    share: integer('Share of messages', '%', 1, 100, 100),
    shape: { type: 'choice', options: ['constant', 'uniform', 'log-normal'], label: 'Shape' },
  },
  presets: [],
  durationMsMax: DURATION_MS_MAX,
  untilHealed: true,
  composes: 'Extra latencies add up, on top of the link\'s own; each is drawn for itself.',
  link: (params, from, to) => (names(params, from, to)
    ? { latency: shapeOf(params['shape'], whole(params, 'extraMs')), latencyPpm: whole(params, 'share') * 10_000 } : null),
}
