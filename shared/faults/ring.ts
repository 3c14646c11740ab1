import type { Fault } from '../sim/fault.ts'
import type { NodeId } from '../sim/types.ts'
import { lasting } from './parts.ts'

/** How many neighbours on each side of the ring make a majority with the node itself. */
const neighbours = (nodes: number): number => Math.ceil((nodes >> 1) / 2)

const distance = (ids: readonly NodeId[], from: NodeId, to: NodeId): number => {
  const apart = Math.abs(ids.indexOf(from) - ids.indexOf(to))
  return Math.min(apart, ids.length - apart)
}

/** A ring of majorities: each node reaches a majority, and no two reach the same one (after Jepsen's `majorities-ring`). */
export const ring = {
  title: 'Ring of majorities',
  sentence: () => 'Every node reaches a majority, its neighbours on a ring; no two nodes reach the same one.',
  fields: {},
  presets: [{ title: 'Ring of majorities', params: {} }],
  ...lasting,
  composes: 'As a cut between all nodes that are no near neighbours on the ring.',
  invalid: (_params, ids) => (ids.length < 4 ? 'A ring of majorities needs at least four nodes.' : null),
  link: (_params, from, to, { ids }) => (distance(ids, from, to) > neighbours(ids.length) ? { cut: true } : null),
} as const satisfies Fault
