import { describe, expect, test } from 'vitest'
import { court } from '../scenarios/court.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { FactNo } from '../../shared/sim/types.ts'
import { raftLog } from './raft-log/index.ts'
import { rehearse } from './raft-log/rehearse.ts'
import type { Rehearsal } from './raft-log/rehearse.ts'
import { sentences, witnessFaults } from './raft-log/said.ts'

const mission = raftLog()
const others = ['B', 'C', 'D', 'E']

/** A leads term 1, and an entry of it is on all five disks and committed. */
function begin(): Rehearsal {
  const play = rehearse(mission, 5)
  play.elect('A', others)
  play.write('A', 1)
  for (const to of others) play.repair('A', to)
  play.commit('A')
  return play
}

describe('no-lost-commit', () => {
  test('breaks when a leader commits what only two of five have', () => {
    const play = begin()
    play.write('A', 2)
    play.repair('A', 'B')
    play.click('A', { kind: 'commit', index: 2, term: 1 })
    expect(sentences(mission, play.facts)).toEqual(['no-lost-commit: A committed entry 2 of term 1, but the disks of C, D and E did not have it: at most 2 of 5 had. It takes 3.'])
    expect(witnessFaults(mission, 5, play.facts)).toEqual([])
  })

  test('names no more disks than it takes', () => {
    const play = begin()
    play.write('A', 2)
    play.click('A', { kind: 'commit', index: 2, term: 1 })
    expect(sentences(mission, play.facts)).toEqual(['no-lost-commit: A committed entry 2 of term 1, but the disks of B, C and D did not have it: at most 2 of 5 had. It takes 3.'])
    expect(witnessFaults(mission, 5, play.facts)).toEqual([])
  })

  test('an entry that was committed stays so when its leader says less again', () => {
    const one = court(mission as unknown as Scenario, 'no-lost-commit', 3)
    one.does(0, 'A', { kind: 'commit', index: 2, term: 1 } as { kind: string })
    one.does(0, 'A', { kind: 'commit', index: 1, term: 1 } as { kind: string })
    for (const node of ['B', 'C']) one.lay(0, { kind: 'stored', node, disk: { log: [{ term: 1, command: 1, written: 1 }] }, before: [], because: [] })
    expect(one.verdicts.map((verdict) => verdict.key)).toEqual(['entry 2 term 1'])
  })

  test('holds when three have it', () => {
    const play = begin()
    play.write('A', 2)
    for (const to of ['B', 'C']) play.repair('A', to)
    play.click('A', { kind: 'commit', index: 2, term: 1 })
    expect(play.breaches()).toEqual([])
  })

  /** B and C accept an entry, and lose power in the same millisecond. */
  function powerCuts(durable: boolean): Rehearsal {
    const play = rehearse(mission, 3)
    play.elect('A', ['B', 'C'])
    play.write('A', 1)
    for (const node of ['B', 'C']) {
      play.click('A', { kind: 'replicate', to: node })
      play.pass(1_000)
      play.click(node, { kind: 'accept', letter: play.letter(node, 'A', 'append'), durable }, 0)
      play.powerCut(node)
    }
    play.pass(1_000)
    return play
  }

  test('breaks when acknowledgements leave before the disk has the entry: it is committed, and on one disk of three', () => {
    const play = powerCuts(false)
    for (const from of ['B', 'C']) play.click('A', { kind: 'note-ack', letter: play.letter('A', from, 'append-ack') })
    play.commit('A')
    expect(sentences(mission, play.facts)).toEqual(['no-lost-commit: A committed entry 1 of term 1, but the disks of B and C did not have it: at most 1 of 3 had. It takes 2.'])
    expect(witnessFaults(mission, 3, play.facts)).toEqual([])
  })

  test('holds when they wait for the disk: the power cut takes them too, and nothing is committed', () => {
    const play = powerCuts(true)
    play.commit('A')
    expect(play.self('A').memory.committed).toBe(0)
    expect(play.breaches()).toEqual([])
  })

  test('holds when a node outside the majority takes the entry of an earlier leader in the place of a committed one', () => {
    const play = begin()
    // Entry 2 of term 2 is on A and D.
    play.elect('A', others)
    play.write('A', 2)
    play.repair('A', 'D')
    // E leads term 3. Its entry is under way to D, who does not look at its letters.
    play.crash('A')
    play.elect('E', ['B', 'C'])
    play.write('E', 3)
    play.click('E', { kind: 'replicate', to: 'D' })
    play.pass(1_000)
    play.click('D', { kind: 'reject', letter: play.letter('D', 'E', 'append') })
    play.pass(1_000)
    play.click('E', { kind: 'note-ack', letter: play.letter('E', 'D', 'append-ack') })
    play.click('E', { kind: 'replicate', to: 'D' })
    play.pass(1_000)
    play.crash('E')
    // A leads term 4. Entry 2 comes to B and C with one of term 4, and both are committed.
    play.restart('A')
    play.elect('A', ['B', 'C'])
    play.elect('A', ['B', 'C'])
    play.write('A', 4)
    for (const to of ['B', 'C']) play.repair('A', to)
    play.commit('A')
    expect(play.self('A').memory.committed).toBe(3)
    // Only now D looks at the letter of term 3, the highest term that it knows of.
    play.click('D', { kind: 'accept', letter: 'E>D append 3.1.1 #1' })
    expect(play.self('D').disk.log.map((entry) => entry.term)).toEqual([1, 3])
    expect(play.breaches()).toEqual([])
  })

  test('breaks when another entry is committed at the same index, and names both leaders', () => {
    const one = court(mission as unknown as Scenario, 'no-lost-commit')
    const first = one.does(1_000, 'A', { kind: 'commit', index: 2, term: 2 } as { kind: string })
    one.does(1_500, 'B', { kind: 'commit', index: 2, term: 2 } as { kind: string })
    const second = one.does(2_000, 'E', { kind: 'commit', index: 2, term: 3 } as { kind: string })
    expect(one.verdicts).toMatchObject([{ witness: [first, second], sentence: 'A committed entry 2 of term 2, and E committed one of term 3 in its place.' }])
  })

  test('breaks when a lower entry is committed than one that is, and no majority has it', () => {
    const one = court(mission as unknown as Scenario, 'no-lost-commit', 3)
    const stores = (node: string, ...terms: number[]): FactNo => one.lay(0, { kind: 'stored', node, disk: { log: terms.map((term, at) => ({ term, command: at, written: at + 1 })) } as never, before: [], because: [] })
    const [a, b] = [stores('A', 1, 1), stores('B', 1, 1)]
    stores('C', 2)
    one.does(1_000, 'A', { kind: 'commit', index: 2, term: 1 } as { kind: string })
    const commit = one.does(2_000, 'C', { kind: 'commit', index: 1, term: 2 } as { kind: string })
    expect(one.verdicts).toMatchObject([{ witness: [a, b, commit], sentence: 'C committed entry 1 of term 2, but the disks of A and B did not have it: at most 1 of 3 had. It takes 2.' }])
  })

  test('says nothing of disks that no fact has shown', () => {
    const one = court(mission as unknown as Scenario, 'no-lost-commit')
    one.does(1_000, 'A', { kind: 'commit', index: 2, term: 2 } as { kind: string })
    expect(one.verdicts).toEqual([])
  })
})
