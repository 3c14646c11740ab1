import { describe, expect, test } from 'vitest'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { court as courtOf } from '../court.ts'
import type { Court } from '../court.ts'

/** For each claim, the smallest history that breaks it, with its witness, and near misses that must not. */
const heartbeat = scenarios['heartbeat'] as Scenario
const court = (id: string, nodes = 2): Court => courtOf(heartbeat, id, nodes)
const beat = (n = 1): { kind: 'beat'; beat: number } => ({ kind: 'beat', beat: n })
const suspect = (peer: string): { kind: 'suspect'; peer: string } => ({ kind: 'suspect', peer })

describe('strong-completeness', () => {
  test('breaks 30 s after a crash that nobody noticed, and names the crash', () => {
    const one = court('strong-completeness')
    const crash = one.crashes(10_000, 'B')
    one.wait(39_999)
    expect(one.verdicts).toEqual([])
    one.wait(40_000)
    expect(one.verdicts).toMatchObject([{ atMs: 40_000, witness: [crash], sentence: 'B crashed at 10 s, and 30 s later A still believed that it was alive.' }])
  })

  test('counts from the last heartbeat that arrived after the crash, and names both', () => {
    const one = court('strong-completeness')
    const crash = one.crashes(10_000, 'B')
    const heard = one.hears(14_000, 'A', 'B', beat())
    one.wait(43_999)
    expect(one.verdicts).toEqual([])
    one.wait(44_000)
    expect(one.verdicts).toMatchObject([{ witness: [crash, heard], sentence: 'B crashed at 10 s, its last heartbeat reached A at 14 s, and 30 s later A still believed that it was alive.' }])
  })

  test('that it is back makes no difference to who has not heard it', () => {
    const one = court('strong-completeness')
    one.crashes(10_000, 'B')
    one.restarts(38_000, 'B')
    one.wait(60_000)
    expect(one.verdicts).toHaveLength(1)
  })

  test('holds for who suspects it in time, heard it again, crashed, or was paused meanwhile', () => {
    const suspects = court('strong-completeness')
    suspects.crashes(10_000, 'B')
    suspects.does(39_000, 'A', suspect('B'))
    const heard = court('strong-completeness')
    heard.crashes(10_000, 'B')
    heard.restarts(15_000, 'B')
    heard.hears(20_000, 'A', 'B', beat())
    const crashed = court('strong-completeness')
    crashed.crashes(10_000, 'B')
    crashed.crashes(20_000, 'A')
    const paused = court('strong-completeness')
    paused.crashes(10_000, 'B')
    paused.pauses(12_000, 'A')
    paused.wakes(13_000, 'A', 1_000)
    const before = court('strong-completeness')
    before.pauses(5_000, 'A')
    before.crashes(10_000, 'B')
    before.wakes(12_000, 'A', 7_000)
    for (const one of [suspects, heard, crashed, paused, before]) { one.wait(100_000); expect(one.verdicts).toEqual([]) }
  })

  test('each observer answers for itself', () => {
    const one = court('strong-completeness', 3)
    one.crashes(10_000, 'C')
    one.does(25_000, 'A', suspect('C'))
    one.wait(60_000)
    expect(one.verdicts.map(({ sentence }) => sentence)).toEqual(['C crashed at 10 s, and 30 s later B still believed that it was alive.'])
  })
})

describe('accuracy-returns', () => {
  test('breaks when a suspicion outlasts a heartbeat by 10 s, and names both', () => {
    const one = court('accuracy-returns')
    const doubt = one.does(20_000, 'A', suspect('B'))
    const heard = one.hears(25_000, 'A', 'B', beat())
    one.wait(34_999)
    expect(one.verdicts).toEqual([])
    one.wait(35_000)
    expect(one.verdicts).toMatchObject([{ witness: [doubt, heard], sentence: 'A suspected B at 20 s, then heard its heartbeat, and 10 s later still suspected it.' }])
  })

  test('counts the running time of the observer alone', () => {
    const one = court('accuracy-returns')
    one.does(20_000, 'A', suspect('B'))
    one.hears(25_000, 'A', 'B', beat())
    one.pauses(30_000, 'A')
    one.wakes(60_000, 'A', 30_000)
    one.wait(64_999)
    expect(one.verdicts).toEqual([])
    one.wait(65_000)
    expect(one.verdicts).toHaveLength(1)
  })

  test('holds for a suspicion without a heartbeat, one that is taken back in time, and one that a crash ended', () => {
    const silent = court('accuracy-returns')
    silent.hears(5_000, 'A', 'B', beat())
    silent.does(20_000, 'A', suspect('B'))
    const back = court('accuracy-returns')
    back.does(20_000, 'A', suspect('B'))
    back.hears(25_000, 'A', 'B', beat())
    back.does(34_000, 'A', { kind: 'trust', letter: 1 } as { kind: 'trust' })
    const crashed = court('accuracy-returns')
    crashed.does(20_000, 'A', suspect('B'))
    crashed.hears(25_000, 'A', 'B', beat())
    crashed.crashes(30_000, 'A')
    for (const one of [silent, back, crashed]) { one.wait(100_000); expect(one.verdicts).toEqual([]) }
  })
})

describe('suspicion-earned', () => {
  test('breaks within 12 s of a heartbeat that arrived, and names it', () => {
    const one = court('suspicion-earned')
    one.hears(3_000, 'A', 'B', beat(1))
    const heard = one.hears(9_000, 'A', 'B', beat(2))
    const doubt = one.does(20_900, 'A', suspect('B'))
    expect(one.verdicts).toMatchObject([{ witness: [heard, doubt], sentence: 'A suspected B only 11.9 s after it had heard its heartbeat. A gap of up to 12 s is usual.' }])
  })

  test('holds at 12 s, for whom nobody heard, for what is suspected already, and after a crash of the observer', () => {
    const late = court('suspicion-earned')
    late.hears(9_000, 'A', 'B', beat())
    late.does(21_000, 'A', suspect('B'))
    late.hears(22_000, 'A', 'B', beat(2))
    late.does(23_000, 'A', suspect('B'))
    const never = court('suspicion-earned')
    never.does(1_000, 'A', suspect('B'))
    const forgot = court('suspicion-earned')
    forgot.hears(9_000, 'A', 'B', beat())
    forgot.crashes(10_000, 'A')
    forgot.restarts(11_000, 'A')
    forgot.does(12_000, 'A', suspect('B'))
    for (const one of [late, never, forgot]) expect(one.verdicts).toEqual([])
  })
})
