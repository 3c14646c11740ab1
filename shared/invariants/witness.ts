import type { FactNo } from '../sim/types.ts'

/** Facts of a witness in causal order, each once. */
export const inOrder = (...facts: FactNo[]): FactNo[] => [...new Set(facts)].toSorted((a, b) => a - b)
