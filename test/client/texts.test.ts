import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseSync } from 'vite'
import { describe, expect, test } from 'vitest'
import { languageOf } from '../../client/texts/language.ts'
import { texts as englishCockpit } from '../../client/texts/en/cockpit.ts'
import { texts as englishCommon } from '../../client/texts/en/common.ts'
import { texts as englishDirect } from '../../client/texts/en/direct.ts'
import { texts as englishHost } from '../../client/texts/en/host.ts'
import { texts as englishPlay } from '../../client/texts/en/play.ts'
import { texts as englishReplay } from '../../client/texts/en/replay.ts'
import { texts as englishWall } from '../../client/texts/en/wall.ts'
import { texts as spanishCockpit } from '../../client/texts/es/cockpit.ts'
import { texts as spanishCommon } from '../../client/texts/es/common.ts'
import { texts as spanishDirect } from '../../client/texts/es/direct.ts'
import { texts as spanishHost } from '../../client/texts/es/host.ts'
import { texts as spanishPlay } from '../../client/texts/es/play.ts'
import { texts as spanishReplay } from '../../client/texts/es/replay.ts'
import { texts as spanishWall } from '../../client/texts/es/wall.ts'
import { sentences } from '../../client/texts/es/said.ts'
import { reasons } from '../../client/texts/es/why.ts'
import { inWordsOf } from '../../shared/sim/said.ts'

/** Where the room's sentences to pages are made. */
const speakers = [...['attendance', 'class-room', 'class-session', 'classes', 'commands', 'door', 'keeper', 'plan-commands', 'questions', 'restore', 'roster', 'round'].map((name) => `server/${name}.ts`),
  'shared/sent-action.ts', 'shared/session.ts', 'shared/session-asking.ts', 'shared/names.ts', 'shared/wire/parse.ts']
/** Sentences that no page is shown: they mean that the page itself is another one than ours. */
const UNSEEN = [/^\{0\} cannot be read/]

/** Every sentence that stands in a file as text, with `{0}`, `{1}` for what is put in. */
function sentencesIn(path: string): string[] {
  const found: string[] = [], text = readFileSync(join(resolve(import.meta.dirname, '../..'), path), 'utf8')
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) { value.forEach(visit); return }
    if (typeof value !== 'object' || value === null) return
    const node = value as { [field: string]: unknown }
    if (node['type'] === 'Literal' && typeof node['value'] === 'string') found.push(node['value'])
    if (node['type'] === 'TemplateLiteral') found.push((node['quasis'] as { value: { cooked: string } }[]).map((part, at) => (at === 0 ? '' : `{${at - 1}}`) + part.value.cooked).join(''))
    Object.values(node).forEach(visit)
  }
  visit(parseSync(path, text).program)
  return found.filter((one) => /^(?:[A-Z]|\{0\})[^.]*\s.*\.$/.test(one) && !UNSEEN.some((pattern) => pattern.test(one)))
}

/** Every word of a catalogue by its path; a function is asked with stand-ins. */
function wordsOf(catalogue: object, path = ''): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const at = `${path}.${key}`
    if (typeof value === 'string') return [[at, value]]
    if (typeof value === 'function') return wordsOf({ made: (value as (...given: unknown[]) => unknown)(...['L1', 2, 3].slice(0, Math.max(1, value.length))) as object }, at)
    return typeof value === 'object' && value !== null ? wordsOf(value, at) : []
  })
}

/** What is the same in both languages: names, figures, and what has no words. */
const SAME = new Set(['L1', 'p99', '+', 'Bot', 'bot', 'Demo', 'Error', 'L1, Netsplit', 'L1 2', 'L1 x2', 'L1 2, 3', 'L1 2, 3 min', 'L1 min', 'L1: 2.', 'No', 'L1 2, in exchange with 3'])

describe.each([
  ['play', englishPlay, spanishPlay], ['host', englishHost, spanishHost], ['replay', englishReplay, spanishReplay], ['wall', englishWall, spanishWall], ['direct', englishDirect, spanishDirect], ['cockpit', englishCockpit, spanishCockpit], ['common', englishCommon, spanishCommon],
])('the Spanish catalogue %s', (_, english, spanish) => {
  const there = new Map(wordsOf(spanish))

  test('[TEXTS-1] has every word of the English one, in Spanish', () => {
    const words = wordsOf(english)
    expect(words.length).toBeGreaterThan(15)
    expect(words.filter(([path]) => !there.has(path) || there.get(path) === '').map(([path]) => path)).toEqual([])
    expect(words.filter(([path, word]) => there.get(path) === word && !SAME.has(word)).map(([path, word]) => `${path}: ${word}`)).toEqual([])
  })

  test('[TEXTS-2] names the same numbers and names that were put in', () => {
    const forgotten = wordsOf(english).filter(([path, word]) => ['L1', '2', '3'].some((given) => path.includes('.made') && word.includes(given) && there.get(path)?.includes(given) !== true))
    expect(forgotten).toEqual([])
  })
})

describe('which language a page speaks', () => {
  test.each([
    [['es', null, 'en-GB'], 'es'], [[null, 'es', 'en'], 'es'], [[null, null, 'es-AR', 'en'], 'es'], [[null, null, 'fr', 'de-DE'], 'en'], [['xx', undefined, 'ES-mx'], 'es'], [[], 'en'],
  ] as const)('of %j it is %s', (wishes, language) => expect(languageOf(wishes)).toBe(language))
})

describe('what the server says, in Spanish', () => {
  test('[TEXTS-3] every sentence of the room stands in the catalogue', () => {
    const said = speakers.flatMap(sentencesIn)
    expect(said.length).toBeGreaterThan(50)
    // A name and a title are refused by the same sentence.
    const whole = [...new Set(said)].flatMap((one) => (/^\{0\} (?:has at most|needs at least)/.test(one) ? ['A name', 'A title'].map((what) => one.replace('{0}', what).replace('{1}', '{0}')) : [one]))
    expect(whole.filter((one) => !Object.hasOwn(reasons, one))).toEqual([])
  })

  test('[TEXTS-4] a sentence keeps what was put in, and one that is not known stays as it is', () => {
    const own = inWordsOf(sentences)
    expect(own('Cluster Heron has ended.')).toBe('El grupo Heron ha acabado.')
    expect(own('A cluster of this mission has 3 to 7 nodes.')).toBe('Un grupo de esta misión tiene de 3 a 7 nodos.')
    expect(own('That fault is over.')).toBe('Ese fallo ha acabado.')
    for (const other of ['Read page 4 first.', '', 'constructor', 'Cluster Heron has ended. Really.']) expect(own(other)).toBe(other)
    expect(inWordsOf({})('That fault is over.')).toBe('That fault is over.')
  })
})
