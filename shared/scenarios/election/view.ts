import type { Badge, PeerView, StudentView, Told } from '../../sim/scenario.ts'
import type { Letter, NodeId, OpenRequest } from '../../sim/types.ts'
import { holdsLease, leaseEndsAtMs, majority } from './state.ts'
import type { Election, Message, Self } from './types.ts'

const ROLE = { follower: 'Follower', candidate: 'Candidate', leader: 'Leader' } as const
const FILL = { follower: 'empty', candidate: 'third', leader: 'full' } as const
const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`

/** What a peer was last heard to be: nothing is known of it beyond its last word. */
function peerView(self: Self, peer: NodeId): PeerView {
  const heard = self.memory.heard[peer]
  const patienceMs = self.memory.timeoutMs
  if (heard === undefined) return { belief: 'silent', heardAtMs: null, patienceMs, fill: 'empty', pennant: false, note: null }
  const belief = self.clockMs - heard.atMs > patienceMs ? 'suspected' : 'alive'
  const says: { [K in Message['kind']]: Pick<PeerView, 'fill' | 'pennant' | 'note'> } = {
    beat: { fill: 'full', pennant: true, note: `leads term ${heard.term}` },
    'ask-vote': { fill: 'third', pennant: false, note: `stands in term ${heard.term}` },
    vote: { fill: 'empty', pennant: false, note: `in term ${heard.term}` },
    'beat-ack': { fill: 'empty', pennant: false, note: `follows, term ${heard.term}` },
  }
  return { belief, heardAtMs: heard.atMs, patienceMs, ...says[heard.says] }
}

function ringOf(self: Self): StudentView['ring'] {
  const { memory } = self
  if (memory.role === 'leader') {
    const ends = leaseEndsAtMs(self)
    return ends === null ? null : { label: 'lease ends', fromMs: ends - (self.timings['leaseMs'] as number), dueMs: ends }
  }
  const label = memory.role === 'candidate' ? 'stand again' : memory.leader === null ? 'stand' : `suspect ${memory.leader.id}`
  return { label, fromMs: memory.waitsSinceMs, dueMs: memory.waitsSinceMs + memory.timeoutMs }
}

function nowOf(self: Self): string | null {
  const { memory } = self
  if (memory.role === 'candidate') return memory.votes.length >= majority(self) ? `You have ${memory.votes.length} votes. You can lead.` : `You have ${memory.votes.length} of ${majority(self)} votes.`
  if (memory.role === 'leader') return holdsLease(self) ? null : 'You lead, but no majority has answered your heartbeats yet.'
  if (self.clockMs - memory.waitsSinceMs >= memory.timeoutMs) return 'Nobody has led for your whole timeout. Will you stand?'
  return null
}

/** The student's screen, from what the node knows. */
export function view(self: Self): StudentView {
  const { disk, memory } = self
  const last = memory.role === 'leader'
    ? { label: 'Lease', value: holdsLease(self) ? `${seconds((leaseEndsAtMs(self) ?? 0) - self.clockMs)} left` : 'none', where: 'memory' as const }
    : memory.role === 'candidate' ? { label: 'Votes', value: `${memory.votes.length} of ${majority(self)}`, note: memory.votes.join(' '), where: 'memory' as const }
    : { label: 'Timeout', value: seconds(memory.timeoutMs), where: 'memory' as const }
  return {
    role: ROLE[memory.role], fill: FILL[memory.role], pennant: memory.role === 'leader',
    plate: [
      { label: 'Role', value: ROLE[memory.role], where: null },
      { label: 'Term', value: String(disk.term), where: 'disk' },
      { label: 'Voted for', value: disk.votedFor ?? 'nobody', note: `in term ${disk.term}`, where: 'disk' },
      last,
    ],
    peers: Object.fromEntries(self.peers.map((peer) => [peer, peerView(self, peer)])),
    ring: ringOf(self), now: nowOf(self),
  }
}

/** What a letter says, and what the node holds against it. */
export function tellLetter(self: Self, letter: Letter<Message>): Told {
  const { from, message } = letter
  const { term, votedFor } = self.disk
  const over = message.term < term
  const late = over ? `Late: term ${message.term} is over.` : null
  switch (message.kind) {
    case 'ask-vote': {
      const voted = votedFor === null ? `You have not voted in term ${term}.` : `You voted for ${votedFor} in term ${term}.`
      return { text: `${from} asks for your vote in term ${message.term}`, why: late ?? (message.term > term ? `You are in term ${term}. You have not voted in term ${message.term}.` : voted), stale: over }
    }
    case 'vote': return { text: message.granted ? `${from} votes for you in term ${message.term}` : `${from} denies you its vote`, why: late ?? (message.granted ? null : `${from} is in term ${message.term}.`), stale: over }
    case 'beat': return { text: `${from} says it leads term ${message.term}`, why: late ?? (message.term > term ? `You are in term ${term}.` : null), stale: over }
    case 'beat-ack': return { text: `${from} heard your heartbeat ${message.beat}`, why: message.term > term ? `${from} is in term ${message.term}, you are in term ${term}.` : late, stale: over }
  }
}

export function tellRequest(self: Self, request: OpenRequest<Election['operation']>): { command: string; hold: string } {
  const { leader, role } = self.memory
  const hold = role === 'leader' ? (holdsLease(self) ? 'You lead under a lease.' : 'You lead, but hold no lease now.')
    : leader === null ? 'You know of no leader.' : `You believe ${leader.id} leads.`
  return { command: `stamp parcel ${request.operation.parcel}`, hold }
}

export function tellReply(reply: Election['reply']): string {
  return `parcel ${reply.parcel} stamped in term ${reply.term}`
}

/** One glance in the cockpit, from the node's true state. */
export function badge(state: { disk: Election['disk']; memory: Partial<Election['memory']> }): Badge {
  const role = state.memory.role ?? 'follower'
  const words = role === 'leader' ? `leads term ${state.disk.term}` : role === 'candidate' ? `stands in term ${state.disk.term}`
    : state.disk.votedFor === null ? 'follows' : `voted for ${state.disk.votedFor}`
  return { fill: FILL[role], pennant: role === 'leader', tab: `T${state.disk.term}`, words, leads: role === 'leader' }
}
