import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { settingsFor } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { clockAt, trueClock } from '../../shared/sim/clocks.ts'
import type { Fact, FactKind } from '../../shared/sim/facts.ts'
import type { Input } from '../../shared/sim/inputs.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { NodeId, Settings } from '../../shared/sim/types.ts'
import { visibleTo } from '../../shared/visibility.ts'
import type { Seen } from '../../shared/visibility.ts'
import { playWild } from '../sim/wild.ts'
import { possible } from '../scenarios/kinds.ts'

/**
 * The only fields that may leave for a student, by kind of fact, spelt out a second time on purpose: whoever adds one to the
 * boundary must come here and say so. Null: nothing of it may leave.
 */
const allowed: { readonly [K in FactKind]: readonly string[] | null } = {
  requested: ['request', 'operation'], sent: ['to', 'body'], delivered: ['letter', 'from', 'body'], acted: ['action', 'rule'], refused: ['reason'],
  stored: [], timer: ['name'], replied: ['request', 'reply'], redirected: ['request', 'to'], expired: ['request'], crashed: [], restarted: [], resumed: ['pausedMs', 'heldCount'],
  asked: null, unreached: null, lost: null, held: null, released: null, 'fault-turned': null, 'clock-bent': null, paused: null, 'fault-started': null, 'fault-ended': null, 'fault-refused': null, 'seat-changed': null, 'level-changed': null, breached: null, ended: null,
}

const clock = trueClock(1_234)
const seenBy = (fact: Fact, node: NodeId): Seen | null => visibleTo(fact, { kind: 'student', node, clock })

describe.each(Object.entries(scenarios))('%s', (_id, scenario) => {
  test('a student sees facts of their own node only, on its own clock, and of each no field but those listed', () => {
    const met = new Set<FactKind>()
    for (let seed = 1; seed <= 30; seed++) {
      const { facts } = playWild(scenario, seed, { nodes: scenario.nodes.usual, durationMs: 60_000, gapMsMost: 1_500, clicks: 'any', faults: true, level: 'L2' })
      for (const fact of facts) {
        met.add(fact.kind)
        for (const node of ['A', 'B', 'Z']) {
          const seen = seenBy(fact, node)
          const fields = allowed[fact.kind]
          const may = fact.node !== node || fields === null ? null : ['atMs', 'kind', ...fields].toSorted()
          expect(seen === null ? null : Object.keys(seen).toSorted(), `${node} sees ${JSON.stringify(fact)}`).toEqual(may)
          expect([fact.kind, clockAt(clock, fact.atMs)]).toEqual([seen?.kind ?? fact.kind, seen?.atMs ?? clockAt(clock, fact.atMs)])
        }
        expect(visibleTo(fact, { kind: 'all' })).toBe(fact)
      }
    }
    const rare = possible(scenario, ['unreached', 'expired', 'refused', 'resumed', 'lost', 'breached'])
    for (const kind of rare) expect(met, `no round had a fact of kind ${kind}`).toContain(kind)
  })

  test('what leaves names no message by its identity, whose attempts count what others did', () => {
    const { facts } = playWild(scenario, 7, { nodes: 3, durationMs: 120_000, gapMsMost: 1_000, clicks: 'legal', faults: true, level: 'L2' })
    const words = facts.flatMap((fact) => (fact.node === null ? [] : [JSON.stringify(seenBy(fact, fact.node))])).join('\n')
    expect(words).toContain('"sent"')
    expect(words).not.toMatch(/#\d|c\d+\/\d/)
  })

  test('a self holds what its node may know and nothing else', () => {
    playWild(scenario, 9, { nodes: 3, durationMs: 60_000, gapMsMost: 1_000, clicks: 'any', faults: true, level: 'L1' }, (sim) => () => {
      for (const { self } of sim.world.nodes) {
        expect(Object.keys(self).toSorted()).toEqual(['clockMs', 'disk', 'id', 'inbox', 'memory', 'peers', 'requests', 'timings'])
        for (const letter of self.inbox) expect(Object.keys(letter).toSorted()).toEqual(['atMs', 'from', 'handled', 'message', 'n'])
        for (const request of self.requests) expect(Object.keys(request).toSorted()).toEqual(['atMs', 'deadlineAtMs', 'n', 'operation'])
      }
    })
  })
})

/** All that a student at `node` is sent, and what reached the node from outside, each up to and including its time. */
interface Life { screen: { atMs: number; seen: string }[]; stimuli: string[]; selves: { atMs: number; self: string }[] }

const REACHES = new Set<FactKind>(['delivered', 'requested', 'expired', 'crashed', 'restarted', 'paused', 'resumed', 'stored', 'seat-changed', 'level-changed'])

function lifeOf(scenario: Scenario, seed: number, settings: Settings, inputs: readonly Input[], seat: number): Life {
  const node = 'ABCDEFG'.charAt(seat)
  const life: Life = { screen: [], stimuli: [], selves: [] }
  const sim = start({ scenario, faults, sink(fact) {
    if (fact.node !== node) return
    const seen = seenBy(fact, node)
    if (seen !== null) life.screen.push({ atMs: fact.atMs, seen: JSON.stringify(seen) })
    // A reply is gone at once, so it says when a request went; everything else is the node's own doing.
    if (REACHES.has(fact.kind)) life.stimuli.push(`${fact.atMs} ${JSON.stringify(seen)} ${fact.kind}`)
  } }, seed, settings)
  const last = inputs.at(-1)?.atMs ?? 0
  const waiting = [...inputs]
  for (let atMs = 500; atMs <= last; atMs += 500) {
    for (let next = waiting[0]; next !== undefined && next.atMs <= atMs; next = waiting[0]) {
      sim.submit(next)
      waiting.shift()
    }
    sim.runUntil(atMs)
    life.selves.push({ atMs, self: JSON.stringify(sim.self(seat)) })
  }
  return life
}

test('what happens elsewhere changes nothing for a student until something of it reaches their node', () => {
  const scenario = scenarios['election'] as Scenario
  const elsewhere: ((atMs: number) => Input)[] = [
    (atMs) => ({ kind: 'act', atMs, seat: 1, action: { kind: 'stand' } }),
    (atMs) => ({ kind: 'fault', atMs, id: 'e', type: 'one-way', params: { from: ['B'], to: ['C'] }, durationMs: null }),
    (atMs) => ({ kind: 'fault', atMs, id: 'e', type: 'crash', params: { nodes: ['B', 'C'] }, durationMs: 20_000 }),
    (atMs) => ({ kind: 'fault', atMs, id: 'e', type: 'partition', params: { side: ['A'] }, durationMs: null }),
    (atMs) => ({ kind: 'fault', atMs, id: 'e', type: 'latency', params: { from: ['A', 'B'], to: ['B', 'C'], extraMs: 9_000, spreadMs: 0, share: 100, shape: 'constant', correlation: 0 }, durationMs: null }),
    (atMs) => ({ kind: 'level', atMs, seat: 2, level: 'L0' }),
    (atMs) => ({ kind: 'seat', atMs, seat: 2, playedBy: 'student' }),
    (atMs) => ({ kind: 'bookmark', atMs, text: 'look at B' }),
  ]
  let compared = 0
  let differed = 0
  for (let seed = 1; seed <= 40; seed++) {
    const settings = settingsFor(scenario, seed, 3, 120_000, 'L2', ['student', 'bot', 'bot'])
    const atMs = 20_000 + 500 * (seed % 40)
    const extra = elsewhere[seed % elsewhere.length]
    if (extra === undefined) throw new Error('nothing to do elsewhere')
    const end: Input = { kind: 'end', atMs: 120_000 }
    const [plain, other] = [lifeOf(scenario, seed, settings, [end], 0), lifeOf(scenario, seed, settings, [extra(atMs), end], 0)]
    const first = plain.stimuli.findIndex((one, n) => one !== other.stimuli[n])
    const at = (life: Life): number => Number((life.stimuli[first] ?? `${Infinity}`).split(' ')[0])
    const untilMs = first < 0 ? Infinity : Math.min(at(plain), at(other))
    if (untilMs < Infinity) differed++
    const before = (life: Life): unknown => [life.screen.filter((one) => one.atMs < untilMs), life.selves.filter((one) => one.atMs < untilMs)]
    compared += plain.screen.filter((one) => one.atMs >= atMs && one.atMs < untilMs).length
    expect(before(other), `seed ${seed}`).toEqual(before(plain))
  }
  // The test says something only where there was something to see, and where the difference did arrive at last.
  expect(compared).toBeGreaterThan(100)
  expect(differed).toBeGreaterThan(10)
})

test('a student never sees true time: a clock that is ahead shifts everything they are shown by just that much', () => {
  const scenario = scenarios['election'] as Scenario
  const inputs: Input[] = [
    { kind: 'act', atMs: 5_000, seat: 0, action: { kind: 'set-timeout', timeoutMs: 30_000 } },
    { kind: 'act', atMs: 9_000, seat: 0, action: { kind: 'stand' } },
    { kind: 'fault', atMs: 20_000, id: 'p', type: 'pause', params: { nodes: ['A'] }, durationMs: 10_000 },
    { kind: 'end', atMs: 60_000 },
  ]
  const shown = (offsetMs: number): unknown[] => {
    const settings = { ...settingsFor(scenario, 3, 3, 60_000, 'L2', ['student', 'student', 'student']), clockOffsetsMs: [offsetMs, 0, 0] }
    const all: unknown[] = []
    const sim = start({ scenario, faults, sink(fact) {
      const seen = visibleTo(fact, { kind: 'student', node: 'A', clock: trueClock(offsetMs) })
      if (seen !== null) all.push({ ...seen, atMs: seen.atMs - offsetMs })
    } }, 3, settings)
    for (const input of inputs) sim.submit(input)
    return all
  }
  expect(shown(0).length).toBeGreaterThan(20)
  expect(shown(4_321)).toEqual(shown(0))
})
