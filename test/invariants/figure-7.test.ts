import { describe, expect, test } from 'vitest'
import { nodeIds } from '../../shared/sim/create.ts'
import { commitIndexRaft } from './raft-log/decide.ts'
import { comesToPower, commitsNine, FIGURE_7, figure7, gStands } from './raft-log/figure-7.ts'
import { raftLog } from './raft-log/index.ts'
import { rehearse } from './raft-log/rehearse.ts'
import type { Habits, Rehearsal } from './raft-log/rehearse.ts'
import { sentences, witnessFaults } from './raft-log/said.ts'

const whole = raftLog(figure7())
/** Votes of the terms before the round are no facts of it, so that claim has nothing to say. */
const { 'quorum-to-lead': _before, ...claims } = whole.claims
const mission = { ...whole, claims }
const begin = (habits: Partial<Habits> = {}): Rehearsal => {
  const play = rehearse(mission, 7, habits)
  commitsNine(play)
  return play
}
const terms = (play: Rehearsal, node: string): number[] => play.self(node).disk.log.map((entry) => entry.term)

describe('Figure 7', () => {
  test('the logs are those of the figure, and all disks are shown', () => {
    const play = begin()
    for (const id of nodeIds(7)) expect(terms(play, id)).toEqual(FIGURE_7[id]?.terms)
    expect(play.facts.filter((fact) => fact.kind === 'stored').map((fact) => fact.node)).toEqual(nodeIds(7))
  })

  test('the leader of term 6 may commit entry 9 and no more', () => expect(commitIndexRaft(rehearse(mission, 7).self('D'))).toBe(9))

  test('the leader of term 8 gets four votes besides its own, and makes all logs the same; nothing breaks', () => {
    const play = begin()
    expect(comesToPower(play)).toBe(true)
    expect(play.self('A').memory.votes).toEqual(['A', 'B', 'C', 'F', 'G'])
    for (const to of ['B', 'C', 'D', 'E', 'F', 'G']) play.repair('A', to)
    play.commit('A')
    for (const id of nodeIds(7)) expect(terms(play, id)).toEqual([1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 8])
    expect(play.self('A').memory.committed).toBe(11)
    expect(play.breaches()).toEqual([])
  })

  test('[log-matching] breaks when G takes an entry without having the one before it', () => {
    const play = begin({ accepts: (self, message) => message.term >= self.disk.term })
    comesToPower(play)
    expect(play.breaches()).toEqual([])
    play.replicate('A', 'G')
    expect(sentences(mission, play.facts)).toEqual(['log-matching: A and G both had entry 11 of term 8, but the entry before it was of term 6 in one log and of term 3 in the other.'])
    expect(witnessFaults(mission, 7, play.facts)).toEqual([])
  })

  test('[log-matching] holds when D and E take it, which have the one before it and lose what was behind', () => {
    const play = begin({ accepts: (self, message) => message.term >= self.disk.term })
    comesToPower(play)
    for (const to of ['D', 'E']) play.replicate('A', to)
    expect(play.breaches()).toEqual([])
  })

  test('[leader-completeness] breaks when voters do not compare logs: G leads term 8', () => {
    const play = begin({ grants: () => true })
    expect(gStands(play)).toBe(true)
    expect(sentences(mission, play.facts)).toEqual(['leader-completeness: G led term 8 without entry 9 of term 6, which D committed as leader of term 6: G had one of term 3 in its place.'])
    expect(witnessFaults(mission, 7, play.facts)).toEqual([])
  })

  test('[leader-completeness] holds when they do: nobody votes for G', () => {
    const play = begin()
    expect(gStands(play)).toBe(false)
    expect(play.self('G').memory.votes).toEqual(['G'])
    expect(play.breaches()).toEqual([])
  })
})
