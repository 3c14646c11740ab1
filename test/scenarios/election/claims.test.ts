import { describe, expect, test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { court as courtOf } from '../court.ts'
import type { Court } from '../court.ts'
import { ack, ask, beat, stamped, vote } from './said.ts'

/** For each claim, the smallest history that breaks it, with its witness, and near misses that must not. */
const election = scenarios['election'] as Scenario
const court = (id: string, nodes = 5): Court => courtOf(election, id, nodes)

describe('one-vote', () => {
  test('breaks when a node votes for two in one term, and names both votes', () => {
    const one = court('one-vote')
    const first = one.says(1_000, 'C', 'A', vote(3))
    one.says(1_500, 'C', 'B', vote(2))
    const second = one.says(2_000, 'C', 'B', vote(3))
    expect(one.verdicts).toMatchObject([{ witness: [first, second], sentence: 'C voted for A in term 3, and then for B in the same term.' }])
  })

  test('breaks across a crash: a vote that was forgotten was given all the same', () => {
    const one = court('one-vote')
    const first = one.says(1_000, 'C', 'A', vote(3))
    one.crashes(2_000, 'C')
    one.restarts(3_000, 'C')
    const second = one.says(4_000, 'C', 'B', vote(3))
    expect(one.verdicts).toMatchObject([{ witness: [first, second] }])
  })

  test('breaks when a candidate, who has voted for itself, votes for another', () => {
    const one = court('one-vote')
    const first = one.says(1_000, 'C', 'A', ask(3))
    const second = one.says(2_000, 'C', 'B', vote(3))
    expect(one.verdicts).toMatchObject([{ witness: [first, second], sentence: 'C voted for C in term 3, and then for B in the same term.' }])
  })

  test('holds for a vote that is repeated, denied, for another term, or of another node', () => {
    const one = court('one-vote')
    one.says(1_000, 'C', 'A', vote(3))
    one.says(2_000, 'C', 'A', vote(3))
    one.says(2_000, 'C', 'B', vote(3, false))
    one.says(3_000, 'C', 'B', vote(4))
    one.says(3_000, 'D', 'B', vote(3))
    one.says(3_000, 'C', 'B', beat(3))
    expect(one.verdicts).toEqual([])
  })

  test('a vote that the network loses counts: it was given', () => {
    const one = court('one-vote')
    one.says(1_000, 'C', 'A', vote(3), [])
    one.says(2_000, 'C', 'B', vote(3), [])
    expect(one.verdicts).toHaveLength(1)
  })

  test('says each double vote once', () => {
    const one = court('one-vote')
    one.says(1_000, 'C', 'A', vote(3))
    for (const atMs of [2_000, 3_000, 4_000]) one.says(atMs, 'C', 'B', vote(3))
    one.says(5_000, 'C', 'D', vote(3))
    expect(one.verdicts.map((verdict) => verdict.sentence)).toEqual(['C voted for A in term 3, and then for B in the same term.', 'C voted for A in term 3, and then for D in the same term.'])
  })
})

describe('quorum-to-lead', () => {
  test('breaks when a node leads with two of five votes, and names the voters', () => {
    const one = court('quorum-to-lead')
    const got = one.hears(1_000, 'A', 'C', vote(3))
    const led = one.says(2_000, 'A', 'B', beat(3))
    expect(one.verdicts).toMatchObject([{ witness: [got, led], sentence: 'A led term 3 with 2 of 5 votes: A and C. It takes 3.' }])
  })

  test('breaks when a node answers as leader with only its own vote', () => {
    const one = court('quorum-to-lead')
    const served = one.answers(2_000, 'A', stamped(3))
    expect(one.verdicts).toMatchObject([{ witness: [served], sentence: 'A led term 3 with 1 of 5 votes: only its own. It takes 3.' }])
  })

  test('counts no vote twice: the same voter again, a copy, a denial, a vote of another term, a vote for another', () => {
    const one = court('quorum-to-lead')
    one.hears(1_000, 'A', 'C', vote(3))
    one.hears(1_100, 'A', 'C', vote(3))
    one.hears(1_200, 'A', 'D', vote(3, false))
    one.hears(1_300, 'A', 'D', vote(2))
    one.hears(1_400, 'B', 'D', vote(3))
    one.says(2_000, 'A', 'B', beat(3))
    expect(one.verdicts).toMatchObject([{ sentence: 'A led term 3 with 2 of 5 votes: A and C. It takes 3.' }])
  })

  test('half of four is no majority; two of three is', () => {
    for (const [nodes, breaches] of [[4, 1], [3, 0]] as const) {
      const one = court('quorum-to-lead', nodes)
      one.hears(1_000, 'A', 'C', vote(3))
      one.says(2_000, 'A', 'B', beat(3))
      expect(one.verdicts).toHaveLength(breaches)
    }
  })

  test('holds with three of five, whenever they came before the first heartbeat, and for a vote that comes later', () => {
    const one = court('quorum-to-lead')
    one.hears(1_000, 'A', 'C', vote(3))
    one.hears(1_000, 'A', 'D', vote(3))
    one.says(1_000, 'A', 'B', beat(3))
    one.says(1_000, 'A', 'C', beat(3))
    one.hears(1_500, 'A', 'E', vote(3))
    one.answers(2_000, 'A', stamped(3))
    expect(one.verdicts).toEqual([])
  })

  test('a vote that is still under way when the node leads comes too late', () => {
    const one = court('quorum-to-lead', 3)
    one.says(900, 'C', 'A', vote(3))
    one.says(1_000, 'A', 'B', beat(3))
    one.hears(1_100, 'A', 'C', vote(3))
    expect(one.verdicts).toHaveLength(1)
  })
})

describe('election-safety', () => {
  test('breaks when two nodes beat for one term, or one beats and another answers', () => {
    for (const second of [(one: Court) => one.says(2_000, 'B', 'C', beat(3)), (one: Court) => one.answers(2_000, 'B', stamped(3))]) {
      const one = court('election-safety')
      const first = one.says(1_000, 'A', 'C', beat(3))
      expect(one.verdicts).toEqual([])
      const last = second(one)
      expect(one.verdicts).toMatchObject([{ witness: [first, last], sentence: 'A and B both led term 3.' }])
    }
  })

  test('holds when one leads term 3 and another term 4, when votes and acknowledgements name the term, and across a crash of the one', () => {
    const one = court('election-safety')
    one.says(1_000, 'A', 'C', beat(3))
    one.says(1_000, 'B', 'C', beat(4))
    one.says(1_000, 'B', 'A', ack(3))
    one.says(1_000, 'B', 'A', ask(3))
    one.crashes(2_000, 'A')
    one.restarts(3_000, 'A')
    one.says(4_000, 'A', 'C', beat(3, 2))
    expect(one.verdicts).toEqual([])
  })
})

describe('term-monotonic', () => {
  test('breaks when a node speaks of a lower term than before, crash or not', () => {
    const one = court('term-monotonic')
    const high = one.says(1_000, 'A', 'C', ask(5))
    one.crashes(2_000, 'A')
    one.restarts(3_000, 'A')
    const low = one.says(4_000, 'A', 'C', ack(4))
    expect(one.verdicts).toMatchObject([{ witness: [high, low], sentence: 'A had spoken of term 5, and went back to term 4.' }])
  })

  test('breaks when a node answers a customer in a lower term than it spoke of', () => {
    const one = court('term-monotonic')
    const high = one.says(1_000, 'A', 'C', vote(5))
    const low = one.answers(2_000, 'A', stamped(4))
    expect(one.verdicts).toMatchObject([{ witness: [high, low], sentence: 'A had spoken of term 5, and went back to term 4.' }])
  })

  test('holds while it rises or stays, and does not mix nodes', () => {
    const one = court('term-monotonic')
    one.says(1_000, 'A', 'C', ask(5))
    one.says(2_000, 'B', 'C', ask(4))
    one.says(3_000, 'A', 'C', beat(5))
    one.says(3_000, 'A', 'C', beat(7))
    one.hears(4_000, 'A', 'B', ask(2))
    expect(one.verdicts).toEqual([])
  })
})

describe('no-stale-serve', () => {
  test('breaks when a leader answers after its successor, and names both', () => {
    const one = court('no-stale-serve')
    one.answers(500, 'A', stamped(3))
    const later = one.answers(1_000, 'B', stamped(4))
    one.answers(1_500, 'B', stamped(4))
    const stale = one.answers(2_000, 'A', stamped(3))
    expect(one.verdicts).toMatchObject([{ witness: [later, stale], sentence: 'A answered a customer as leader of term 3, after B had answered as leader of term 4.' }])
  })

  test('holds when the old leader was quicker, and when a later term merely exists', () => {
    const one = court('no-stale-serve')
    one.says(500, 'B', 'C', beat(4))
    one.answers(1_000, 'A', stamped(3))
    one.answers(1_001, 'B', stamped(4))
    expect(one.verdicts).toEqual([])
  })
})

describe('leader-returns', () => {
  /** A leader of a cluster of three whose heartbeat of this moment is acknowledged. */
  const lease = (one: Court, atMs: number, term: number, n: number): void => {
    one.says(atMs, 'A', 'B', beat(term, n))
    one.hears(atMs + 3_000, 'A', 'B', ack(term, n))
  }

  test('breaks 240 s after the last heal, and the last message sent before it, when nobody led under a lease', () => {
    const one = court('leader-returns', 3)
    one.faultStarts(10_000, 'f')
    const sent = one.says(19_000, 'B', 'C', ask(1), [26_000])
    const healed = one.faultEnds(20_000, 'f')
    one.wait(284_999)
    expect(one.verdicts).toEqual([])
    one.wait(285_000)
    expect(one.verdicts).toMatchObject([{ witness: [sent, healed], sentence: 'Nothing was broken since 45 s into the round, and 240 s later nobody had led under a lease.' }])
  })

  test('counts from the arrival of what was kept back, which is its whole witness', () => {
    const one = court('leader-returns', 3)
    one.faultStarts(10_000, 'f')
    one.faultEnds(20_000, 'f')
    one.says(20_000, 'B', 'C', ask(1), [20_000])
    const released = one.lay(20_000, { kind: 'released', node: null, message: 'x', from: 'B', to: 'C', copy: 0, inMs: 30_000, before: [], because: [] })
    one.wait(290_000)
    expect(one.verdicts).toMatchObject([{ atMs: 290_000, witness: [released], sentence: 'Nothing was broken since 50 s into the round, and 240 s later nobody had led under a lease.' }])
  })

  test('holds when a majority acknowledges a heartbeat in time', () => {
    const one = court('leader-returns', 3)
    one.faultStarts(10_000, 'f')
    one.faultEnds(20_000, 'f')
    lease(one, 200_000, 2, 1)
    one.wait(600_000)
    expect(one.verdicts).toEqual([])
  })

  test('is asked from the start of a round: the first leader is due as after a heal', () => {
    const one = court('leader-returns', 3)
    one.says(200_000, 'A', 'B', beat(1))
    one.wait(240_000)
    expect(one.verdicts).toMatchObject([{ atMs: 240_000, witness: [], sentence: 'Nothing was broken since 0 s into the round, and 240 s later nobody had led under a lease.' }])
  })

  test('a lease that ends before the last old message has arrived is none of the calm', () => {
    const one = court('leader-returns', 3)
    lease(one, 10_000, 1, 1)
    one.faultStarts(14_000, 'f')
    one.says(15_000, 'B', 'C', ask(2), [30_000])
    one.faultEnds(16_000, 'f')
    one.wait(285_000)
    expect(one.verdicts).toMatchObject([{ atMs: 285_000 }])
  })

  test('a lease that is still held when the calm begins counts, and one whose holder crashed does not', () => {
    for (const [crashed, breaches] of [[false, 0], [true, 1]] as const) {
      const one = court('leader-returns', 3)
      lease(one, 10_000, 1, 1)
      one.faultStarts(14_000, 'f')
      if (crashed) one.crashes(14_500, 'A')
      one.faultEnds(16_000, 'f')
      one.says(17_000, 'C', 'B', ask(2))
      one.wait(600_000)
      expect(one.verdicts).toHaveLength(breaches)
    }
  })

  test('is not asked while anything is still broken, and begins anew with every fault', () => {
    const one = court('leader-returns', 3)
    one.faultStarts(10_000, 'f')
    one.faultStarts(15_000, 'g')
    one.faultEnds(20_000, 'f')
    one.wait(400_000)
    one.faultEnds(400_000, 'g')
    one.faultStarts(500_000, 'h')
    one.wait(800_000)
    expect(one.verdicts).toEqual([])
    one.faultEnds(800_000, 'h')
    one.wait(1_040_000)
    expect(one.verdicts).toHaveLength(1)
  })

  test('an acknowledgement of an old heartbeat, of another term, or of too few is no lease', () => {
    const one = court('leader-returns', 5)
    one.faultStarts(10_000, 'f')
    one.faultEnds(20_000, 'f')
    one.says(30_000, 'A', 'B', beat(2, 1))
    one.hears(33_000, 'A', 'B', ack(2, 1))
    one.hears(33_000, 'A', 'B', ack(2, 1))
    one.hears(34_000, 'A', 'C', ack(1, 1))
    one.hears(44_001, 'A', 'C', ack(2, 1))
    one.wait(600_000)
    expect(one.verdicts).toHaveLength(1)
  })
})
