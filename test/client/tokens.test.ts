import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/** One home for every colour, size of type and duration: `client/style/tokens.css`. */

const client = resolve(import.meta.dirname, '../../client'), home = join('style', 'tokens.css')
const files = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(css|tsx)$/.test(path) && path !== home)

/** What may stand elsewhere, with its reason. */
const allowed: readonly [file: string, text: string][] = [
  // A code is read by a camera: dark on white, whatever the theme.
  ['qr-code.tsx', '#fff'], ['qr-code.tsx', '#091318'],
  // The sentence for an old browser is not moved in, it is there after a while.
  ['base.css', 'not-running 1ms 8s'],
]

const named = 'black|white|red|green|blue|yellow|orange|purple|pink|grey|gray|silver|gold|cyan|magenta|navy|teal|maroon|olive|lime|aqua|fuchsia|brown'
/** Colours, sizes of type and durations that are written out. Sizes that follow the window, as on the wall, are no steps of the scale. */
function writtenOut(text: string, isStyle: boolean): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/url\([^)]*\)/g, '')
  const colours = [/(?<![\w&])#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?=["'; ),])/gi, /\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([^)]*\)/gi]
  const style = [new RegExp(`(?<=[:\\s,(])(?:${named})(?=[;\\s,)])`, 'gi'), /\bfont(?:-size)?:[^;}]*?\b\d+(?:px|rem|pt)\b[^;}]*/g, /\b(?:animation|transition)[\w-]*:[^;}]*?\b[\d.]+m?s\b[^;}]*/g]
  return (isStyle ? [...colours, ...style] : colours).flatMap((pattern) => code.match(pattern) ?? []).filter((found) => !found.includes('clamp('))
}
const findings = (path: string, text: string): string[] => writtenOut(text, path.endsWith('.css')).filter((found) => !allowed.some(([file, part]) => path.endsWith(file) && found.includes(part))).map((found) => `${path}: ${found}`)

describe('tokens', () => {
  test('there are files to look at', () => expect(files.length).toBeGreaterThan(60))
  test('[TOKENS-1] no colour, size of type or duration stands outside their one home', () =>
    expect(files.flatMap((path) => findings(path, readFileSync(join(client, path), 'utf8')))).toEqual([]))

  test.each([
    'a { color: #ff0000; }', 'a { border: 1px solid #FFF }', 'a { background: rgb(1 2 3 / 50%) }', 'a { color: red; }', 'a { background: linear-gradient(white, var(--ink)) }',
    'a { font-size: 14px; }', 'a { font: 700 13px/1 var(--font) }', 'a { transition: opacity 200ms; }', 'a { animation: spin 1s infinite }',
  ])('[TOKENS-2] is found: %s', (text) => expect(findings('a.css', text)).toHaveLength(1))
  test.each(['a { color: var(--ink); width: 14px; }', 'a { font: var(--w-text) var(--t-15)/1.3 var(--font); }', 'a { font-size: clamp(64px, 8vw, 150px) }', 'a { transition: width var(--m-move) var(--ease); }', '/* #fff */ #app { white-space: nowrap; }'])(
    '[TOKENS-3] is none: %s', (text) => expect(findings('a.css', text)).toEqual([]))
  test('[TOKENS-4] in a page too', () => expect(findings('a.tsx', '<path fill="#12ab34" />')).toHaveLength(1))

  test('[TOKENS-5] who wants no motion has durations of none', () => {
    const tokens = readFileSync(join(client, home), 'utf8'), [, reduced = ''] = /@media \(prefers-reduced-motion: reduce\) \{([\s\S]*?)\n\}/.exec(tokens) ?? []
    const durations = [...new Set(tokens.match(/--m-\w+(?=:)/g) ?? [])]
    expect(durations.length).toBeGreaterThan(4)
    expect(durations.filter((name) => !reduced.includes(`${name}: 0ms`))).toEqual([])
  })
})
