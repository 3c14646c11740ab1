import { NODE_IDS } from '../../sim/types.ts'
import type { ClockMs, Level, NodeId, Timings } from '../../sim/types.ts'
import type { Brought, Entry, LogicalClocks, Operation, Relation, Self, Stamp } from './types.ts'

/** Durations in ms. What was not acknowledged is sent again every `repeatMs`. */
export const timings = (level: Level): Timings => ({ repeatMs: level === 'L0' ? 16_000 : 8_000 })

export const zero = (nodes: number): Stamp => [0, ...Array.from({ length: nodes }, () => 0)]
/** The book is on disk. `sentAtMs`: when this node woke up, until it sends again. */
export const state = (_id: NodeId, peers: readonly NodeId[], clockMs: ClockMs): { disk: LogicalClocks['disk']; memory: LogicalClocks['memory'] } => ({ disk: { stamp: zero(peers.length + 1), log: [], outbox: [] }, memory: { sentAtMs: clockMs } })

export const seatOf = (node: NodeId): number => NODE_IDS.indexOf(node)
const nodesOf = (self: Self): number => self.peers.length + 1

/** Lamport (1978) and Fidge and Mattern (1988): of all that is known take the maximum, then count this event. */
export function nextStamp(self: Self, told: Stamp | null): Stamp {
  const merged = self.disk.stamp.map((own, at) => Math.max(own, told?.[at] ?? 0)), own = 1 + seatOf(self.id)
  return merged.map((value, at) => (at === 0 || at === own ? value + 1 : value)) as unknown as Stamp
}

export const entryOf = (self: Self, name: string): Entry | undefined => self.disk.log.find((one) => one.name === name)
/** How many operations of each node have been applied here. */
export function applied(self: Self): number[] {
  const counts = Array.from({ length: nodesOf(self) }, () => 0)
  for (const { node } of self.disk.log) { const seat = seatOf(node); counts[seat] = (counts[seat] ?? 0) + 1 }
  return counts
}

/** Everything that an operation rests on has been applied here, and all of its maker before it. */
export function isReady(self: Self, { node, nth, rests }: Entry): boolean {
  const counts = applied(self)
  return (counts[seatOf(node)] ?? 0) >= nth - 1 && rests.every((count, seat) => (counts[seat] ?? 0) >= count)
}
/** What a customer brings along has been applied here, or it brings nothing. */
export const isKnown = (self: Self, brought: Brought | null): boolean => brought === null || entryOf(self, brought.name) !== undefined

/** By clock; of equal clocks the maker's name decides. */
export const compareEntries = (a: Entry, b: Entry): number => a.stamp[0] - b.stamp[0] || seatOf(a.node) - seatOf(b.node) || a.nth - b.nth
export function insert(self: Self, entry: Entry): void {
  const at = self.disk.log.findIndex((one) => compareEntries(entry, one) < 0)
  self.disk.log.splice(at < 0 ? self.disk.log.length : at, 0, entry)
}

export type Status = 'none' | 'open' | 'paid' | 'shipped' | 'cancelled'
/** What became of an order, from its operations one after the other; what cannot be done then changes nothing. */
export function statusOf(log: readonly Entry[], order: number): Status {
  return log.filter((one) => one.order === order).reduce<Status>((status, { verb }) => {
    switch (verb) {
      case 'create': return status === 'none' || status === 'cancelled' || status === 'shipped' ? 'open' : status
      case 'pay': return status === 'open' ? 'paid' : status
      case 'ship': return status === 'paid' ? 'shipped' : status
      case 'cancel': return status === 'open' || status === 'paid' ? 'cancelled' : status
    }
  }, 'none')
}

const below = (a: Stamp, b: Stamp): boolean => a.every((value, at) => at === 0 || value <= (b[at] ?? 0))
/** How two events lie, by their vectors. */
export const relationOf = (first: Stamp, second: Stamp): Relation => (below(first, second) ? 'before' : below(second, first) ? 'after' : 'concurrent')

/** The two operations that a customer's question is about: the newest of the log, and the newest that another node made before it. */
export function pairOf(self: Self): [Entry, Entry] | null {
  const second = self.disk.log.at(-1), first = self.disk.log.findLast((one) => one.node !== second?.node)
  return first === undefined || second === undefined ? null : [first, second]
}

export const timingOf = (self: Self): number => self.timings['repeatMs'] as number
export const broughtBy = (operation: Operation): Brought | null => (operation.kind === 'place' ? operation.after : null)
