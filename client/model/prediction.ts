import type { PlateValue } from '../../shared/sim/scenario.ts'

/** A question for whoever waits for a restart: which value outlives the crash, or which does not. */
export interface Prediction { asks: 'kept' | 'gone'; options: readonly string[]; answer: string }

const optionsMax = 3

/**
 * Makes the question of what the node knew before it crashed: one value is kept where the others are not. Null when all its
 * values share one fate, for then there is nothing to foresee.
 */
export function predictionOf(plate: readonly PlateValue[]): Prediction | null {
  const disk = plate.filter(value => value.where === 'disk'), memory = plate.filter(value => value.where === 'memory')
  const asks = memory.length <= disk.length ? 'gone' : 'kept'
  const [odd, others] = asks === 'gone' ? [memory[0], disk] : [disk[0], memory]
  if (odd === undefined || others.length === 0) return null
  const options = plate.filter(value => value === odd || others.slice(0, optionsMax - 1).includes(value)).map(value => value.label)
  return { asks, options, answer: odd.label }
}
