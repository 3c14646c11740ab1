import type { Words } from '../../../sim/catalogue.ts'
import type { ClaimWords } from '../../../sim/claim.ts'
import type { Lesson } from '../../../sim/scenario.ts'
import { claims } from '../claims/index.ts'
import type { ClaimId } from '../claims/index.ts'
import { english as facts } from './facts-en.ts'
import type { FactWords } from './facts-en.ts'

/** Everything that somebody who plays this mission reads, in English. Another language is a file beside this one, of the same shape. */

const lesson: Lesson = {
  brief: 'Every node sends heartbeats. You hear them, late or not at all. When one falls silent, decide: is it dead, or only slow? Suspect too soon and you are wrong. Wait too long and a dead node goes unnoticed. When a suspect beats again, take it back. You never learn for certain.',
  ruleCard: {
    title: 'Rules of suspicion',
    rules: [
      { strong: 'A heartbeat every 6 s', rest: 'says: I am here. Nothing else does.' },
      { strong: 'Silence has two causes:', rest: 'dead, or slow. You cannot tell which.' },
      { strong: 'When the timeout runs out,', rest: 'suspect. A crash must be noticed within 30 s.' },
      { strong: 'Not within 12 s', rest: 'of a heartbeat that you heard: such gaps are usual.' },
      { strong: 'A suspect that beats', rest: 'is alive. Trust it again within 10 s.' },
      { strong: 'Each link has its own pace.', rest: 'Give a slow one a longer timeout.' },
    ],
  },
  runbook: [
    { atMs: 0, say: 'All beat. Let them see how uneven the gaps are before anything breaks.', ask: 'How long after the last heartbeat would you give up on a peer?', answers: ['6 s', '12 s', '20 s', 'Never'] },
    { atMs: 70_000, say: 'Crash one node for half a minute.', ask: 'What does a crashed node look like from where you are?', answers: ['It says so', 'Like a slow one', 'Like a cut link', 'Like the last two'] },
    { atMs: 130_000, say: 'Pause one node for 45 seconds. It will not know.', ask: 'The paused node wakes. Whom does it suspect first?', answers: ['Nobody', 'Everybody', 'Only who crashed', 'It cannot know'] },
    { atMs: 205_000, say: 'Make one link one way only. Two nodes now disagree about each other, and both are right by what they heard.' },
    { atMs: 250_000, say: 'Heal everything, and count how long they need to trust each other again.' },
  ],
  questions: [
    { ask: 'Which silence was a crash and which was not? Could anybody have known at the time?', facts: 'mistakes' },
    { ask: 'How soon was the crash noticed, and by whom last?', facts: 'detection' },
    { ask: 'What would a shorter timeout have gained, and what would it have cost?', facts: 'accuracy' },
    { ask: 'Did anybody suspect too soon? What gap had they seen before?', facts: 'suspicion-earned' },
  ],
  glossary: {
    heartbeat: 'A short message that says: I am still here.',
    timeout: 'How long you wait for a heartbeat before you suspect its sender.',
    'failure detector': 'What tells a node which of its peers it should believe dead. It can be wrong.',
    suspect: 'To believe that a node is dead. It may be taken back.',
    completeness: 'Every node that crashed is suspected in the end.',
    accuracy: 'Nodes that live are not suspected, or not for long.',
    'detection time': 'From a crash to the moment when it is suspected.',
    'one-way link': 'A link that carries messages in one direction only.',
  },
}

const screen = {
  trustsAll: 'trusts all',
  suspects: (peers: string): string => `suspects ${peers}`,
  nobody: 'nobody',
  sameForAll: 'the same for all',
  plate: { suspected: 'You suspect', timeout: 'Timeouts', interval: 'You beat every', beats: 'Beats sent' },
  panel: { title: 'Heartbeats you heard', peer: 'Peer', silent: 'Silent', longest: 'Longest gap', timeout: 'You wait', never: 'never heard' },
  waits: (time: string): string => `you wait ${time}`,
  doubt: (peer: string): string => `doubt ${peer}`,
  ranOut: (peers: string): string => `${peers} has been silent for your whole timeout. Will you suspect it?`,
  beats: (peer: string, beat: number): string => `${peer} beats (${beat})`,
  youSuspect: (peer: string): string => `You suspect ${peer}. It lives, or lived when it sent this.`,
}

const keys = {
  beat: 'Send heartbeat', toAll: (beat: number): string => `number ${beat}, to all`,
  suspect: 'Suspect', silent: (peer: string, seconds: number): string => `${peer}, silent for ${seconds} s`, nobodyLeft: 'nobody is left',
  tooSoon: (peer: string, seconds: number): string => `You heard ${peer} ${seconds} s ago: such a gap is usual. Press once more to suspect it all the same.`,
  trust: 'Trust again', again: (peer: string): string => `${peer} lives`,
  waitOne: 'Wait for one', timeout: 'Wait', forOne: 'a timeout for one peer', forPeer: (peer: string): string => `a timeout for ${peer}`,
  waitAll: 'Wait for all', forAll: 'one timeout for all',
  beatEvery: 'Beat every', interval: 'Every', every: (seconds: number): string => `now ${seconds} s`,
}

export const english = {
  title: 'Dead or only slow?',
  lesson, screen, keys,
  alarms: { beat: 'next heartbeat' },
  /** The misconceptions; in English they stand where they are made. */
  ideas: {} as { readonly [id: string]: string },
  rules: {
    beat: 'Send a heartbeat every 6 s.',
    trust: 'A suspect that beats is alive: trust it again.',
    tune: 'Set a timeout somewhat above the longest gap that you have seen from that peer.',
    suspect: 'When a peer is silent for its whole timeout, suspect it.',
  },
  claims: { ...claims } as { readonly [C in ClaimId]: ClaimWords }, facts,
  figures: { detection: 'Until a crash is noticed', mistakes: 'Mistakes a minute', 'mistake-time': 'A mistake lasts', accuracy: 'Right beliefs', agreement: 'Until all trust again' },
}

/** The words of the mission in any language. */
export type HeartbeatWords = Omit<Words<typeof english>, 'lesson' | 'claims' | 'facts'> & { readonly lesson: Lesson; readonly claims: { readonly [C in ClaimId]: ClaimWords }; readonly facts: FactWords }
