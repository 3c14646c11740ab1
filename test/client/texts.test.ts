import { describe, expect, test } from 'vitest'
import { languageOf } from '../../client/texts/language.ts'
import { texts as englishCockpit } from '../../client/texts/en/cockpit.ts'
import { texts as englishDirect } from '../../client/texts/en/direct.ts'
import { texts as englishHost } from '../../client/texts/en/host.ts'
import { texts as englishPlay } from '../../client/texts/en/play.ts'
import { texts as englishReplay } from '../../client/texts/en/replay.ts'
import { texts as englishWall } from '../../client/texts/en/wall.ts'
import { texts as spanishCockpit } from '../../client/texts/es/cockpit.ts'
import { texts as spanishDirect } from '../../client/texts/es/direct.ts'
import { texts as spanishHost } from '../../client/texts/es/host.ts'
import { texts as spanishPlay } from '../../client/texts/es/play.ts'
import { texts as spanishReplay } from '../../client/texts/es/replay.ts'
import { texts as spanishWall } from '../../client/texts/es/wall.ts'

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
  ['play', englishPlay, spanishPlay], ['host', englishHost, spanishHost], ['replay', englishReplay, spanishReplay], ['wall', englishWall, spanishWall], ['direct', englishDirect, spanishDirect], ['cockpit', englishCockpit, spanishCockpit],
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
