/** Claims that missions share, made from readers of a mission's facts. A claim is one file and one line here. */
export { appliedEverywhere } from './applied-everywhere.ts'
export { causalDelivery } from './causal-delivery.ts'
export { clockCondition } from './clock-condition.ts'
export { fencingMonotonic } from './fencing-monotonic.ts'
export { mergeLaws } from './merge-laws.ts'
export { oneHolder, writesApart } from './mutual-exclusion.ts'
export { strongConvergence } from './convergence.ts'
export { vectorExactness } from './vector-exactness.ts'
