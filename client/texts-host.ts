import type { IconName } from './components/icon.tsx'
import type { Level } from '../shared/sim/types.ts'

/** Words and signs of the instructor's pages that no registry holds. */

/** A sign for each fault; one without gets the plain one. The fault's own title and fields are in its registry. */
const faultIcons: { readonly [type: string]: IconName } = {
  partition: 'cut', 'one-way': 'oneway', latency: 'delay', loss: 'loss', duplicate: 'duplicate', crash: 'crash', pause: 'pause',
}
export const faultIcon = (type: string): IconName => faultIcons[type] ?? 'flag'

export const levelWords: { readonly [L in Level]: { title: string; words: string } } = {
  L0: { title: 'L0 By hand', words: 'Students click everything, heartbeats included. Half speed.' },
  L1: { title: 'L1 Chores', words: 'Heartbeats and acknowledgements run by themselves.' },
  L2: { title: 'L2 Handlers', words: 'Messages are handled; students decide timeouts, votes and answers.' },
  L3: { title: 'L3 Policy', words: 'Students only set the numbers, and watch.' },
}

export const texts = {
  open: {
    title: 'Open a class',
    words: 'You get a code for the wall. Students join with it; no accounts.',
    field: 'Name of the class',
    usual: 'Distributed systems',
    button: 'Open the class',
    mine: 'Opened in this browser',
  },
  noSecret: {
    title: 'This browser does not hold the key of the class',
    words: 'Only the browser that opened a class can run it. Use the full link with its key, or open a new class.',
    field: 'The link with its key',
    button: 'Use this link',
    wrong: 'That is no host link. It ends in a code, a dot and a key.',
  },
  link: {
    connecting: 'Connecting to the class.',
    lost: 'The server does not answer. This page comes back by itself; nothing that was confirmed is lost.',
    refused: 'The class did not let this page in.',
    elsewhere: 'The cockpit is open in another tab',
    elsewhereWords: 'One page at a time runs the class. The other one has it now.',
    closed: 'This class is closed. Its replays stay where they are.',
  },
  lobby: {
    local: 'Students cannot open this address: it means their own machine. Open this page under the address of this machine in your network.',
    empty: 'Nobody is here yet. Put the code on the wall.',
    free: 'free: a bot plays',
    gone: 'away',
    rename: 'Click a name to rename or remove.',
  },
  feed: { empty: 'No claim is broken.' },
  faults: { none: '0 faults active. Baseline restored.' },
  round: {
    cutting: 'Press, draw a line between the nodes, let go.',
    keys: 'Space pauses. Digits choose a cluster. C draws a cut.',
  },
  paused: 'All clusters stand still.',
} as const
