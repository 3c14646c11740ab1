import { integer } from '../sim/fields.ts'
import type { Fault, FaultParams } from '../sim/fault.ts'
import type { LatencyShape } from '../sim/types.ts'
import { between, everyLink, inSeconds, lasting, leadersWords, names, ppm, wayInWords, whole } from './parts.ts'

const SHAPES = ['constant', 'uniform', 'normal', 'exponential', 'log-normal', 'pareto'] as const
type Shape = (typeof SHAPES)[number]

/** The shape of the extra travel time: `spreadMs` on either side of the median, or how far above it 84% stay. */
export function shapeOf(params: FaultParams): LatencyShape {
  const medianMs = whole(params, 'extraMs'), spreadMs = whole(params, 'spreadMs')
  const shape = SHAPES.find((one) => one === params['shape']) ?? ('constant' satisfies Shape)
  if (shape === 'constant') return { shape, ms: medianMs }
  if (shape === 'uniform') return { shape, leastMs: Math.max(0, medianMs - spreadMs), mostMs: medianMs + Math.min(spreadMs, medianMs) }
  return { shape: 'tail', of: shape, medianMs, spreadMs }
}

const slow = { extraMs: 2_500, spreadMs: 1_000, share: 100, shape: 'log-normal', correlation: 0 } as const

/** Slow links: extra travel time, one way, for some of the messages. Slow, not dead. */
export const latency = {
  title: 'Slow links',
  sentence: (params) => `${whole(params, 'share') === 100 ? `Messages ${wayInWords(params)}` : `Of the messages ${wayInWords(params)}, ${whole(params, 'share')}%`} take about ${inSeconds(whole(params, 'extraMs'))} s longer, one way.`,
  fields: {
    ...between,
    extraMs: integer('Extra, one way', 'ms', 1, 40_000, slow.extraMs),
    spreadMs: integer('Spread', 'ms', 0, 20_000, slow.spreadMs),
    share: integer('Share of messages', '%', 1, 100, slow.share),
    shape: { type: 'choice', options: SHAPES, label: 'Shape' },
    correlation: integer('Like the second before', '%', 0, 99, slow.correlation),
  },
  presets: [
    { title: 'Slow, not dead', params: { ...leadersWords, ...slow, extraMs: 25_000, spreadMs: 5_000, share: 30 } },
    { title: 'Slow everywhere', params: { ...everyLink, ...slow } },
    { title: 'Heavy tail', params: { ...everyLink, ...slow, extraMs: 500, spreadMs: 1_500, shape: 'pareto' } },
    { title: 'Spells of delay', params: { ...everyLink, ...slow, shape: 'exponential', correlation: 90 } },
  ],
  ...lasting,
  composes: 'Extra latencies add up, on top of the link\'s own; each is drawn for itself. It is one way: for a slow way back choose both directions.',
  link: (params, from, to) => (names(params, from, to) ? { latency: shapeOf(params), latencyPpm: ppm(params, 'share'), correlationPpm: ppm(params, 'correlation') } : null),
} as const satisfies Fault
