import type { IconName } from '../components/icon.tsx'

/** A sign for each fault; one without gets the plain sign. Titles and fields are in the registry. */
const icons: { readonly [type: string]: IconName } = {
  partition: 'cut',
  'one-way': 'oneway',
  flapping: 'flapping',
  bridge: 'bridge',
  ring: 'ring',
  latency: 'delay',
  loss: 'loss',
  'burst-loss': 'spells',
  duplicate: 'duplicate',
  reorder: 'reorder',
  corrupt: 'corrupt',
  rate: 'funnel',
  hold: 'hold',
  crash: 'crash',
  'power-cut': 'power',
  restart: 'again',
  pause: 'pause',
  'slow-node': 'slow',
  'clock-bump': 'bump',
  'clock-strobe': 'strobe',
  'clock-drift': 'skew',
}
export const faultIcon = (type: string): IconName => icons[type] ?? 'flag'
