import { planParts, planSayings } from '../../../shared/plan-check-es.ts'
import { parts as partsOfReasons, reasons as ofTheWorld } from '../../../shared/reasons-es.ts'
import type { Sayings } from '../../../shared/sim/said.ts'
import { sentences } from './said.ts'

/** Why something was not done: what the room says first, then what is wrong with a plan, then what the world says. */
export const reasons: Sayings = { ...sentences, ...planSayings, ...ofTheWorld }
/** What is put into reasons and has its own words. */
export const parts: Sayings = { ...planParts, ...partsOfReasons }
