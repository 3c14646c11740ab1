import type { Rehearsal } from './rehearse.ts'

/**
 * Figure 8 of the Raft paper (Ongaro and Ousterhout, 2014, section 5.4.2), with A to E for its S1 to S5. The entry at index 2 that A wrote in term 2
 * is on three of five servers at (c), and can still be overwritten, as in (d); unless an entry of A's own term 4 is on a majority first, as in (e).
 * What A takes for committed at (c) is its rule's affair, unless `atC` says otherwise.
 */
export function untilC(play: Rehearsal, atC = (): void => play.commit('A')): void {
  play.elect('A', ['B', 'C', 'D', 'E'])
  play.write('A', 1)
  for (const to of ['B', 'C', 'D', 'E']) play.repair('A', to)
  play.commit('A')
  play.caption('Before the figure: all have one entry, of term 1.')
  play.elect('A', ['B', 'C', 'D', 'E'])
  play.write('A', 2)
  play.repair('A', 'B')
  play.caption('(a) A leads term 2, and its entry reaches B only.')
  play.crash('A')
  play.elect('E', ['C', 'D'])
  play.write('E', 3)
  play.caption('(b) A has crashed. E leads term 3 with the votes of C and D, and has written another entry at index 2.')
  play.crash('E')
  play.restart('A')
  play.elect('A', ['B', 'C', 'D'])
  play.elect('A', ['B', 'C', 'D'])
  play.repair('A', 'B')
  play.repair('A', 'C')
  play.write('A', 4)
  play.caption('(c) E has crashed. A is back and leads term 4, since term 3 was taken. Its old entry has reached C, and it has written one of term 4.')
  atC()
}

/** E comes back and leads term 5 if the others vote for it; term 4 is taken. Returns whether it leads. */
export function eStands(play: Rehearsal): boolean {
  play.crash('A')
  play.restart('E')
  play.elect('E', ['B', 'C', 'D'])
  return play.elect('E', ['B', 'C', 'D'])
}

/** (d) E overwrites index 2 everywhere, at A too when it is back. Then it adds an entry of its own term, and commits both. Returns whether E came to lead. */
export function throughD(play: Rehearsal, atC?: () => void): boolean {
  untilC(play, atC)
  if (!eStands(play)) return false
  for (const to of ['B', 'C', 'D']) play.repair('E', to)
  play.restart('A')
  play.repair('E', 'A')
  play.caption('(d) A had crashed. E leads term 5 with the votes of B, C and D, and its entry of term 3 has replaced that of term 2 everywhere.')
  play.write('E', 5)
  for (const to of ['B', 'C', 'D']) play.repair('E', to)
  play.commit('E')
  play.end()
  return true
}

/** (e) A's entry of term 4 reaches B and C, and A commits. Then E stands; B leads after it, in term 6. Returns whether E came to lead. */
export function throughE(play: Rehearsal): boolean {
  untilC(play)
  for (const to of ['B', 'C']) play.repair('A', to)
  play.commit('A')
  play.caption('(e) The entry of term 4 has reached B and C before A crashes.')
  const led = eStands(play)
  play.elect('B', ['C', 'D', 'E'])
  play.elect('B', ['C', 'D', 'E'])
  play.write('B', 6)
  for (const to of ['C', 'D', 'E']) play.repair('B', to)
  play.commit('B')
  play.end()
  return led
}
