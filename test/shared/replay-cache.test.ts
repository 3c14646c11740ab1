import { describe, expect, test } from 'vitest'
import { recordRound } from '../../shared/headless.ts'
import type { Recording } from '../../shared/recording.ts'
import { fromCache, readFacts } from '../../shared/replay-cache.ts'
import { cursorOf } from '../../shared/replay-cursor.ts'
import { missionOf, replay } from '../../shared/replay.ts'
import type { Fact } from '../../shared/sim/facts.ts'

/** Facts that were kept with a recording, for a reader whose version is another one. */

const facts: Fact[] = []
const recording = recordRound(missionOf({ scenario: 'election' } as Recording['header']),
  { seed: 7, nodes: 5, durationMs: 240_000, rules: 'eager', chaos: 'default' }, (fact) => facts.push(fact))
const older: Recording = { ...recording, header: { ...recording.header, simVersion: 0 } }
const kept = JSON.stringify(facts)
const changed = (change: (fact: Fact) => object, at = 500): string => JSON.stringify(facts.map((fact, n) => (n === at ? { ...fact, ...change(fact) } : fact)))

describe('a recording of another version, from its kept facts', () => {
  test('the same facts, breaches and digest as when it was played, and it says where they come from', () => {
    const read = readFacts(kept, older.header)
    const shown = fromCache(older, null, read ?? [])
    const played = replay(recording)
    expect(shown).toMatchObject({ version: 'other', fromCache: true, digest: played.digest, digestOk: true, digestsCompared: played.digestsCompared, endMs: played.endMs, closed: true })
    expect(shown.facts).toEqual(played.facts)
    expect(shown.breaches.length).toBeGreaterThan(0)
    expect(shown.breaches).toEqual(played.breaches)
  })

  test('facts that were changed or cut short do not fit the digests', () => {
    const late = readFacts(changed((fact) => ({ because: [...fact.because, 0] })), older.header)
    expect(fromCache(older, null, late ?? [])).toMatchObject({ digestOk: false, divergedAtFact: 0 })
    expect(fromCache(older, null, facts.slice(0, -1)).digestOk).toBe(false)
  })

  test('who played and who was up follows from the facts alone; what nodes knew is not there', () => {
    const cursor = cursorOf(fromCache(older, null, facts)), played = cursorOf(replay(recording))
    const crash = facts.find((fact) => fact.kind === 'crashed')
    expect(crash).toBeDefined()
    for (const ms of [0, 100_000, (crash?.atMs ?? 0) + 1, 240_000]) {
      const { students, up } = played.at(ms)
      expect(cursor.at(ms)).toEqual({ badges: [], selves: [], students, up })
    }
    expect(cursor.at((crash?.atMs ?? 0) + 1).up).toContain(false)
  })

  test.each([
    ['no JSON', '{'],
    ['no list', '{}'],
    ['a fact of an unknown kind', changed(() => ({ kind: 'earthquake' }))],
    ['a number out of order', changed(() => ({ n: 501 }))],
    ['time that runs backwards', changed(() => ({ atMs: 0 }))],
    ['a cause that comes later', changed(() => ({ before: [500] }))],
    ['a node of another cluster', changed(() => ({ node: 'F' }))],
    ['a fact without causes', changed(() => ({ because: undefined }))],
  ])('refuses %s', (_what, text) => expect(readFacts(text, older.header)).toBeNull())
})
