import { compareVersions } from '../../invariants/sessions.ts'
import type { Level, NodeEvent, NodeId, OpenRequest, Timings } from '../../sim/types.ts'
import { NOTHING } from './types.ts'
import type { Coordination, Copy, Operation, QuorumStore, Self, Version } from './types.ts'

/** Durations in ms. What was not answered is sent again every `repeatMs`. */
export const timings = (level: Level): Timings => ({ repeatMs: level === 'L0' ? 16_000 : 8_000 })

export const majorityOf = (nodes: number): number => (nodes >> 1) + 1

/** Copies survive a crash; what a node was coordinating does not. */
export const state = (_id: NodeId, peers: readonly NodeId[]): { disk: QuorumStore['disk']; memory: QuorumStore['memory'] } =>
  ({ disk: { copies: {} }, memory: { read: majorityOf(peers.length + 1), write: majorityOf(peers.length + 1), under: {} } })

export const copyOf = (self: Self, key: string): Copy => self.disk.copies[key] ?? NOTHING
export const isNewer = (one: Version, other: Version): boolean => compareVersions(one, other) > 0

/** Takes a copy over the own one, if it is newer. */
export function take(self: Self, key: string, copy: Copy): void {
  if (isNewer(copy.version, copyOf(self, key).version)) self.disk.copies[key] = copy
}

/** What a node coordinates, and for which customer, of those who still wait. */
export interface Under { request: OpenRequest<Operation>; one: Coordination }
export const under = (self: Self): Under[] => self.requests.flatMap((request) => { const one = self.memory.under[request.n]; return one === undefined ? [] : [{ request, one }] })
export const underOf = (self: Self, n: number): Coordination | undefined => (self.requests.some((one) => one.n === n) ? self.memory.under[n] : undefined)

export const newest = ({ answers }: Coordination): Copy => Object.values(answers).reduce((best, copy) => (isNewer(copy.version, best.version) ? copy : best), NOTHING)
/** How many copies are as new as the newest that was heard of. */
export function holders(one: Coordination): number {
  const best = newest(one)
  return Object.values(one.answers).filter((copy) => !isNewer(best.version, copy.version)).length
}
export const answered = (one: Coordination): number => Object.keys(one.answers).length

/** Ready for what comes next, as somebody who plays well goes about it. */
export const next = {
  store: (self: Self, { request, one }: Under): boolean => request.operation.kind === 'write' && one.phase === 'query' && answered(one) >= self.memory.read,
  'write-back': (self: Self, { request, one }: Under): boolean => request.operation.kind === 'read' && one.phase === 'query' && answered(one) >= self.memory.read && holders(one) < self.memory.write,
  /** Enough copies are as new already, or have been made so: nobody who reads later can miss it. */
  'reply-value': (self: Self, { request, one }: Under): boolean => request.operation.kind === 'read'
    && (one.phase === 'query' ? answered(one) >= self.memory.read && holders(one) >= self.memory.write : one.acks.length >= self.memory.write),
  'reply-ok': (self: Self, { request, one }: Under): boolean => request.operation.kind === 'write' && one.phase === 'store' && one.acks.length >= self.memory.write,
} as const
export type Next = keyof typeof next

/** What an event is about, of what the node coordinates: the request that came, the one that a message answers, or at an alarm any. */
export function about(self: Self, event: NodeEvent<QuorumStore>): Under[] {
  const all = under(self)
  switch (event.on) {
    case 'request': return all.filter(({ request }) => request.n === event.request.n)
    case 'message': return all.filter(({ one }) => one.op === event.letter.message.op)
    case 'alarm': return all
    case 'start': return []
  }
}

/** After how long what was not answered is sent again, in ms. */
export const timingOf = (self: Self): number => self.timings['repeatMs'] as number
