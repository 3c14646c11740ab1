import { describe, expect, test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { court as courtOf } from '../court.ts'
import type { Court } from '../court.ts'
import { ack, ask, beat, stamped } from './said.ts'

/** Who must step down, and when: the histories that break the claim, and the near misses that must not. */
const election = scenarios['election'] as Scenario
const court = (id: string, nodes = 5): Court => courtOf(election, id, nodes)

describe('steps-down', () => {
  test('breaks when a leader still leads 10 s after it heard of a higher term', () => {
    const one = court('steps-down')
    const led = one.says(1_000, 'A', 'C', beat(3))
    const heard = one.hears(2_000, 'A', 'B', ack(4))
    one.wait(11_999)
    expect(one.verdicts).toEqual([])
    one.wait(12_000)
    expect(one.verdicts).toMatchObject([{ atMs: 12_000, witness: [led, heard], sentence: 'A had heard of term 4 from B, and still led term 3 10 s later.' }])
  })

  test('breaks at once when it answers a customer meanwhile', () => {
    const one = court('steps-down')
    const led = one.says(1_000, 'A', 'C', beat(3))
    const heard = one.hears(2_000, 'A', 'B', beat(4))
    const served = one.answers(3_000, 'A', stamped(3))
    expect(one.verdicts).toMatchObject([{ witness: [led, heard, served], sentence: 'A had heard of term 4 from B, and still answered a customer as leader of term 3.' }])
  })

  test('breaks when it heard of the higher term while it stood, and led the lower one all the same', () => {
    const one = court('steps-down')
    const stood = one.says(1_000, 'A', 'C', ask(3))
    const heard = one.hears(2_000, 'A', 'B', ask(5))
    const led = one.says(4_000, 'A', 'C', beat(3))
    one.wait(13_999)
    expect(one.verdicts).toEqual([])
    one.wait(14_000)
    expect(one.verdicts).toMatchObject([{ witness: [stood, heard, led], sentence: 'A had heard of term 5 from B, and still led term 3 10 s later.' }])
    const other = court('steps-down')
    const asked = other.says(1_000, 'A', 'C', ask(3))
    const known = other.hears(2_000, 'A', 'B', ask(5))
    const beaten = other.says(4_000, 'A', 'C', beat(3))
    const served = other.answers(5_000, 'A', stamped(3))
    expect(other.verdicts).toMatchObject([{ witness: [asked, known, beaten, served] }])
  })

  test('holds when the higher term came before it stood, in an earlier candidacy, or was forgotten in a crash', () => {
    const one = court('steps-down')
    one.hears(500, 'A', 'B', ask(5))
    one.says(1_000, 'A', 'C', ask(3))
    one.says(4_000, 'A', 'C', beat(3))
    one.says(1_000, 'D', 'C', ask(3))
    one.hears(2_000, 'D', 'B', ask(5))
    one.says(3_000, 'D', 'C', ask(6))
    one.says(4_000, 'D', 'C', beat(6))
    one.says(1_000, 'E', 'C', ask(3))
    one.hears(2_000, 'E', 'B', ask(5))
    one.crashes(2_500, 'E')
    one.restarts(3_000, 'E')
    one.says(4_000, 'E', 'C', beat(3))
    one.wait(60_000)
    expect(one.verdicts).toEqual([])
  })

  test('holds when beats that waited for the disk leave after the role was laid down', () => {
    const one = court('steps-down')
    one.says(1_000, 'A', 'C', beat(3))
    one.hears(2_000, 'A', 'B', beat(4))
    one.does(2_500, 'A', { kind: 'adopt-term', letter: 1, durable: true } as never)
    one.says(2_600, 'A', 'C', beat(3, 2))
    one.hears(9_000, 'A', 'B', beat(5))
    one.wait(60_000)
    expect(one.verdicts).toEqual([])
  })

  test.each(['step-down', 'stand'])('holds when it does %s in time', (kind) => {
    const one = court('steps-down')
    one.says(1_000, 'A', 'C', beat(3))
    one.hears(2_000, 'A', 'B', beat(4))
    one.does(11_999, 'A', { kind })
    one.wait(60_000)
    expect(one.verdicts).toEqual([])
  })

  test('counts its own running time: a pause does not use it up, and does not forgive it', () => {
    const one = court('steps-down')
    one.says(1_000, 'A', 'C', beat(3))
    one.hears(2_000, 'A', 'B', beat(4))
    one.pauses(8_000, 'A')
    one.wakes(50_000, 'A', 42_000)
    one.wait(53_999)
    expect(one.verdicts).toEqual([])
    one.wait(54_000)
    expect(one.verdicts).toHaveLength(1)
  })

  test.each(['grant', 'adopt-term'])('is not laid down by a %s of an old card: it takes a letter of a higher term', (kind) => {
    const one = court('steps-down')
    one.hears(500, 'A', 'C', ask(2))
    one.says(1_000, 'A', 'C', beat(3))
    one.hears(2_000, 'A', 'B', beat(4))
    one.does(3_000, 'A', { kind, letter: 1 })
    one.says(4_000, 'A', 'C', beat(3, 2))
    one.answers(5_000, 'A', stamped(3))
    one.wait(60_000)
    expect(one.verdicts.map((verdict) => verdict.atMs)).toEqual([5_000, 12_000])
  })

  test.each(['grant', 'adopt-term'])('is laid down by a %s of the letter that brought the higher term', (kind) => {
    const one = court('steps-down')
    one.says(1_000, 'A', 'C', beat(3))
    one.hears(2_000, 'A', 'B', ask(4))
    one.does(3_000, 'A', { kind, letter: 1 })
    one.wait(60_000)
    expect(one.verdicts).toEqual([])
  })

  test('holds for an answer in the higher term itself, and for one of a node that never led', () => {
    const one = court('steps-down')
    one.says(1_000, 'A', 'C', beat(3))
    one.hears(2_000, 'A', 'B', ack(4))
    one.answers(3_000, 'A', stamped(4))
    one.does(3_000, 'A', { kind: 'step-down' })
    one.hears(2_000, 'E', 'B', ack(4))
    one.answers(4_000, 'E', stamped(3))
    expect(one.verdicts).toEqual([])
  })

  test('holds for a leader that crashed, for a follower, and for news of its own or a lower term', () => {
    const one = court('steps-down')
    one.says(1_000, 'A', 'C', beat(3))
    one.hears(2_000, 'A', 'B', beat(4))
    one.crashes(3_000, 'A')
    one.restarts(4_000, 'A')
    one.hears(5_000, 'B', 'C', beat(9))
    one.says(1_000, 'D', 'C', beat(5))
    one.hears(6_000, 'D', 'B', ack(5))
    one.hears(6_000, 'D', 'B', ask(4))
    one.wait(60_000)
    expect(one.verdicts).toEqual([])
  })
})
