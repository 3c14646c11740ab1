import type { Dice } from '../../sim/scenario.ts'
import type { ClockMs, Level, NodeId, Timings } from '../../sim/types.ts'
import type { Election, Message, Self } from './types.ts'

/**
 * Durations in ms. A voter that heard a leader less than `waitMs` ago grants nothing; a leader serves only while a majority
 * has acknowledged beats sent within `leaseMs`. Since a wait begins no earlier than the beat that it answers was sent,
 * and clocks run at the same pace, a lease is over before anybody else can be elected.
 */
export function timings(level: Level): Timings {
  const slow = level === 'L0' ? 2 : 1
  return {
    beatIntervalMs: 6_000 * slow, leaseMs: 14_000 * slow, waitMs: 18_000 * slow, askIntervalMs: 6_000,
    timeoutLeastMs: 18_000 * slow, timeoutMostMs: 40_000 * slow, timeoutUsualMs: 18_000 * slow, layDownMs: 10_000,
  }
}

/** A named duration of this round. */
export function timing(self: { timings: Timings }, name: keyof ReturnType<typeof timings>): number {
  return self.timings[name] as number
}

export function state(_id: NodeId, _peers: readonly NodeId[], clockMs: ClockMs, round: Timings, restarted: boolean, dice: Dice): { disk: Election['disk']; memory: Election['memory'] } {
  return {
    disk: { term: 0, votedFor: null },
    memory: {
      role: 'follower', wokeAtMs: restarted ? clockMs : null, leader: null, heard: {},
      timeoutMs: dice.between('timeout', `woke ${clockMs}`, round['timeoutLeastMs'] as number, round['timeoutMostMs'] as number),
      waitsSinceMs: clockMs, votes: [], askedAtMs: null, ledAtMs: null, beat: 0, beatAtMs: null, beats: [], acks: {},
    },
  }
}

/** What cannot be overlooked: who was heard and when, and that a leader of at least the own term beats. */
export function arrive(self: Self, from: NodeId, message: Message): void {
  const { memory } = self
  memory.heard[from] = { atMs: self.clockMs, term: message.term, says: message.kind }
  if (message.kind === 'beat' && message.term >= self.disk.term) {
    memory.leader = { id: from, term: message.term, atMs: self.clockMs }
    memory.waitsSinceMs = self.clockMs
  }
}

/** How many nodes are more than half of the cluster. */
export function majority(self: Self): number {
  return ((self.peers.length + 1) >> 1) + 1
}

/** Until when a voter must wait on its own clock: `waitMs` after it heard a leader or woke up; -Infinity when it need not. */
function waitEndsAtMs(self: Self): ClockMs {
  const { leader, wokeAtMs } = self.memory
  return Math.max(leader?.atMs ?? -Infinity, wokeAtMs ?? -Infinity) + (self.timings['waitMs'] as number)
}

/** Whether a voter must still wait, because it heard a leader or woke up less than `waitMs` ago. */
export function mustWait(self: Self): boolean {
  return self.clockMs < waitEndsAtMs(self)
}

/**
 * When it is time to stand: after the timeout, and not while the node must wait. An alarm goes off once: if that of a timeout shorter
 * than the wait came during the wait, the rule would let it pass, and the node never stood at all.
 */
export function standAtMs(self: Self): ClockMs {
  return Math.max(self.memory.waitsSinceMs + self.memory.timeoutMs, waitEndsAtMs(self))
}

/** The latest time that enough peers to make a majority with the leader have acknowledged; null while too few have. */
export function latestOfMajority(acks: { readonly [peer: NodeId]: number }, majority: number): number | null {
  let best: number | null = null
  for (const peer in acks) {
    const at = acks[peer] as number
    let asLate = 0
    for (const other in acks) if ((acks[other] as number) >= at) asLate++
    if (asLate >= majority - 1 && (best === null || at > best)) best = at
  }
  return best
}

/** When the lease ends on the own clock: `leaseMs` after the latest moment that a majority, itself included, has acknowledged; null without a majority. */
export function leaseEndsAtMs(self: Self): ClockMs | null {
  const last = latestOfMajority(self.memory.acks, majority(self))
  return last === null ? null : last + (self.timings['leaseMs'] as number)
}

/** A leader under lease: it may answer customers. */
export function holdsLease(self: Self): boolean {
  const ends = leaseEndsAtMs(self)
  return self.memory.role === 'leader' && ends !== null && self.clockMs < ends
}

/** Lays down whatever role it had. The wait for a leader begins anew. */
export function becomeFollower(self: Self): void {
  const { memory } = self
  memory.role = 'follower'
  memory.votes = []
  memory.askedAtMs = null
  memory.ledAtMs = null
  memory.beatAtMs = null
  memory.beats = []
  memory.acks = {}
  memory.waitsSinceMs = self.clockMs
}

/** Takes over a higher term, in which it has not voted. */
export function takeTerm(self: Self, term: number): void {
  if (term <= self.disk.term) return
  self.disk.term = term
  self.disk.votedFor = null
  if (self.memory.role !== 'follower') becomeFollower(self)
}
