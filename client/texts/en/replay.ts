/** Words of the replay page. What a fact says is in `shared/fact-words.ts`. */

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

export const texts = {
  fetching: (share: number | null, bytes: number): string => (share === null ? `Fetching the round, ${Math.round(bytes / 1_000)} KB.` : `Fetching the round, ${Math.round(share * 100)}%.`),
  replaying: (share: number): string => `Playing it again, ${Math.round(share * 100)}%.`,
  open: {
    title: 'Watch a round again',
    words: 'Open a recording from this computer. It is played again in this page and goes nowhere.',
    button: 'Choose a recording',
    drop: 'Or drop the file here.',
    other: 'Open another',
  },
  failed: {
    unknown: 'There is no recording under this address. It may belong to a class that was deleted.',
    running: 'This round is still being played. Its replay opens when it is over.',
    network: 'The server does not answer. Try again when it does.',
    unreadable: 'This file cannot be read.',
    broken: 'This recording cannot be replayed.',
    again: 'Try again',
  },
  same: (digest: string, facts: number): string => `replayed to the same digest ${digest}, ${grouped(facts)} facts`,
  unchecked: (digest: string, facts: number): string => `digest ${digest}, ${grouped(facts)} facts; none in the recording to compare with`,
  differs: (fact: number): string => `This replay differs from the recording at fact ${grouped(fact)} or soon after. Do not trust what follows.`,
  damaged: (damage: string): string => `The recording is damaged. What precedes the damage is shown. ${damage}`,
  otherVersion: 'This round was recorded by another version of Netsplit, and its facts are not at hand. Played again, it need not give the same ones.',
  fromCache: 'This round was recorded by another version of Netsplit. It is shown from the facts that were kept with it, and not played again.',
  noState: 'Only the facts of this round were kept: what a node knew cannot be shown.',
  unfinished: 'This round was not brought to its end.',
  factsLeft: 'Before the first fact.',
  noBreach: 'No claim is broken.',
  noBreachWords: 'Step through the facts, or pick a node to see what it knew.',
  ask: 'Ask the class',
  pickNode: 'Pick a node to see what it knew at this moment.',
  crashed: 'Crashed. Its memory is gone.',
  save: 'Save the recording as a file',
  saveShort: 'Save',
  prevention: 'A rule that would have prevented it',
  nothingHeard: 'never heard',
  notRecorded: (digest: string): string => `digest ${digest}, not the recorded one`,
  /** What a band of the scrubber says of a fault; one without a word of its own gets its title. */
  bands: { partition: 'cut', 'one-way': 'one way', latency: 'slow', loss: 'loss', duplicate: 'twice', crash: 'crash', pause: 'pause' },
}
