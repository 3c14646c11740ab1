import type { Lesson } from '../../sim/scenario.ts'

/** All texts of the mission that are no part of a card or a button. */
export const lesson: Lesson = {
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
