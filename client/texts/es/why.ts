import { reasons as ofTheWorld } from '../../../shared/reasons-es.ts'
import type { Sayings } from '../../../shared/sim/said.ts'
import { sentences } from './said.ts'

export { parts } from '../../../shared/reasons-es.ts'

/** Why something was not done: what the room says first, then what the world does. */
export const reasons: Sayings = { ...sentences, ...ofTheWorld }
