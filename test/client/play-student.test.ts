import { compare } from 'fast-json-patch'
import { beforeEach, describe, expect, test } from 'vitest'
import { FLIGHTS_KEPT, OUTCOMES_KEPT, makeStudent } from '../../client/model/student.ts'
import type { Did, Student } from '../../client/model/student.ts'
import { loadMission } from '../../client/missions.ts'
import { election } from '../../shared/scenarios/election/index.ts'
import type { Self } from '../../shared/sim/types.ts'
import type { Seen } from '../../shared/visibility.ts'
import type { SelfSnapshot } from '../../shared/wire/messages.ts'

const dice = { between: (_purpose: string, _key: string, least: number) => least }
function self(clockMs: number): Self {
  const { disk, memory } = election.state('A', ['B', 'C'], 10_000, election.timings('L2'), false, dice)
  return { id: 'A', peers: ['B', 'C'], clockMs, disk, memory, inbox: [], requests: [], timings: election.timings('L2') }
}
const snapshot = (rest: Partial<SelfSnapshot> = {}): SelfSnapshot => ({ round: 1, scenario: 'election', level: 'L2', self: self(20_000), seen: [], frozen: false, crashed: null, ...rest })

let nowMs: number, gaps: number, tokens: string[], student: Student, did: Did[]
beforeEach(async () => {
  await loadMission('election')
  nowMs = 1_000
  gaps = 0
  tokens = []
  did = []
  student = makeStudent(() => nowMs, () => { gaps++ }, token => { tokens.push(token) }, what => { did.push(what) })
  student.pace(1)
})

function step(clockMs: number, seen: Seen[] = [], change: (self: Self) => void = () => {}): void {
  const before = student.seat.value?.self ?? self(0), after = structuredClone(before)
  after.clockMs = clockMs
  change(after)
  student.hear.step({ patch: compare(before, after), seen, clockMs })
}

describe("what a student's page makes of what it hears", () => {
  test('a step changes what is shown, and not the object that is being drawn', () => {
    student.hear.self(snapshot())
    const drawn = student.seat.value
    step(21_000, [], after => { Object.assign(after.disk, { term: 4 }) })
    expect(student.seat.value?.self.disk).toMatchObject({ term: 4 })
    expect(drawn?.self.disk).toMatchObject({ term: 0 })
    expect(student.clockMs()).toBe(21_000)
  })

  test('a step that does not fit, or comes before anything else, asks for everything again and changes nothing', () => {
    student.hear.step({ patch: [], seen: [], clockMs: 5 })
    student.hear.self(snapshot())
    const before = student.seat.value
    student.hear.step({ patch: [{ op: 'replace', path: '/inbox/7/handled', value: true }], seen: [], clockMs: 30_000 })
    expect(gaps).toBe(2)
    expect(student.seat.value).toBe(before)
  })

  test('figures are those of the round, and stand still with the screen', () => {
    student.hear.self(snapshot())
    student.hear.figures({ values: { leaderless: 4_000 } })
    student.hear.frozen({ frozen: true })
    student.hear.figures({ values: { leaderless: 9_000 } })
    expect(student.figures.value).toEqual({ leaderless: 4_000 })
    student.hear.self(snapshot())
    expect(student.figures.value).toEqual({ leaderless: 4_000 })
    student.hear.self(snapshot({ round: 2 }))
    expect(student.figures.value).toBeNull()
  })

  test('what came of the own clicks is told: done, refused, or nothing left to do; rules and history say nothing', () => {
    const act = (rule: string | null): Seen => ({ kind: 'acted', atMs: 20_000, action: { kind: 'grant-vote', letter: 1 }, rule })
    student.hear.self(snapshot({ seen: [act(null), { kind: 'refused', atMs: 20_000, reason: 'Gone.' }] }))
    expect(did).toEqual(['nothing left'])
    step(21_000, [act('vote'), act(null), { kind: 'refused', atMs: 21_000, reason: 'Gone.' }])
    expect(did.slice(1)).toEqual([{ kind: 'grant-vote', letter: 1 }, 'refused'])
    student.hear.crashed({ backInMs: 5_000 })
    expect(did.at(-1)).toBe('nothing left')
  })

  test('frozen, everything on the screen stands, and goes on when the node wakes', () => {
    student.hear.self(snapshot())
    nowMs += 500
    expect(student.clockMs()).toBe(20_500)
    student.hear.frozen({ frozen: true })
    nowMs += 30_000
    expect([student.clockMs(), student.shownMs(), student.said.value]).toEqual([20_500, 1_500, null])
    step(50_500, [{ kind: 'resumed', atMs: 50_500, pausedMs: 30_000, heldCount: 2 }])
    expect(student.frozen.value).toBe(false)
    expect(student.said.value?.text).toBe('You were paused for 30\u00a0s. This was your screen.')
    nowMs += 100
    expect(student.clockMs()).toBe(50_600)
  })

  test('a page that comes back while its node stands still finds it standing', () => {
    student.hear.self(snapshot({ frozen: true }))
    nowMs += 10_000
    expect(student.clockMs()).toBe(20_000)
  })

  test('the clock stands while the room does and while the node is down', () => {
    student.hear.self(snapshot())
    student.pace(0)
    nowMs += 1_000
    expect(student.clockMs()).toBe(20_000)
    student.pace(4)
    nowMs += 1_000
    expect(student.clockMs()).toBe(24_000)
    student.hear.crashed({ backInMs: 9_000 })
    nowMs += 5_000
    expect(student.clockMs()).toBe(24_000)
    expect(student.crash.value).toEqual({ backInMs: 9_000, toldAtMs: 3_000 })
    student.hear.self(snapshot({ self: self(33_000) }))
    expect(student.crash.value).toBeNull()
    expect(student.said.value?.text).toContain('You restarted.')
  })

  test('a message leaves and fades whatever becomes of it; one that arrives comes the last bit of its way', () => {
    student.hear.self(snapshot())
    step(20_100, [{ kind: 'sent', atMs: 20_100, to: 'B', body: { kind: 'beat' } }, { kind: 'delivered', atMs: 20_100, letter: 1, from: 'C', body: { kind: 'ask-vote' } }])
    expect(student.flights().map(one => [one.from, one.to, one.letter, one.fate])).toEqual([['A', 'B', 'H', 'fades'], ['C', 'A', 'R', 'arrives']])
    nowMs += 10_000
    expect(student.flights()).toEqual([])
  })

  test('what is remembered has an end', () => {
    student.hear.self(snapshot())
    for (let n = 1; n <= 200; n++) {
      step(20_000 + n, [
        { kind: 'requested', atMs: 20_000 + n, request: n, operation: { kind: 'stamp' } }, { kind: 'sent', atMs: 20_000 + n, to: 'B', body: { kind: 'beat' } },
        { kind: 'expired', atMs: 20_000 + n, request: n }, { kind: 'acted', atMs: 20_000 + n, action: { kind: 'deny', letter: n }, rule: null },
      ])
    }
    expect(student.outcomes.value.length).toBe(OUTCOMES_KEPT)
    expect(student.flights().length).toBe(FLIGHTS_KEPT)
    expect(student.answered.size).toBeLessThanOrEqual(64)
    expect(student.answered.get(200)).toBe('Deny')
  })

  test('how customers fared is told with their own words, and survives a reload', () => {
    const seen: Seen[] = [
      { kind: 'requested', atMs: 11_000, request: 1, operation: { kind: 'stamp', parcel: 1_001 } as { kind: string } },
      { kind: 'redirected', atMs: 12_000, request: 1, to: 'C' },
      { kind: 'refused', atMs: 12_500, reason: 'That message is gone.' },
    ]
    student.hear.self(snapshot({ seen }))
    expect(student.outcomes.value.map(one => [one.how, one.command, one.text])).toEqual([['redirected', 'stamp parcel 1001', 'sent on to C']])
    // What happened before the page came is history: nobody is told of it as if it were now.
    expect(student.said.value).toBeNull()
  })

  test('a new round begins with an earlier clock, and the old recording is gone from the screen', () => {
    student.hear.self(snapshot({ self: self(290_000) }))
    expect(student.clockMs()).toBe(290_000)
    student.hear.recordings({ round: 1, recordings: [{ cluster: 0, name: 'Heron', id: 'r1' }] })
    expect(student.recording.value?.id).toBe('r1')
    student.hear.self(snapshot({ round: 2, self: self(9_000) }))
    expect([student.clockMs(), student.recording.value]).toEqual([9_000, null])
  })

  test('the token is handed over to be kept', () => {
    student.hear.welcome({ token: 'secret', student: 's1', nextSeq: 1 })
    expect([tokens, student.studentId.value]).toEqual([['secret'], 's1'])
  })
})
