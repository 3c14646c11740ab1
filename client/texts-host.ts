import type { IconName } from './components/icon.tsx'
import { isTargetWord } from '../shared/faults/targets.ts'
import { targetWords } from '../shared/plan-words.ts'
import type { Level } from '../shared/sim/types.ts'

/** Words and signs of the instructor's pages that no registry holds. */

/** A sign and a short name for each fault; one without gets the plain sign and its title. Titles and fields are in the registry. */
const faultLooks: { readonly [type: string]: { icon: IconName; name: string } } = {
  partition: { icon: 'cut', name: 'Cut' }, 'one-way': { icon: 'oneway', name: 'One way' }, flapping: { icon: 'flapping', name: 'Flaps' }, bridge: { icon: 'bridge', name: 'Bridge' }, ring: { icon: 'ring', name: 'Ring' },
  latency: { icon: 'delay', name: 'Delay' }, loss: { icon: 'loss', name: 'Loss' }, 'burst-loss': { icon: 'spells', name: 'Spells' }, duplicate: { icon: 'duplicate', name: 'Twice' }, reorder: { icon: 'reorder', name: 'Reorder' },
  corrupt: { icon: 'corrupt', name: 'Corrupt' }, rate: { icon: 'funnel', name: 'Narrow' }, hold: { icon: 'hold', name: 'Hold' },
  crash: { icon: 'crash', name: 'Crash' }, 'power-cut': { icon: 'power', name: 'Power' }, restart: { icon: 'again', name: 'Restart' }, pause: { icon: 'pause', name: 'Pause' }, 'slow-node': { icon: 'slow', name: 'Slow' },
  'clock-bump': { icon: 'bump', name: 'Bump' }, 'clock-strobe': { icon: 'strobe', name: 'Strobe' }, 'clock-drift': { icon: 'skew', name: 'Drift' },
}
export const faultIcon = (type: string): IconName => faultLooks[type]?.icon ?? 'flag'
export const faultName = (type: string): string | null => faultLooks[type]?.name ?? null

/** What faults break, in the order of the palette. */
export type FaultGroup = 'network' | 'messages' | 'nodes' | 'clocks'
export const groupNames: { readonly [G in FaultGroup]: string } = { network: 'Network', messages: 'Messages', nodes: 'Nodes', clocks: 'Clocks' }

/** A word for nodes as the form lists it; a node is its letter. */
export const targetName = (word: string): string => (isTargetWord(word) ? targetWords[word] : word)

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
  /** What a node's menu says of each group of faults. */
  nodeMenu: {
    network: (node: string): string => `${node} is cut off`, messages: (node: string): string => `What ${node} sends`, nodes: (node: string): string => `${node} itself`, clocks: (node: string): string => `The clock of ${node}`,
    unheard: 'Unheard', deaf: 'Deaf',
  },
  plans: {
    monkeyTitle: (seed: number): string => `Monkey ${seed}`,
    savedTitle: (title: string, round: number, cluster: string): string => `${title}, round ${round}, ${cluster}`,
    unreadable: (name: string): string => `${name} cannot be read.`,
    nothing: 'Nothing was broken yet, and nothing is planned: there is no script to save.',
    saveLong: 'Save as a plan what was done and what is to come',
    saveThis: 'Save this plan as a file',
    fromFile: 'From a file',
    length: (steps: number, long: string): string => `${steps === 1 ? '1 step' : `${steps} steps`}, ${long} long`,
  },
  faults: {
    none: '0 faults active. Baseline restored.',
    noCluster: 'There is no cluster yet.',
    dials: 'Or by hand',
    everywhere: (clusters: number, shown: string): string => `This is ${shown}'s part; all ${clusters} clusters get theirs.`,
    leaderless: (node: string): string => `Nobody leads now: ${node} stands in for the leader.`,
    bent: (clocks: string): string => `Clocks are still bent: ${clocks}`,
    setClocks: 'Set clocks right',
  },
  round: {
    cutting: 'Press, draw a line between the nodes, let go.',
    cuttingAll: 'Press, draw a line between the nodes, let go. All clusters are cut so.',
    keys: 'Space pauses. Digits choose a cluster. C draws a cut.',
  },
  paused: 'All clusters stand still.',
} as const
