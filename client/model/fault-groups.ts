import { isTargetWord } from '../../shared/faults/targets.ts'
import { texts } from '../texts/cockpit.ts'

/** What faults break, in the order of the palette. */
export type FaultGroup = keyof typeof texts.groups

/** A short name for a fault, or null: then its title does. */
export function faultName(type: string): string | null {
  const names: { readonly [type: string]: string } = texts.faultNames
  return names[type] ?? null
}

/** A word for nodes as the form lists it; a node is its letter. */
export const targetName = (word: string): string => (isTargetWord(word) ? texts.targets[word] : word)
