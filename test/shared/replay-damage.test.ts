import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordInputs, recordRound } from '../../shared/headless.ts'
import { encodeLine, encodeRecording } from '../../shared/recording.ts'
import type { Entry } from '../../shared/recording.ts'
import { readRecording, replay } from '../../shared/replay.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { LatencyShape } from '../../shared/sim/types.ts'

const election = scenarios['election']
if (election === undefined) throw new Error('the mission election is gone')

const recording = recordRound(election, { seed: 11, nodes: 5, durationMs: 600_000, rules: 'good', chaos: 'monkey' })
const text = encodeRecording(recording)
const lines = text.trimEnd().split('\n')
const whole = replay(recording)

/** A line with a right checksum and any content. */
const line = (content: unknown): string => encodeLine(content as Entry)
const withHeader = (change: object): string => [line({ ...recording.header, ...change }), ...lines.slice(1)].join('\n') + '\n'
/** The recording with `content` in the place of entry `at`. */
const withEntry = (at: number, content: unknown): string => [...lines.slice(0, at), line(content), ...lines.slice(at + 1)].join('\n') + '\n'

describe('what precedes the damage replays, and the damage is named', () => {
  test('a flipped character in any line after the first', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: lines.length - 1 }), fc.nat(), (at, where) => {
      const old = lines[at] ?? ''
      const spot = where % old.length
      const changed = `${old.slice(0, spot)}${old[spot] === 'x' ? 'y' : 'x'}${old.slice(spot + 1)}`
      const read = readRecording([...lines.slice(0, at), changed, ...lines.slice(at + 1)].join('\n') + '\n')
      if (!read.ok) throw new Error(read.error)
      expect(read.damage).toContain(`Line ${at + 1} is damaged`)
      expect(read.recording.entries).toEqual(recording.entries.slice(0, at - 1))
      const done = replay(read.recording, read.damage)
      expect(done.damage).toBe(read.damage)
      expect(done.digestOk).toBe(true)
      expect(done.facts).toEqual(whole.facts.slice(0, done.facts.length))
    }), { numRuns: 40 })
  })

  test('a file that was cut off anywhere after its header', () => {
    const headerLength = (lines[0] ?? '').length
    fc.assert(fc.property(fc.integer({ min: headerLength + 2, max: text.length - 2 }), (length) => {
      const read = readRecording(text.slice(0, length))
      if (!read.ok) throw new Error(read.error)
      expect(read.damage !== null).toBe(text[length - 1] !== '\n')
      const done = replay(read.recording, read.damage)
      expect(done.facts).toEqual(whole.facts.slice(0, done.facts.length))
      expect(done.digestOk).toBe(true)
    }), { numRuns: 40 })
  })

  test('a digest proves that the history ran to its fact, though the next input is lost', () => {
    const at = recording.entries.findLastIndex((entry) => entry.t === 'digest')
    const last = recording.entries[at]
    if (last?.t !== 'digest') throw new Error('this round has no digest')
    const done = replay({ header: recording.header, entries: recording.entries.slice(0, at + 1) }, 'cut off')
    expect(done.facts.length).toBeGreaterThan(last.fact)
    expect(done.digestOk).toBe(true)
  })

  const input = (more: object): object => ({ t: 'input', input: { kind: 'halt', atMs: 600_000, ...more } })
  const last = lines.length - 1
  test.each([
    ['a seat out of range', input({ kind: 'seat', seat: 5, playedBy: 'bot' }), 'there is no seat 5'],
    ['a seat below zero', input({ kind: 'level', seat: -1, level: 'L0' }), 'input.seat'],
    ['an unknown fault', input({ kind: 'fault', id: 'x', type: 'earthquake', params: {}, durationMs: 1_000 }), 'there is no fault "earthquake"'],
    ['a fault named like a part of every object', input({ kind: 'fault', id: 'x', type: 'constructor', params: {}, durationMs: 1_000 }), 'there is no fault "constructor"'],
    ['time that runs backwards', input({ atMs: 1 }), 'its time runs backwards'],
    ['time that is no whole number', input({ atMs: 600_000.5 }), 'input.atMs'],
    ['time beyond a day', input({ atMs: 1e12 }), 'input.atMs'],
    ['an unknown field', input({ colour: 'red' }), 'colour'],
    ['an unknown kind of input', input({ kind: 'teleport' }), 'input.kind'],
    ['an unknown kind of entry', { t: 'fact', n: 1 }, 't'],
    ['deep parameters', input({ kind: 'fault', id: 'x', type: 'loss', params: { a: { b: { c: 1 } } }, durationMs: 1_000 }), 'input.params'],
    ['a prototype among parameters', input({ kind: 'fault', id: 'x', type: 'loss', params: JSON.parse('{"share":5,"__proto__":{}}') as object, durationMs: 1_000 }), '__proto__'],
    ['a plan without its steps', input({ kind: 'plan', id: 'p1', seed: null }), 'input.steps'],
    ['a plan with a step that is none', input({ kind: 'plan', id: 'p1', seed: null, steps: [{ do: 'explode', atMs: 1 }] }), 'input.steps.0.do'],
    ['a halt of a step that has no name', input({ step: 7 }), 'input.step'],
    ['a text as long as a book', input({ kind: 'bookmark', text: 'x'.repeat(100_000) }), 'input.text'],
    ['a list', [1, 2, 3], 'object'],
    ['nothing', null, 'object'],
  ])('%s', (_, content, words) => {
    const read = readRecording(withEntry(last, content))
    if (!read.ok) throw new Error(read.error)
    expect(read.damage).toContain(words)
    expect(read.damage).toContain(`Line ${last + 1} is damaged`)
    expect(read.recording.entries).toHaveLength(last - 1)
  })

  test('anything after the end', () => {
    const read = readRecording(`${text}${line(input({}))}\n`)
    expect(read.ok && read.damage).toContain('after the end')
  })

  test('an input that the simulation cannot bear is damage of the recording, not a crash', () => {
    const entries: Entry[] = [{ t: 'input', input: { kind: 'halt', atMs: 5_000 } }, { t: 'input', input: { kind: 'halt', atMs: 1_000 } }]
    const done = replay({ header: recording.header, entries })
    expect(done.damage).toContain('cannot be replayed beyond 5000 ms')
    expect(done.facts).toEqual(whole.facts.filter((fact) => fact.atMs <= 5_000).slice(0, done.facts.length))
  })
})

describe('what is no recording is refused with one sentence', () => {
  test.each([
    ['nothing at all', '', 'no recording'],
    ['another file', 'PK\u0003\u0004 not a recording', 'no recording'],
    ['a header without its checksum', `${JSON.stringify(recording.header)}\n`, 'no recording'],
    ['another format', withHeader({ format: 'netsplit-recording/9' }), 'netsplit-recording/9'],
    ['an unknown mission', withHeader({ scenario: 'chess' }), 'no mission "chess"'],
    ['a mission named like a part of every object', withHeader({ scenario: '__proto__' }), 'no mission'],
    ['too many nodes', withHeader({ settings: { ...recording.header.settings, nodes: 9 } }), 'played by 3 to 7 nodes'],
    ['names of other nodes', withHeader({ nodes: ['V', 'W', 'X', 'Y', 'Z'] }), 'the nodes are V'],
    ['an unknown belief', withHeader({ settings: { ...recording.header.settings, beliefs: { 0: 'flat-earth' } } }), 'flat-earth'],
    ['an upside-down latency', withHeader({ settings: { ...recording.header.settings, latency: { shape: 'uniform', leastMs: 9, mostMs: 1 } } }), 'latency'],
    ['a latency of an unknown tail', withHeader({ settings: { ...recording.header.settings, latency: { shape: 'tail', of: 'cauchy', medianMs: 9, spreadMs: 1 } } }), 'settings.latency.of'],
    ['a latency beyond what may travel', withHeader({ settings: { ...recording.header.settings, latency: { shape: 'tail', of: 'pareto', medianMs: 1e9, spreadMs: 1 } } }), 'settings.latency.medianMs'],
    ['an unknown field', withHeader({ hello: 1 }), 'hello'],
    ['a seed below zero', withHeader({ seed: -1 }), 'seed'],
  ])('%s', (_, broken, words) => {
    const read = readRecording(broken)
    expect(read.ok).toBe(false)
    expect(!read.ok && read.error).toContain(words)
    expect(!read.ok && read.error.includes('\n')).toBe(false)
  })

  test('any bytes at all give an answer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (bytes) => { expect(readRecording(bytes).ok).toBe(false) }), { numRuns: 200 })
  })

  test.each<LatencyShape>([
    { shape: 'constant', ms: 300 }, { shape: 'uniform', leastMs: 100, mostMs: 900 }, { shape: 'log-normal', medianMs: 300, leastMs: 50, mostMs: 2_000 },
    ...(['normal', 'exponential', 'log-normal', 'pareto'] as const).map((of) => ({ shape: 'tail' as const, of, medianMs: 300, spreadMs: 200 })),
  ])('but every latency that a round can have is read: %j', (latency) => {
    const round = recordInputs(election, 5, { ...recording.header.settings, latency, durationMs: 60_000 }, [{ kind: 'end', atMs: 60_000 }])
    const read = readRecording(encodeRecording(round))
    expect(read).toEqual({ ok: true, recording: round, damage: null })
    expect(replay(round)).toMatchObject({ digestOk: true, damage: null, closed: true })
  })

  test('any header of the right shape is refused or replays', () => {
    const settings = fc.record({
      nodes: fc.integer({ min: 0, max: 10 }), durationMs: fc.integer({ min: 0, max: 40_000 }), syncMs: fc.integer({ min: -1, max: 99 }),
      level: fc.constantFrom('L0', 'L1', 'L2', 'L3', 'L4'), playedBy: fc.constantFrom('bot', 'student'),
    })
    const header = fc.tuple(fc.nat(), settings).map(([seed, { playedBy, ...one }]) => ({
      ...recording.header, seed, nodes: nodeIds(one.nodes),
      settings: { ...recording.header.settings, ...one, playedBy: Array.from({ length: one.nodes }, () => playedBy), clockOffsetsMs: Array.from({ length: one.nodes }, () => 0), beliefs: {} },
    }))
    let replayed = 0
    fc.assert(fc.property(header, (one) => {
      const read = readRecording(`${line(one)}\n${line({ t: 'watermark', toMs: 30_000 })}\n`)
      if (!read.ok) return
      replayed++
      expect(replay(read.recording).damage).toBeNull()
    }), { numRuns: 100 })
    expect(replayed).toBeGreaterThan(0)
  })
})
