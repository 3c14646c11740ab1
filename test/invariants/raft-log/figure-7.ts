import type { Start } from './index.ts'
import type { Rehearsal } from './rehearse.ts'

/**
 * Figure 7 of the Raft paper (Ongaro and Ousterhout, 2014, section 5.3): terms of the entries of a leader that has just come to power in term 8,
 * A here, and of six followers, a to f there. Which entries are committed the figure leaves open. Here all that may be are: D, the leader of
 * term 6, knew that entry 9 was on A, B and E besides itself, four of seven, and commits it late; entry 10 and those after it never had a
 * majority.
 */
export const FIGURE_7: { readonly [node: string]: { terms: readonly number[]; term: number } } = {
  A: { terms: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6], term: 7 },
  B: { terms: [1, 1, 1, 4, 4, 5, 5, 6, 6], term: 6 },
  C: { terms: [1, 1, 1, 4], term: 4 },
  D: { terms: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6], term: 6 },
  E: { terms: [1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7], term: 7 },
  F: { terms: [1, 1, 1, 4, 4, 4, 4], term: 4 },
  G: { terms: [1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3], term: 3 },
}

/** The start: D still believes that it leads term 6, and E that it leads term 7. A command says term and index of its entry. */
export function figure7(): Start {
  const start = Object.fromEntries(Object.entries(FIGURE_7).map(([id, { terms, term }]): [string, Start[string]] => [id, {
    disk: { term, votedFor: null, log: terms.map((one, at) => ({ term: one, command: one * 100 + at + 1, written: at + 1 })), writes: terms.length },
  }]))
  const leads = (id: string, matched: { [peer: string]: number }): void => {
    const one = start[id]
    if (one !== undefined) one.memory = { role: 'leader', matched, next: Object.fromEntries(Object.entries(matched).map(([peer, index]) => [peer, index + 1])) }
  }
  leads('D', { A: 10, B: 9, E: 10 })
  leads('E', {})
  return start
}

/** D says that it leads term 6, and commits what was on four of seven. */
export function commitsNine(play: Rehearsal): void {
  play.click('D', { kind: 'replicate', to: 'A' })
  play.click('D', { kind: 'commit', index: 9, term: 6 })
}

/** A comes to power in term 8 and writes one entry of it; nobody has it yet. Returns whether it leads. */
export function comesToPower(play: Rehearsal): boolean {
  const led = play.elect('A', ['B', 'C', 'D', 'E', 'F', 'G'])
  if (led) play.write('A', 811)
  return led
}

/** G, six terms behind in its log, hears of term 7, and stands in term 8. Returns whether it leads. */
export function gStands(play: Rehearsal): boolean {
  play.click('E', { kind: 'replicate', to: 'G' })
  play.pass(1_000)
  play.adopt('G', 'E', 'append')
  return play.elect('G', ['A', 'B', 'C', 'D', 'E', 'F'])
}
