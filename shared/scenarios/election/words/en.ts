import type { Lesson } from '../../../sim/scenario.ts'
import type { Words } from '../../../sim/catalogue.ts'
import type { ClaimWords } from '../../../sim/claim.ts'
import { claims } from '../claims/index.ts'
import type { ClaimId } from '../claims/index.ts'
import { english as facts } from './facts-en.ts'
import type { FactWords } from './facts-en.ts'

/** Everything that somebody who plays this mission reads, in English. Another language is a file beside this one, of the same shape. */

const lesson: Lesson = {
  brief: 'Your cluster needs one leader, and only one. Customers bring parcels that the leader must stamp. Nobody sees the whole network: you know what reached you, and when. If the leader falls silent, it may be dead or only slow. Choose a new one with votes, and make sure that the old one stops.',
  ruleCard: {
    title: 'Rules of an election',
    rules: [
      { strong: 'One vote a term.', rest: 'Write it to disk before you send it.' },
      { strong: 'A higher term wins.', rest: 'Take it over, and follow.' },
      { strong: 'Lead with a majority,', rest: 'your own vote included.' },
      { strong: 'Only a leader under lease stamps.', rest: 'A majority must have answered its heartbeats of the last 14 s (28 s by hand). Everyone else redirects.' },
      { strong: 'Silence has two causes:', rest: 'dead, or slow. You cannot tell which.' },
    ],
  },
  runbook: [
    { atMs: 0, say: 'Nobody leads yet. Whoever waits long enough stands for election.' },
    { atMs: 60_000, say: 'Cut the leader and one other off from the rest.', ask: 'If the leader hears nobody, how could it know that it no longer leads?', answers: ['It cannot know', 'Its lease runs out', 'A customer tells it', 'It hears a higher term'] },
    { atMs: 120_000, say: 'Heal the cut and let the old leader hear the new term.', ask: 'Which message told it first?', answers: ['A heartbeat', 'A request for a vote', 'A vote', 'An acknowledgement'] },
    { atMs: 150_000, say: 'Pause the leader for half a minute.', ask: 'It will wake up sure that it leads. What stops it from stamping?', answers: ['Nothing', 'Its lease on its own clock', 'The other nodes', 'The customer'] },
    { atMs: 240_000, say: 'Heal everything, and count how long they need to agree.' },
  ],
  questions: [
    { ask: 'When did two nodes believe that they led? What did each of them know?', facts: 'two-believe' },
    { ask: 'Which vote decided the first term with a leader, and could it have gone the other way?', facts: 'one-vote' },
    { ask: 'How long was nobody in charge after the first cut? What would a shorter timeout have cost?', facts: 'leaderless' },
    { ask: 'Was any parcel stamped too late? Which rule would have stopped it?', facts: 'no-stale-serve' },
  ],
  glossary: {
    term: 'A numbered period with at most one leader. Whoever stands starts a new one.',
    vote: 'A promise by a node to follow one candidate in one term. It is kept on disk.',
    majority: 'More than half of all nodes, those included that cannot be reached. Any two majorities share a node.',
    quorum: 'As many nodes as a decision needs; here a majority.',
    heartbeat: 'A short message that says: I lead this term, and I am still here.',
    lease: 'The right to act as leader for a short time, renewed by answers to heartbeats. It ends by itself.',
    timeout: 'How long you wait for a heartbeat before you stand yourself.',
    candidate: 'A node that asks for votes.',
    'split vote': 'A term in which two or more stood and nobody got a majority.',
    partition: 'A cut in the network: nodes on either side cannot hear the other side.',
  },
}

/** What a node says of itself, of its peers and of letters, on its own screen. */
const screen = {
  role: { follower: 'Follower', candidate: 'Candidate', leader: 'Leader' },
  leads: (term: number): string => `leads term ${term}`,
  stands: (term: number): string => `stands in term ${term}`,
  inTerm: (term: number): string => `in term ${term}`,
  followsIn: (term: number): string => `follows, term ${term}`,
  follows: 'follows',
  votedForBadge: (node: string): string => `voted for ${node}`,
  leaseEnds: 'lease ends',
  standAgain: 'stand again',
  stand: 'stand',
  suspect: (node: string): string => `suspect ${node}`,
  votesEnough: (votes: number): string => `You have ${votes} votes. You can lead.`,
  votesOf: (votes: number, majority: number): string => `You have ${votes} of ${majority} votes.`,
  noLease: 'You lead, but no majority has answered your heartbeats yet.',
  nobodyLed: 'Nobody has led for your whole timeout. Will you stand?',
  plate: { role: 'Role', term: 'Term', votedFor: 'Voted for', lease: 'Lease', votes: 'Votes', timeout: 'Timeout' },
  nobody: 'nobody',
  none: 'none',
  left: (time: string): string => `${time} left`,
  ofVotes: (votes: number, majority: number): string => `${votes} of ${majority}`,
  late: (term: number): string => `Late: term ${term} is over.`,
  notVoted: (term: number): string => `You have not voted in term ${term}.`,
  voted: (node: string, term: number): string => `You voted for ${node} in term ${term}.`,
  youAreIn: (term: number): string => `You are in term ${term}.`,
  peerIsIn: (node: string, term: number): string => `${node} is in term ${term}.`,
  bothIn: (node: string, term: number, own: number): string => `${node} is in term ${term}, you are in term ${own}.`,
  asksVote: (node: string, term: number): string => `${node} asks for your vote in term ${term}`,
  votesForYou: (node: string, term: number): string => `${node} votes for you in term ${term}`,
  denies: (node: string): string => `${node} denies you its vote`,
  saysLeads: (node: string, term: number): string => `${node} says it leads term ${term}`,
  heardBeat: (node: string, beat: number): string => `${node} heard your heartbeat ${beat}`,
  underLease: 'You lead under a lease.',
  withoutLease: 'You lead, but hold no lease now.',
  noLeader: 'You know of no leader.',
  believe: (node: string): string => `You believe ${node} leads.`,
  command: (parcel: number): string => `stamp parcel ${parcel}`,
  stamped: (parcel: number, term: number): string => `parcel ${parcel} stamped in term ${term}`,
}

/** Keys: what they say, what they add, and what is said before a slip. */
const keys = {
  stand: 'Stand for election', startsTerm: (term: number): string => `starts term ${term}`,
  standWoken: 'You woke up not long ago: what you heard before is forgotten. Press once more to stand all the same.',
  standHeard: 'You heard a leader not long ago. Press once more to stand all the same.',
  askAgain: 'Ask again', notAnswered: 'those who have not answered', notStanding: 'You are not standing, so there is no vote to ask for.',
  lead: 'Lead', leadWith: (term: number, votes: number, majority: number): string => `term ${term}, ${votes} of ${majority} votes`,
  leadWithout: (votes: number, majority: number): string => `You have ${votes} of ${majority} votes. Press once more to lead all the same.`,
  beat: 'Send heartbeat', iLead: (term: number): string => `I lead term ${term}`,
  stepDown: 'Step down', followAgain: 'follow again',
  changeTimeout: 'Change timeout', now: (seconds: number): string => `now ${seconds} s`, waitForLeader: 'Wait for a leader',
  grant: 'Grant', to: (node: string): string => `to ${node}`, toAPeer: 'to a peer',
  termOver: (term: number): string => `Term ${term} is over. Press once more to vote in it all the same.`,
  voteTwice: (node: string, term: number): string => `You voted for ${node} in term ${term}. Press once more to vote twice.`,
  deny: 'Deny', sayTerm: (term: number): string => `say term ${term}`,
  count: 'Count', soFar: (node: string, votes: number): string => `${node}, ${votes} so far`,
  acknowledge: 'Acknowledge', note: 'Note', hearsYou: (node: string): string => `${node} hears you`,
  adoptTerm: 'Adopt term', andFollow: (term: number): string => `term ${term}, and follow`,
  stamp: 'Stamp', asLeader: (term: number): string => `as leader of term ${term}`, notLeading: 'You do not lead. Press once more to stamp all the same.',
  redirect: 'Redirect',
}

export const english = {
  title: 'Who leads?',
  lesson, screen, keys,
  alarms: { beat: 'next heartbeat', ask: 'asks again' },
  behind: 'terms',
  /** The misconceptions; in English they stand where they are made. */
  ideas: {} as { readonly [id: string]: string },
  rules: {
    'adopt-term': 'A higher term wins: take it over, and follow. A voter that still hears a leader lets a mere request pass.',
    'step-down': 'Standing, and somebody leads this very term: follow.',
    ack: 'Acknowledge every heartbeat, with your own term in it.',
    grant: 'One vote a term, to the first who asks; none while you have heard a leader in the last 18 s.',
    deny: 'Otherwise deny, and say your term.',
    'count-vote': 'Count votes of your own term while you stand.',
    lead: 'Lead when more than half of all nodes voted for you, your own vote included.',
    beat: 'A leader sends a heartbeat every 6 s.',
    'note-ack': 'A leader notes who has acknowledged which heartbeat.',
    'ask-again': 'While you stand, ask again every 6 s: messages get lost.',
    stand: 'No leader heard for your timeout: stand in the next term. Draw the next timeout afresh, or you will stand together again.',
    serve: 'Answer a customer only as a leader under lease: a majority has acknowledged a heartbeat of the last 14 s.',
    redirect: 'Not the leader: send the customer to the one you last heard.',
  },
  claims: { ...claims } as { readonly [C in ClaimId]: ClaimWords }, facts,
  figures: { leaderless: 'Without a leader', recovery: 'Until a leader is back', 'split-votes': 'Split votes', 'two-believe': 'Two believe they lead' },
}

/** The words of the mission in any language. */
export type ElectionWords = Omit<Words<typeof english>, 'lesson' | 'claims' | 'facts'> & { readonly lesson: Lesson; readonly claims: { readonly [C in ClaimId]: ClaimWords }; readonly facts: FactWords }
