import { describe, expect, test } from 'vitest'
import { raftLog } from './raft-log/index.ts'
import { rehearse } from './raft-log/rehearse.ts'
import type { Rehearsal } from './raft-log/rehearse.ts'
import { stands } from './raft-log/stands.ts'
import { sentences, witnessFaults } from './raft-log/said.ts'

const mission = raftLog()
/** A and B both stand in term 1. C votes for A, loses power at once, and comes back to find that of B. */
function votesAcrossPowerCut(durable: boolean): Rehearsal {
  const play = rehearse(mission, 3)
  const grant = (from: string, passMs: number): void => play.click('C', { kind: 'grant', letter: play.letter('C', from, 'ask-vote'), durable }, passMs)
  play.click('A', { kind: 'stand' })
  play.pass(1_000)
  grant('A', 0)
  play.powerCut('C')
  play.restart('C')
  play.click('B', { kind: 'stand' })
  play.pass(1_000)
  grant('B', 1_100)
  return play
}
const lead = (play: Rehearsal, node: string): void => {
  play.click(node, { kind: 'count-vote', letter: play.letter(node, 'C', 'vote') })
  play.click(node, { kind: 'lead' })
}

describe('one-vote', () => {
  test('breaks when a vote that was not on disk is forgotten in a power cut, and given again', () => {
    const play = votesAcrossPowerCut(false)
    expect(sentences(mission, play.facts)).toEqual(['one-vote: C voted for A in term 1, and then for B in the same term.'])
    expect(witnessFaults(mission, 3, play.facts)).toEqual([])
  })

  test('holds when the vote waits for the disk: the power cut takes both, and C votes once', () => {
    const play = votesAcrossPowerCut(true)
    expect(play.facts.filter((fact) => fact.kind === 'acted' && fact.action.kind === 'grant')).toHaveLength(2)
    expect(play.breaches()).toEqual([])
  })
})

describe('election-safety', () => {
  test('breaks when the two votes make two leaders of one term', () => {
    const play = votesAcrossPowerCut(false)
    lead(play, 'A')
    lead(play, 'B')
    expect(sentences(mission, play.facts).slice(1)).toEqual(['election-safety: A and B both led term 1.'])
    expect(witnessFaults(mission, 3, play.facts)).toEqual([])
  })

  test('holds when a second leader leads the term after it, while the first does not know', () => {
    const play = rehearse(mission, 3)
    play.elect('A', ['C'])
    play.adopt('B', 'A', 'append')
    play.elect('B', ['C'])
    expect([play.self('A').memory.role, play.self('B').memory.role]).toEqual(['leader', 'leader'])
    expect(play.breaches()).toEqual([])
  })
})

describe('quorum-to-lead', () => {
  test('breaks when a node leads with two of five votes', () => {
    const play = stands(mission, ['B'])
    expect(sentences(mission, play.facts)).toEqual(['quorum-to-lead: A led term 1 with 2 of 5 votes: A and B. It takes 3.'])
    expect(witnessFaults(mission, 5, play.facts)).toEqual([])
  })

  test('holds with three', () => expect(stands(mission, ['B', 'C']).breaches()).toEqual([]))
})
