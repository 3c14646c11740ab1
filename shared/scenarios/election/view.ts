import type { Badge, PeerView, Scenario, StudentView, Told } from '../../sim/scenario.ts'
import type { Letter, NodeId, OpenRequest } from '../../sim/types.ts'
import { holdsLease, leaseEndsAtMs, majority } from './state.ts'
import type { Election, Message, Self } from './types.ts'
import type { ElectionWords } from './words/en.ts'

type Say = ElectionWords['screen']

const FILL = { follower: 'empty', candidate: 'third', leader: 'full' } as const
const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`

/** What a peer was last heard to be: nothing is known of it beyond its last word. */
function peerView(self: Self, peer: NodeId, say: Say): PeerView {
  const heard = self.memory.heard[peer]
  const patienceMs = self.memory.timeoutMs
  if (heard === undefined) return { belief: 'silent', heardAtMs: null, patienceMs, fill: 'empty', pennant: false, note: null }
  const belief = self.clockMs - heard.atMs > patienceMs ? 'suspected' : 'alive'
  const says: { [K in Message['kind']]: Pick<PeerView, 'fill' | 'pennant' | 'note'> } = {
    beat: { fill: 'full', pennant: true, note: say.leads(heard.term) },
    'ask-vote': { fill: 'third', pennant: false, note: say.stands(heard.term) },
    vote: { fill: 'empty', pennant: false, note: say.inTerm(heard.term) },
    'beat-ack': { fill: 'empty', pennant: false, note: say.followsIn(heard.term) },
  }
  return { belief, heardAtMs: heard.atMs, patienceMs, ...says[heard.says] }
}

function ringOf(self: Self, say: Say): StudentView['ring'] {
  const { memory } = self
  if (memory.role === 'leader') {
    const ends = leaseEndsAtMs(self)
    return ends === null ? null : { label: say.leaseEnds, fromMs: ends - (self.timings['leaseMs'] as number), dueMs: ends }
  }
  const label = memory.role === 'candidate' ? say.standAgain : memory.leader === null ? say.stand : say.suspect(memory.leader.id)
  return { label, fromMs: memory.waitsSinceMs, dueMs: memory.waitsSinceMs + memory.timeoutMs }
}

function nowOf(self: Self, say: Say): string | null {
  const { memory } = self
  if (memory.role === 'candidate') return memory.votes.length >= majority(self) ? say.votesEnough(memory.votes.length) : say.votesOf(memory.votes.length, majority(self))
  if (memory.role === 'leader') return holdsLease(self) ? null : say.noLease
  if (self.clockMs - memory.waitsSinceMs >= memory.timeoutMs) return say.nobodyLed
  return null
}

/** The student's screen, from what the node knows. */
function view(self: Self, say: Say): StudentView {
  const { disk, memory } = self
  const last = memory.role === 'leader'
    ? { label: say.plate.lease, value: holdsLease(self) ? say.left(seconds((leaseEndsAtMs(self) ?? 0) - self.clockMs)) : say.none, where: 'memory' as const }
    : memory.role === 'candidate' ? { label: say.plate.votes, value: say.ofVotes(memory.votes.length, majority(self)), note: memory.votes.join(' '), where: 'memory' as const }
    : { label: say.plate.timeout, value: seconds(memory.timeoutMs), where: 'memory' as const }
  return {
    role: say.role[memory.role], fill: FILL[memory.role], pennant: memory.role === 'leader',
    plate: [
      { label: say.plate.role, value: say.role[memory.role], where: null },
      { label: say.plate.term, value: String(disk.term), where: 'disk' },
      { label: say.plate.votedFor, value: disk.votedFor ?? say.nobody, note: say.inTerm(disk.term), where: 'disk' },
      last,
    ],
    peers: Object.fromEntries(self.peers.map((peer) => [peer, peerView(self, peer, say)])),
    ring: ringOf(self, say), now: nowOf(self, say),
  }
}

/** What a letter says, and what the node holds against it. */
function tellLetter(self: Self, letter: Letter<Message>, say: Say): Told {
  const { from, message } = letter
  const { term, votedFor } = self.disk
  const over = message.term < term
  const late = over ? say.late(message.term) : null
  switch (message.kind) {
    case 'ask-vote': {
      const voted = votedFor === null ? say.notVoted(term) : say.voted(votedFor, term)
      return { text: say.asksVote(from, message.term), why: late ?? (message.term > term ? `${say.youAreIn(term)} ${say.notVoted(message.term)}` : voted), stale: over }
    }
    case 'vote': return { text: message.granted ? say.votesForYou(from, message.term) : say.denies(from), why: late ?? (message.granted ? null : say.peerIsIn(from, message.term)), stale: over }
    case 'beat': return { text: say.saysLeads(from, message.term), why: late ?? (message.term > term ? say.youAreIn(term) : null), stale: over }
    case 'beat-ack': return { text: say.heardBeat(from, message.beat), why: message.term > term ? say.bothIn(from, message.term, term) : late, stale: over }
  }
}

function tellRequest(self: Self, request: OpenRequest<Election['operation']>, say: Say): { command: string; hold: string } {
  const { leader, role } = self.memory
  const hold = role === 'leader' ? (holdsLease(self) ? say.underLease : say.withoutLease)
    : leader === null ? say.noLeader : say.believe(leader.id)
  return { command: say.command(request.operation.parcel), hold }
}

/** One glance in the cockpit, from the node's true state. */
function badge(state: { disk: Election['disk']; memory: Partial<Election['memory']> }, say: Say): Badge {
  const role = state.memory.role ?? 'follower'
  const words = role === 'leader' ? say.leads(state.disk.term) : role === 'candidate' ? say.stands(state.disk.term)
    : state.disk.votedFor === null ? say.follows : say.votedForBadge(state.disk.votedFor)
  return { fill: FILL[role], pennant: role === 'leader', tab: `T${state.disk.term}`, words, leads: role === 'leader' }
}

/** All that a screen says, in the words of a language. */
export function tellingIn(say: Say): Pick<Scenario<Election>, 'view' | 'tellLetter' | 'tellRequest' | 'tellReply' | 'tellOperation' | 'badge'> {
  return {
    view: (self) => view(self, say), tellLetter: (self, letter) => tellLetter(self, letter, say), tellRequest: (self, request) => tellRequest(self, request, say),
    tellReply: (reply) => say.stamped(reply.parcel, reply.term), tellOperation: (operation) => say.command(operation.parcel), badge: (state) => badge(state, say),
  }
}
