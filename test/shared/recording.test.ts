import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordRound } from '../../shared/headless.ts'
import { decodeRecording, encodeLine, encodeRecording, endOf } from '../../shared/recording.ts'
import type { Decoded } from '../../shared/recording.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'

const recording = recordRound(scenarios['election'] as Scenario, { seed: 11, nodes: 3, durationMs: 600_000, rules: 'good', chaos: 'default' })
const text = encodeRecording(recording)
const lines = text.split('\n')
const decode = (damaged: string): Decoded => decodeRecording(damaged, () => null, () => null)

test('a recording is the same after it was text', () => {
  expect(decode(text)).toEqual({ ok: true, recording, damage: null })
  expect(recording.entries.map((entry) => entry.t)).toContain('digest')
})

test('a recording that went through Windows, whose line ends are two characters, is the same', () => {
  expect(decode(text.replaceAll('\n', '\r\n'))).toEqual({ ok: true, recording, damage: null })
})

test('whatever happens to one place of the text: what precedes the damage is whole, and the damage is named', () => {
  const place = fc.nat(text.length - 2)
  const byte = fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code))
  fc.assert(fc.property(place, fc.oneof(byte, fc.constant(''), fc.constant('\n')), (at, by) => {
    const damaged = text.slice(0, at) + by + text.slice(at + 1)
    if (damaged === text) return
    const lineAt = text.slice(0, at).split('\n').length
    const decoded = decode(damaged)
    // Without its header a recording says nothing.
    const named = decoded.ok ? decoded.damage : decoded.error
    expect(named).toMatch(new RegExp(`^Line ${lineAt}\\b`))
    expect(decoded.ok ? decoded.recording.entries : null).toEqual(lineAt === 1 ? null : recording.entries.slice(0, lineAt - 2))
  }), { seed: 1, numRuns: 2_000 })
})

test('a file cut off anywhere keeps the lines that are whole', () => {
  for (let at = lines[0]?.length ?? 0; at < text.length - 1; at += 7) {
    const decoded = decode(text.slice(0, at))
    if (!decoded.ok) throw new Error(decoded.error)
    expect(decoded.damage).not.toBeNull()
    expect(recording.entries.slice(0, decoded.recording.entries.length)).toEqual(decoded.recording.entries)
    expect(decoded.recording.entries.length).toBeGreaterThanOrEqual(text.slice(0, at).split('\n').length - 2)
  }
})

describe('what is no recording', () => {
  test.each(['', '\n', '{}', 'null', '[]', '["",]', '["00000000",{}]', '\u0000', text.slice(1)])('%j is refused', (damaged) => {
    expect(decode(damaged)).toMatchObject({ ok: false })
  })

  test('a line with a right checksum and a wrong shape is damage, as the caller judges shapes', () => {
    const strange = [lines[0], encodeLine({ t: 'watermark', toMs: -1 }), ''].join('\n')
    expect(decodeRecording(strange, () => null, () => 'toMs is below 0')).toMatchObject({ ok: true, damage: expect.stringContaining('toMs is below 0') })
    expect(decodeRecording(text, () => 'no such mission', () => null)).toEqual({ ok: false, error: 'Line 1: no such mission' })
  })

  test('lines that were swapped are whole, but a digest then differs: order is checked by playing', () => {
    const swapped = [lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n')
    expect(decode(swapped)).toMatchObject({ ok: true, damage: null })
  })
})

test('a recording runs as far as its last entry says', () => {
  const { header } = recording
  expect(endOf({ header, entries: [] })).toBe(0)
  expect(endOf({ header, entries: [{ t: 'input', input: { kind: 'halt', atMs: 5 } }, { t: 'watermark', toMs: 900 }, { t: 'input', input: { kind: 'halt', atMs: 700 } }] })).toBe(900)
  expect(endOf(recording)).toBe(600_000)
})
