import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Contrast as WCAG 2.2 reckons it, of every pair of tokens that meet on a page; what is read from the one file of tokens cannot be forgotten here. */

const css = readFileSync(resolve(import.meta.dirname, '../../client/style/tokens.css'), 'utf8')
type Theme = { readonly [token: string]: string }

/** Colours of a theme: the dark block is the root's, and light overrides it. */
function themeOf(name: 'dark' | 'light'): Theme {
  const block = (selector: string): Theme => Object.fromEntries([...(css.split(selector)[1]?.split('}')[0] ?? '').matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, token, value]) => [token, (value ?? '').trim()]))
  const dark = block(':root, [data-theme="dark"] {')
  return name === 'dark' ? dark : { ...dark, ...block('[data-theme="light"] {') }
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((one, other) => other - one) as [number, number]
  return (bright + 0.05) / (dim + 0.05)
}

const SURFACES = ['ground', 'stage', 'panel', 'raised', 'lamp-wash', 'key'] as const
/** What is read, and on what; 4.5 to 1. */
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['ink', SURFACES], ['ink-2', SURFACES], ['ink-3', SURFACES], ['fault', ['ground', 'stage', 'panel', 'fault-wash']], ['lamp-ink', SURFACES],
  ['on-lamp', ['lamp']], ['on-fault', ['fault']], ['on-packet', ['beat', 'answer', 'order']], ['on-ask', ['ask']], ['stage', ['customer', 'ink']], ['ground', ['ink', 'ink-2']],
]
/** What is seen and not read: edges of controls, lines, packets; 3 to 1. */
const SEEN: readonly (readonly [string, readonly string[]])[] = [
  ['edge', SURFACES], ['ask-line', ['ground', 'stage', 'panel']], ['fault', SURFACES], ['customer', ['ground', 'stage', 'panel']], ['beat', ['ground', 'stage', 'panel']], ['answer', ['ground', 'stage', 'panel']], ['order', ['ground', 'stage', 'panel']],
]
/** Tokens that carry nothing by themselves: separators, dots, dark between torn edges; an edge that is there in light alone; the depth of a yellow key; yellow in light and the asks' fill, which have that edge. */
const CARRY_NOTHING = ['line', 'fog', 'fog-dot', 'void', 'packet-edge', 'lamp', 'lamp-side', 'ask', 'fault-wash', 'lamp-wash']

function tooLow(theme: Theme, pairs: typeof TEXT, least: number): string[] {
  return pairs.flatMap(([front, backs]) => backs.flatMap((back) => {
    const ratio = contrast(theme[front] ?? '', theme[back] ?? '')
    return ratio >= least ? [] : [`${front} on ${back}: ${ratio.toFixed(2)}`]
  }))
}

/** What protanopes, deuteranopes and tritanopes see (Machado, Oliveira and Fernandes, 2009, severity 1), in linear light. */
const SIGHTS = {
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const

function lab(hex: string, sight: readonly number[]): [number, number, number] {
  const linear = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
  const [r = 0, g = 0, b = 0] = [0, 1, 2].map((row) => Math.max(0, Math.min(1, [0, 1, 2].reduce((sum, column) => sum + (sight[row * 3 + column] ?? 0) * (linear[column] ?? 0), 0))))
  const root = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const [x, y, z] = [(0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047, 0.2126 * r + 0.7152 * g + 0.0722 * b, (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883].map(root) as [number, number, number]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

describe.each(['dark', 'light'] as const)('the %s theme', (name) => {
  const theme = themeOf(name)

  test('[CONTRAST-1] text reads on every surface it stands on', () => expect(tooLow(theme, TEXT, 4.5)).toEqual([]))
  test('[CONTRAST-2] what must be seen is seen', () => expect(tooLow(theme, SEEN, 3)).toEqual([]))
  test('[CONTRAST-3] no colour is left out', () => {
    const met = new Set([...TEXT, ...SEEN].flatMap(([front, backs]) => [front, ...backs]))
    expect(Object.entries(theme).filter(([token, value]) => value.startsWith('#') && !met.has(token) && !CARRY_NOTHING.includes(token)).map(([token]) => token)).toEqual([])
  })
  test.each(Object.entries(SIGHTS))('[CONTRAST-4] to %s eyes no two kinds of message, nor a fault, look alike, though shape and letter tell them apart as well', (_, sight) => {
    const kinds = ['beat', 'ask', 'answer', 'order', 'fault'], near: string[] = []
    for (const [at, one] of kinds.entries()) {
      for (const other of kinds.slice(at + 1)) {
        const a = lab(theme[one] ?? '', sight), b = lab(theme[other] ?? '', sight), apart = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
        if (apart < 10) near.push(`${one} and ${other}: ${apart.toFixed(1)}`)
      }
    }
    expect(near).toEqual([])
  })
})

test('[CONTRAST-5] a colour that is too near is found', () => {
  expect(tooLow({ ...themeOf('dark'), 'ink-3': '#55666f' }, TEXT, 4.5).length).toBeGreaterThan(0)
  expect(contrast('#000000', '#ffffff')).toBe(21)
})
