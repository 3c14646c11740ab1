import { electionSafety, leaderCompleteness, logMatching, noLostCommit, oneVote, quorumBeforeAck, quorumToLead, stateMachineSafety } from '../../../shared/invariants/index.ts'
import type { Claim } from '../../../shared/sim/claim.ts'
import { cloneJson } from '../../../shared/sim/json.ts'
import type { ChaosLimits, Scenario } from '../../../shared/sim/scenario.ts'
import type { NodeId } from '../../../shared/sim/types.ts'
import { actions } from './actions.ts'
import { rules, wrongRules } from './rules.ts'
import { answers, applies, commits, disks, leads, stores, votes, votesHeard } from './shown.ts'
import type { Message, RaftLog, Self } from './types.ts'

/** Where nodes begin other than with nothing. */
export interface Start { [node: NodeId]: { disk: RaftLog['disk']; memory?: Partial<RaftLog['memory']> } }

export const claims: { readonly [id: string]: Claim } = {
  'one-vote': oneVote(votes) as unknown as Claim,
  'election-safety': electionSafety(leads) as unknown as Claim,
  'quorum-to-lead': quorumToLead(votesHeard, leads) as unknown as Claim,
  'log-matching': logMatching(disks) as unknown as Claim,
  'leader-completeness': leaderCompleteness(disks, leads, commits) as unknown as Claim,
  'no-lost-commit': noLostCommit(disks, commits) as unknown as Claim,
  'state-machine-safety': stateMachineSafety(applies) as unknown as Claim,
  'quorum-before-ack': quorumBeforeAck(stores, answers) as unknown as Claim,
}

const misconceptions: Scenario<RaftLog>['misconceptions'] = {
  'count-replicas-of-old-term': { replaces: wrongRules['count-replicas-of-old-term'], idea: 'A majority has it, so it is committed.', breaks: ['leader-completeness'], heldBy: 'all' },
  'vote-for-shorter-log': { replaces: wrongRules['vote-for-shorter-log'], idea: 'Whoever asks first gets my vote.', breaks: ['leader-completeness'], heldBy: 'all' },
  'overwrite-committed': { replaces: wrongRules['overwrite-committed'], idea: 'The leader knows best: I take what it sends.', breaks: ['log-matching'], heldBy: 'all' },
  'ack-before-disk': { replaces: wrongRules['ack-before-disk'], idea: 'The disk will have it in a moment.', breaks: ['no-lost-commit'], heldBy: 'all' },
  'commit-in-minority': { replaces: wrongRules['commit-in-minority'], idea: 'One other has it, so it is safe.', breaks: ['no-lost-commit'], heldBy: 'all' },
}

const atMost = (ms: number): { durationMs: readonly [number, number] } => ({ durationMs: [2_000, ms] })
const chaosLimits: ChaosLimits = {
  partition: atMost(30_000), 'one-way': atMost(30_000), latency: { ...atMost(30_000), params: { extraMs: [500, 20_000], spreadMs: [0, 5_000] } },
  loss: { ...atMost(30_000), params: { share: [5, 60] } }, duplicate: atMost(30_000), reorder: atMost(30_000), hold: atMost(20_000),
  crash: atMost(20_000), 'power-cut': atMost(20_000), restart: { durationMs: [200, 5_000] }, pause: atMost(30_000), 'slow-node': { ...atMost(30_000), params: { workMs: [100, 3_000] } },
}

const BEAT_MS = 3_000
/** Spread by term and node, so that no two stand together for ever. */
const timeoutMs = (self: Self): number => 8_000 + ((self.id.charCodeAt(0) * 7_919 + self.disk.term * 104_729) % 97) * 80

/** A replicated log by Raft, for tests alone: scripts play it by hand, and bots play it under chaos. */
export function raftLog(start: Start = {}): Scenario<RaftLog> {
  return {
    id: 'raft-log', title: 'One story.', version: 1,
    lesson: { brief: '', ruleCard: { title: '', rules: [] }, runbook: [], questions: [], glossary: {} },
    nodes: { min: 3, usual: 5, max: 7 },
    timings: () => ({}), speed: () => 1,
    latency: { shape: 'uniform', leastMs: 200, mostMs: 1_800 },
    state: (id, _peers, clockMs, _timings, restarted) => ({
      disk: cloneJson(start[id]?.disk ?? { term: 0, votedFor: null, log: [], writes: 0 }),
      memory: {
        role: 'follower', votes: [], next: {}, matched: {}, committed: 0, applied: 0, asked: {}, waitsSinceMs: clockMs, spokeAtMs: clockMs,
        ...(restarted ? {} : cloneJson(start[id]?.memory)),
      },
    }),
    messages: {
      'ask-vote': { letter: 'R', family: 'ask', name: 'REQUEST_VOTE', about: (message) => `${message.term}` },
      vote: { letter: 'Y', family: 'answer', name: 'VOTE', about: (message) => `${message.term}`, hollow: (message) => !message.granted },
      append: { letter: 'P', family: 'order', name: 'APPEND', about: ({ term, previous, entries }) => `${term}.${previous.index}.${entries.length}`, hollow: (message) => message.entries.length === 0 },
      'append-ack': { letter: 'K', family: 'answer', name: 'ACK', about: (message) => `${message.term}.${String(message.matched)}`, hollow: (message) => message.matched === null },
    },
    arrive(self, _from, message: Message) {
      if (message.kind === 'append' && message.term >= self.disk.term) self.memory.waitsSinceMs = self.clockMs
    },
    actions, rules, claims, figures: {},
    alarms: (self) => ({
      beat: self.memory.role === 'leader' ? self.memory.spokeAtMs + BEAT_MS : null,
      stand: self.memory.role === 'leader' ? null : self.memory.waitsSinceMs + timeoutMs(self),
    }),
    levels: { L0: ['recover'], L1: ['recover'], L2: ['recover'], L3: Object.keys(rules) },
    misconceptions,
    workload: {
      customers: () => 2, gapMs: [1_000, 4_000], deadlineMs: 20_000, redirectMs: 50, stickyPercent: 50,
      operation: (customer, n) => ({ kind: 'write', command: (customer + 1) * 1_000 + n }),
    },
    view: () => ({ role: '', fill: 'empty', pennant: false, plate: [], peers: {}, ring: null, now: null }),
    tellLetter: () => ({ text: '', why: null, stale: false }), tellRequest: () => ({ command: '', hold: '' }), tellReply: () => '',
    badge: (self) => ({ fill: 'empty', pennant: self.memory.role === 'leader', tab: `T${self.disk.term}`, words: '', leads: self.memory.role === 'leader' }),
    bentClocks: true, chaos: [], chaosLimits, allows: () => true,
  }
}
