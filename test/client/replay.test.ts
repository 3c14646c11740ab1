import { describe, expect, test } from 'vitest'
import { player } from '../../client/model/player.ts'
import { BAND_ROWS_MAX, factBeside, factIndexAt, factsAround, nextBreach, nodesOf, roundSteps } from '../../client/model/replay.ts'
import type { Round } from '../../client/model/replay.ts'
import { spaceTimeOf, STRETCH_MS_MAX } from '../../client/model/space-time.ts'
import { bandRows } from '../../client/components/timeline.tsx'
import { digestWords, warnings } from '../../client/model/replay-words.ts'
import { recordRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { replay } from '../../shared/replay.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'

const { election } = scenarios
if (election === undefined) throw new Error('the mission election is gone')

function roundOf(plan: Partial<RoundPlan> = {}): Round {
  const steps = roundSteps(replay(recordRound(election as NonNullable<typeof election>, { seed: 1, nodes: 5, durationMs: 300_000, rules: 'double-voter', chaos: 'monkey', ...plan })))
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

const round = roundOf()
const { facts } = round.replayed

describe('the cursor on the facts', () => {
  test('the fact at a time is the last one until then, as a look at every fact says', () => {
    for (let ms = 0; ms <= 300_000; ms += 1_337) expect(factIndexAt(facts, ms)).toBe(facts.findLastIndex((fact) => fact.atMs <= ms))
    expect(factIndexAt(facts, -1)).toBe(-1)
    expect(factIndexAt([], 5)).toBe(-1)
  })

  test('a step goes to the next fact of the node, or of all; null beyond the ends', () => {
    expect(factBeside(facts, -1, 1, null)).toBe(0)
    expect(factBeside(facts, 0, -1, null)).toBeNull()
    expect(factBeside(facts, facts.length - 1, 1, null)).toBeNull()
    const next = factBeside(facts, 100, 1, 'C')
    expect(next).not.toBeNull()
    expect(facts[next ?? -1]?.node).toBe('C')
    expect(facts.slice(101, next ?? 0).some((fact) => fact.node === 'C')).toBe(false)
  })

  test('the list round the cursor holds it, in order, and only what the node lived through', () => {
    expect(factsAround(facts, 50, 3, 5, null)).toEqual([47, 48, 49, 50, 51, 52, 53, 54, 55])
    expect(factsAround(facts, -1, 3, 2, null)).toEqual([0, 1])
    expect(factsAround(facts, facts.length - 1, 1, 5, null)).toEqual([facts.length - 2, facts.length - 1])
    const own = factsAround(facts, 200, 3, 5, 'B')
    expect(own.length).toBeGreaterThanOrEqual(8)
    expect(own.every((n) => facts[n]?.node === 'B')).toBe(true)
    expect([...own].sort((a, b) => a - b)).toEqual(own)
  })

  test('the next breach comes round to the first again', () => {
    const breaches = [{ n: 10 }, { n: 20 }] as Round['breaches'][number][]
    expect(nextBreach({ breaches }, -1)).toBe(0)
    expect(nextBreach({ breaches }, 10)).toBe(1)
    expect(nextBreach({ breaches }, 20)).toBe(0)
    expect(nextBreach({ breaches: [] }, 5)).toBeNull()
  })
})

describe('a round made ready', () => {
  test('every breach has its sentence, its rule, and its witness in words and in order', () => {
    expect(round.breaches.length).toBeGreaterThan(0)
    for (const breach of round.breaches) {
      expect(breach.sentence).toMatch(/^[A-E] .*\.$/)
      expect(breach.prevention).not.toBe('')
      expect(breach.steps.length).toBeGreaterThan(0)
      const numbers = breach.steps.map((step) => step.fact.n)
      expect([...numbers].sort((a, b) => a - b)).toEqual(numbers)
      expect(numbers.every((n) => n < breach.n)).toBe(true)
    }
  })

  test('however many faults overlap, the scrubber has few rows and shows every moment that was broken', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const { bands, above } = roundOf({ seed, durationMs: 600_000 })
      expect(Math.max(0, ...bandRows(bands))).toBeLessThan(BAND_ROWS_MAX)
      const moments = Array.from({ length: 1_200 }, (_, n) => n * 500)
      const shown = moments.filter((ms) => bands.some((band) => band.fromMs <= ms && band.toMs > ms))
      expect(shown).toEqual(moments.filter((ms) => above.faultsAt(ms).length > 0))
    }
  })

  test('a message has two ends, wherever it was seen', () => {
    const of = (kind: Fact['kind']): Fact => facts.find((fact) => fact.kind === kind) ?? (() => { throw new Error(`no fact ${kind}`) })()
    const sent = of('sent'), delivered = of('delivered')
    expect(sent.kind === 'sent' && nodesOf(sent)).toEqual({ at: sent.node, from: sent.node, to: sent.kind === 'sent' ? sent.to : '' })
    expect(nodesOf(delivered)).toEqual({ at: delivered.node, from: delivered.kind === 'delivered' ? delivered.from : '', to: delivered.node })
    expect(nodesOf(of('timer'))).toMatchObject({ from: null, to: null })
  })
})

describe('the space-time diagram of a breach', () => {
  test('every message of the stretch is on it once, those of the witness are lit, and its facts are numbered in order', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const one = roundOf({ seed })
      for (const walk of one.breaches) {
        const shown = spaceTimeOf(one, walk)
        expect(shown.fromMs).toBeLessThanOrEqual(walk.atMs)
        expect(shown.toMs).toBeGreaterThanOrEqual(walk.atMs)
        expect(shown.toMs - shown.fromMs).toBeLessThanOrEqual(STRETCH_MS_MAX)
        const sent = one.replayed.facts.flatMap((fact) => (fact.kind === 'sent' && fact.atMs >= shown.fromMs && fact.atMs <= shown.toMs ? [fact] : []))
        const keys = shown.messages.map(({ packet }) => packet.key)
        expect(new Set(keys).size).toBe(keys.length)
        // One that is kept back has several legs.
        const copies = (n: number): number => new Set(keys.map((key) => key.split('/')[0]).filter((key) => key?.split('.')[0] === String(n))).size
        expect(sent.filter((fact) => copies(fact.n) !== Math.max(1, fact.arrivals.length))).toEqual([])
        const ofWitness = new Set(walk.steps.flatMap(({ fact }) => (fact.kind === 'sent' || fact.kind === 'delivered' ? [fact.message] : [])))
        for (const { packet, lit } of shown.messages) {
          const fact = one.replayed.facts[Number(packet.key.split('.')[0])]
          expect(lit).toBe(fact?.kind === 'sent' && ofWitness.has(fact.message))
        }
        expect(shown.marks.every((mark) => walk.steps[mark.step - 1]?.fact.atMs === mark.atMs)).toBe(true)
        expect(shown.ticks.length).toBeLessThanOrEqual(8)
      }
    }
  })

  test('who was crashed or stood still is hatched for just so long', () => {
    let hatched = 0
    for (let seed = 1; seed <= 30; seed++) {
      const one = roundOf({ seed })
      for (const walk of one.breaches) {
        for (const down of spaceTimeOf(one, walk).down) {
          hatched++
          const states = one.replayed.facts.filter((fact) => fact.node === down.node && ['crashed', 'restarted', 'paused', 'resumed'].includes(fact.kind))
          const begin = states.findIndex((fact) => fact.kind === down.kind && fact.atMs === down.fromMs)
          expect(begin).toBeGreaterThanOrEqual(0)
          expect(down.toMs).toBe(states[begin + 1]?.atMs ?? one.endMs)
        }
      }
    }
    expect(hatched).toBeGreaterThan(0)
  })
})

describe('the player', () => {
  test('plays at its speed, stands still when paused, and stops at the end', () => {
    const play = player(10_000)
    play.play(1_000)
    expect(play.at(3_000)).toBe(2_000)
    play.setSpeed(4, 3_000)
    expect(play.at(3_500)).toBe(4_000)
    play.pause(3_500)
    expect(play.at(9_000)).toBe(4_000)
    play.play(9_000)
    expect(play.at(99_000)).toBe(10_000)
  })

  test('playing at the end begins anew', () => {
    const play = player(10_000)
    play.seek(10_000, 0)
    play.play(500)
    expect(play.at(500)).toBe(0)
  })

  test('a jump is kept within the round, while it plays too', () => {
    const play = player(10_000)
    play.seek(-5, 0)
    expect(play.at(0)).toBe(0)
    play.play(0)
    play.seek(99_999, 1)
    expect(play.at(1)).toBe(10_000)
    play.seek(2_000, 2)
    expect(play.at(1_002)).toBe(3_000)
  })

  test('a wall clock that steps back does not take the round back', () => {
    const play = player(10_000)
    play.play(5_000)
    expect(play.at(4_000)).toBe(0)
  })
})

describe('what the viewer is told', () => {
  const sound = { digest: 'ab'.repeat(8), digestOk: true, digestsCompared: 2, facts, divergedAtFact: null, damage: null, version: 'same', closed: true, fromCache: false } as const
  test('a sound recording needs no warning', () => {
    expect(warnings(sound)).toEqual([])
    expect(digestWords(sound)).toBe(`replayed to the same digest ${'ab'.repeat(8)}, ${facts.length.toLocaleString('en')} facts`)
  })

  test('divergence, damage, another version and an open end are each said', () => {
    expect(warnings({ ...sound, divergedAtFact: 4_000 })).toEqual(['This replay differs from the recording at fact 4,000 or soon after. Do not trust what follows.'])
    expect(warnings({ ...sound, damage: 'Line 3 is damaged.' })[0]).toContain('Line 3 is damaged.')
    expect(warnings({ ...sound, version: 'other' })[0]).toContain('another version')
    expect(warnings({ ...sound, version: 'other', fromCache: true })[0]).toContain('not played again')
    expect(warnings({ ...sound, closed: false })[0]).toContain('not brought to its end')
    expect(digestWords({ ...sound, digestOk: false })).toContain('not the recorded one')
    expect(digestWords({ ...sound, digestsCompared: 0 })).toContain('none in the recording to compare with')
  })
})
