import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applied, brief, choosePlan, closeClass, debrief, formClusters, freeSeat, joinClass, newClass, removeStudent, renameStudent, seatOf, setUp, startRound, takeSeat } from '../../shared/session.ts'
import type { Change, ClassRecord } from '../../shared/session.ts'
import { PLAN_FORMAT } from '../../shared/plan-file.ts'
import type { ChaosPlan } from '../../shared/plan-file.ts'

const must = (change: Change): ClassRecord => {
  if (!change.ok) throw new Error(change.reason)
  return change.record
}
const refusal = (change: Change): string => (change.ok ? '' : change.reason)
const classOf = (students: number, size = 5): ClassRecord => {
  let record = must(setUp(newClass('A class'), { scenario: 'election', level: 'L1', clusterSize: size }))
  for (let n = 0; n < students; n++) record = must(joinClass(record, `s${n}`, `Student ${n}`, 'hash'))
  return record
}
const ids = (record: ClassRecord): string[] => record.students.map(({ id }) => id)
const named = (record: ClassRecord) => record.clusters.map((_, index) => ({ recordingId: `r${index}`, seed: index }))

describe('the record of a class', () => {
  test('[SESSION-1] everybody has exactly one seat, humans are spread evenly, and bots fill up', () => {
    expect(formClusters(Array.from({ length: 36 }, (_, n) => `s${n}`), 3, [])).toHaveLength(12)
    expect(formClusters(Array.from({ length: 37 }, (_, n) => `s${n}`), 3, [])).toBeNull()
    fc.assert(fc.property(fc.integer({ min: 3, max: 7 }).chain((size) => fc.tuple(fc.integer({ min: 0, max: 12 * size }), fc.constant(size))), ([students, size]) => {
      const names = Array.from({ length: students }, (_, n) => `s${n}`)
      const clusters = formClusters(names, size, []) ?? []
      expect(clusters).toHaveLength(Math.max(1, Math.ceil(students / size)))
      expect(clusters.flatMap(({ seats }) => seats.filter((who) => who !== null)).sort()).toEqual([...names].sort())
      const humans = clusters.map(({ seats }) => seats.filter((who) => who !== null).length)
      expect(Math.max(...humans) - Math.min(...humans)).toBeLessThanOrEqual(1)
      expect(clusters.every(({ seats }) => seats.length === size)).toBe(true)
      expect(new Set(clusters.map(({ name }) => name)).size).toBe(clusters.length)
    }))
  })

  test('[SESSION-2] from round to round everybody keeps their seat, whoever else comes or goes', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 26 }), fc.integer({ min: 3, max: 7 }), fc.array(fc.integer({ min: 0, max: 39 }), { maxLength: 20 }), fc.integer({ min: 0, max: 10 }), (count, size, leaving, coming) => {
      let record = must(brief(classOf(count, size), ids(classOf(count, size))))
      record = must(debrief(must(startRound(record, named(record), false, new Set()))))
      const before = record
      for (let n = 0; n < coming; n++) record = must(joinClass(record, `late${n}`, 'Late', 'hash'))
      const here = ids(record).filter((id) => !leaving.includes(Number(id.slice(1))))
      const next = must(brief(record, here))
      for (const id of here) {
        const at = seatOf(next, id)
        expect(at).not.toBeNull()
        const old = seatOf(before, id)
        if (old === null || at === null) continue
        expect(next.clusters[at.cluster]!.name).toBe(before.clusters[old.cluster]!.name)
        expect(at.seat).toBe(old.seat)
      }
    }))
  })

  test('[SESSION-3] a latecomer takes a bot\'s seat where the fewest humans are, never one that waits for its student', () => {
    let record = must(brief(classOf(5, 3), ['s0', 's1', 's2', 's3', 's4']))
    record = must(startRound(record, named(record), true, new Set(['s0'])))
    expect(freeSeat(record)).toEqual({ cluster: 1, seat: 2 })
    record = must(joinClass(record, 'late', 'Late', 'hash'))
    expect(seatOf(record, 'late')).toEqual({ cluster: 1, seat: 2 })
    expect(refusal(joinClass(record, 'later', 'Later', 'hash'))).toBe('This class is full: every seat has its student. Ask your instructor.')
    expect(takeSeat(record, 's1')).toEqual({ ok: true, record })
    // Who has no seat any more finds one when it is free.
    record = must(removeStudent(record, 's0'))
    expect(seatOf(must(joinClass(record, 'last', 'Last', 'hash')), 'last')).toEqual({ cluster: 0, seat: 0 })
  })

  test('[SESSION-4] phases come in their order only', () => {
    const lobby = classOf(3)
    expect(refusal(startRound(lobby, [], false, new Set()))).toBe('A round starts from the briefing.')
    expect(refusal(debrief(lobby))).toBe('No round is being played.')
    const briefing = must(brief(lobby, ids(lobby)))
    expect(refusal(brief(briefing, []))).toMatch(/after the lobby or a debrief/)
    expect(must(setUp(briefing, lobby.setUp))).toMatchObject({ phase: 'lobby', clusters: briefing.clusters })
    const round = must(startRound(briefing, named(briefing), true, new Set(['s0'])))
    expect(refusal(setUp(round, lobby.setUp))).toMatch(/between rounds/)
    expect(round).toMatchObject({ phase: 'round', round: 1, playing: { round: 1, chaos: true, clusters: [{ recordingId: 'r0', seed: 0, playedBy: ['student', 'bot', 'bot', 'bot', 'bot'] }] } })
    expect(must(startRound({ ...briefing, setUp: { ...briefing.setUp, minutes: 60 } }, named(briefing), true, new Set())).playing).toMatchObject({ durationMs: 3_600_000 })
    expect(round.playing).toMatchObject({ durationMs: 300_000 })
    const closed = must(closeClass(must(debrief(round))))
    expect(refusal(joinClass(closed, 'x', 'X', 'hash'))).toBe('This class has ended.')
    expect(refusal(closeClass(closed))).toBe('This class has ended.')
  })

  test('[SESSION-5] what cannot be set up, named or found is refused in words', () => {
    const record = classOf(2)
    expect(refusal(setUp(record, { scenario: '__proto__', level: 'L1', clusterSize: 5 }))).toBe('There is no such mission.')
    for (const clusterSize of [2, 8]) expect(refusal(setUp(record, { scenario: 'election', level: 'L1', clusterSize }))).toBe('A cluster of this mission has 3 to 7 nodes.')
    expect(refusal(renameStudent(record, 's9', 'Ada'))).toBe('That student is not in this class.')
    expect(refusal(renameStudent(record, 's0', '\u200b'))).toBe('A name needs at least one letter.')
    expect(must(renameStudent(record, 's0', 'student 1')).students[0]!.name).toBe('student 1 2')
    expect(must(renameStudent(record, 's0', 'Student 0')).students[0]!.name).toBe('Student 0')
    expect(refusal(removeStudent(record, 's9'))).toBe('That student is not in this class.')
    expect(refusal(brief(classOf(40, 3), ids(classOf(40, 3))))).toBe('40 students do not fit into 12 clusters of 3. Choose larger clusters.')
    expect(refusal(joinClass(classOf(84, 7), 'x', 'X', 'hash'))).toBe('This class is full.')
  })

  test('[SESSION-6] the latest commands that changed it are remembered, and no more', () => {
    let record = classOf(0)
    for (let seq = 1; seq <= 100; seq++) record = applied(record, { author: 'host', seq })
    expect(record.applied).toHaveLength(64)
    expect(record.applied.at(-1)).toBe(100)
    expect(applied(record, { author: 'host:tablet', seq: 1 }).applied.at(-1)).toBe('host:tablet 1')
  })

  test('[SESSION-7] the plan of the next rounds is chosen between rounds, and a round keeps the one that it began with', () => {
    const plan: ChaosPlan = { format: PLAN_FORMAT, title: 'Halt', scenario: null, seed: null, steps: [{ do: 'halt', atMs: 1 }] }
    const chosen = must(choosePlan(classOf(3), plan))
    const playing = must(startRound(must(brief(chosen, ids(chosen))), [{ recordingId: 'r', seed: 1 }], true, new Set()))
    expect(playing.playing?.plan).toEqual(plan)
    expect([refusal(choosePlan(playing, null)), refusal(choosePlan(must(closeClass(chosen)), null))]).toEqual(Array(2).fill('The plan of the next rounds can be chosen between rounds.'))
    const after = must(choosePlan(must(debrief(playing)), null))
    expect(after).not.toHaveProperty('plan')
    expect(after.playing?.plan).toEqual(plan)
    expect(must(startRound(must(brief(after, ids(after))), [{ recordingId: 's', seed: 2 }], true, new Set())).playing).not.toHaveProperty('plan')
  })
})
