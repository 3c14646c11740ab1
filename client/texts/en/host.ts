import type { Level } from '../../../shared/sim/types.ts'

/** Words of the instructor's pages that no registry holds. */
export const texts = {
  levels: {
    L0: { title: 'L0 By hand', words: 'Students click everything, heartbeats included. Half speed.' },
    L1: { title: 'L1 Chores', words: 'Heartbeats and acknowledgements run by themselves.' },
    L2: { title: 'L2 Handlers', words: 'Messages are handled; students decide timeouts, votes and answers.' },
    L3: { title: 'L3 Policy', words: 'Students only set the numbers, and watch.' },
  } satisfies { readonly [L in Level]: { title: string; words: string } },
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
    elsewhereWords: 'A newer page has taken this one\'s place. It runs the class now.',
    closed: 'This class is closed. Its replays stay where they are.',
  },
  lobby: {
    local: 'Students cannot open this address: it means their own machine. Open this page under the address of this machine in your network.',
    empty: 'Nobody is here yet. Put the code on the wall.',
    free: 'free: a bot plays',
    gone: 'away',
    rename: 'Click a name to rename or remove.',
  },
  plans: {
    /** What a planned step waits for. */
    waits: {
      leader: (seconds: string): string => (seconds === '0' ? 'when somebody leads' : `when somebody has led for ${seconds} s`),
      noLeader: (seconds: string): string => (seconds === '0' ? 'when nobody leads' : `when nobody has led for ${seconds} s`),
      after: (seconds: string, fault: string): string => (seconds === '0' ? `when ${fault} is over` : `${seconds} s after the end of ${fault}`),
      breach: (claim: string | null): string => `when ${claim ?? 'a claim'} breaks`,
    },
    monkeyTitle: (seed: number): string => `Monkey ${seed}`,
    savedTitle: (title: string, round: number, cluster: string): string => `${title}, round ${round}, ${cluster}`,
    unreadable: (name: string): string => `${name} cannot be read.`,
    nothing: 'Nothing was broken yet, and nothing is planned: there is no script to save.',
    saveLong: 'Save as a plan what was done and what is to come',
    saveThis: 'Save this plan as a file',
    fromFile: 'From a file',
    length: (steps: number, long: string): string => `${steps === 1 ? '1 step' : `${steps} steps`}, ${long} long`,
  },
}
