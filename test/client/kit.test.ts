import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cleanCode } from '../../client/components/code-boxes.tsx'
import { clockText } from '../../client/components/panels.tsx'
import { bandRows } from '../../client/components/timeline.tsx'

const css = readFileSync(new URL('../../client/style/tokens.css', import.meta.url), 'utf8')
const theme = (name: string) => Object.fromEntries([...(css.split(`[data-theme="${name}"] {`)[1]?.split('\n}')[0] ?? '').matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(match => [match[1] ?? '', match[2] ?? '']))

/** Contrast as WCAG 2 defines it. */
function contrast(a: string, b: string): number {
  const light = (colour: string) => [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0)
  const [high = 0, low = 0] = [light(a), light(b)].toSorted((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

test('the measure itself: black on white is 21', () => expect(contrast('#000000', '#ffffff')).toBeCloseTo(21))

test.each(['dark', 'light'])('%s: text and control edges stand out on every surface', name => {
  const colours = theme(name)
  const of = (token: string): string => {
    const colour = colours[token]
    if (colour === undefined) throw new Error(`no --${token}`)
    return colour
  }
  for (const surface of ['ground', 'stage', 'panel', 'raised', 'lamp-wash'].map(of)) {
    for (const ink of ['ink', 'ink-2', 'ink-3', 'fault', 'beat', 'answer', 'order']) expect(contrast(of(ink), surface), `${ink} on ${surface}`).toBeGreaterThanOrEqual(4.5)
    expect(contrast(of('edge'), surface), `edge on ${surface}`).toBeGreaterThanOrEqual(3)
  }
  for (const [ink, fill] of [['on-lamp', 'lamp'], ['on-packet', 'beat'], ['on-packet', 'answer'], ['on-packet', 'order'], ['on-ask', 'ask'], ['on-fault', 'fault']] as const) expect(contrast(of(ink), of(fill)), `${ink} on ${fill}`).toBeGreaterThanOrEqual(4.5)
})

test('a pasted code keeps six letters that exist', () => {
  expect(cleanCode(' k7m-4qx\n')).toBe('K7M4QX')
  expect(cleanCode('O0I1L')).toBe('')
  expect(cleanCode('ABCDEFGH')).toBe('ABCDEF')
})

test('clocks round as their reader needs: a countdown up, a clock down', () => {
  expect(clockText(26_000)).toBe('0:26')
  expect(clockText(25_001)).toBe('0:26')
  expect(clockText(141_099, true)).toBe('02:21.0')
  expect(clockText(-5)).toBe('0:00')
})

test('bands share a row only if they do not overlap', () => {
  expect(bandRows([{ fromMs: 0, toMs: 10 }, { fromMs: 5, toMs: 20 }, { fromMs: 10, toMs: 12 }])).toEqual([0, 1, 0])
})
