import { expect, test } from 'vitest'
import { factWords } from '../../shared/fact-words.ts'
import { factWords as enEspanol, faultTitle } from '../../shared/fact-words-es.ts'
import { faults } from '../../shared/faults/index.ts'
import { botSettings, recordInputs } from '../../shared/headless.ts'
import { parts, reasons } from '../../shared/reasons-es.ts'
import { cursorOf } from '../../shared/replay-cursor.ts'
import { replay } from '../../shared/replay.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { inSpanish } from '../scenarios/in-spanish.ts'
import { FACT_KINDS } from '../../shared/sim/facts.ts'
import type { Fact, FactKind, FactOf } from '../../shared/sim/facts.ts'
import { inWordsOf } from '../../shared/sim/said.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { englishIn, putIn } from '../english.ts'

/** A mission in which only the general words are used. */
function general(mission: Scenario): Scenario {
  const { tellFact: _own, tellOperation: _too, ...rest } = mission
  return { ...rest, tellReply: () => 'x 7' }
}
const english = general(scenarios['election']!), spanish = general(inSpanish['election']!)

type Own<K extends FactKind> = K extends FactKind ? Omit<FactOf<K>, 'kind' | 'n' | 'atMs' | 'before' | 'because' | 'node'> & { node?: string | null; because?: number[] } : never
const ask = { request: 'r', customer: 2, operation: { kind: 'x', parcel: 1004 }, deadlineAtMs: 9 }
const mail = { message: 'm', from: 'C', to: 'D', copy: 0 }
const act = { action: { kind: 'x' }, message: null, request: null, rule: null }
const lossy = { fault: 'f', type: 'loss', nodes: [], links: [], params: { from: ['B'], to: ['C', 'D'], share: 35 } }

/** Facts of every kind and in every form that has words of its own. A new kind has a line here, or this does not compile. */
const samples = {
  asked: [{ ...ask, to: 'B' }],
  requested: [{ ...ask, local: 1, hop: 0 }, { ...ask, local: 1, hop: 1 }, { ...ask, local: 1, hop: 0, because: [3] }],
  unreached: [{ request: 'r', customer: 2, to: 'B' }],
  sent: [{ message: 'm', to: 'C', body: { kind: 'BEAT' }, arrivals: [] }],
  delivered: [{ message: 'm', from: 'C', body: { kind: 'BEAT' }, letter: 1, copy: 0 }, { message: 'm', from: 'C', body: { kind: 'BEAT' }, letter: 1, copy: 1 }],
  lost: (['loss', 'cut', 'crashed', 'corrupted', 'rate', 'overflow'] as const).map((reason) => ({ ...mail, reason })),
  held: (['hold', 'rate', 'overtaken'] as const).map((why) => ({ ...mail, why })),
  released: [{ ...mail, inMs: 5 }],
  acted: [act],
  refused: ['That message is gone.', 'That request is gone.', 'There is no such action.', 'Your node has crashed.', 'This action has no field "y".', 'peer must be one of C, D.', 'timeoutMs must be a whole number from 5 to 40 ms.',
    'letter must be a message of kind vote.', 'durable must be true or false.'].map((reason) => ({ action: { kind: 'x' }, reason })),
  stored: [{ disk: {} }],
  timer: [{ name: 'x', dueMs: 1 }],
  replied: [{ request: 'r', customer: 2, local: 1, reply: { kind: 'x' }, tookMs: 3_200 }],
  redirected: [{ request: 'r', customer: 2, local: 1, to: 'C' }],
  expired: [{ request: 'r', customer: 2, local: 1 }, { request: 'r', customer: 2, local: null, node: null }],
  'clock-bent': [[4_500, 0], [-4_500, 0], [0, 50_000], [0, -50_000], [0, 0]].map(([byMs = 0, driftPpm = 0]) => ({ byMs, driftPpm, offsetMs: 0 })),
  crashed: [{ lostWrite: false }, { lostWrite: true }],
  restarted: [{}], paused: [{}],
  resumed: [{ heldCount: 1, pausedMs: 2_500 }, { heldCount: 7, pausedMs: 2_500 }],
  'fault-started': [{ ...lossy, endsAtMs: null }, { ...lossy, endsAtMs: null, type: 'x' }],
  'fault-ended': [{ fault: 'f', type: 'loss', healed: true }, { fault: 'f', type: 'loss', healed: false }],
  'fault-turned': [{ ...lossy, phase: 1 }, { ...lossy, phase: 2 }],
  'fault-refused': ['There is no fault "x".', 'A fault named "f" is active already.', 'At most 16 faults at a time.', 'Lossy links lasts from 1 to 600000 ms.', 'Strobe a clock needs an end: at most 9 ms.', 'queue must be a whole number from 0 to 100 messages.',
    'side must list some of the nodes B, C, each once.', 'side must list some, not all, of the nodes B, C, each once.', 'This fault has no parameter "y".', 'The bridge stands on neither side.'].map((reason) => ({ fault: 'f', reason })),
  'seat-changed': [{ playedBy: 'bot' }, { playedBy: 'student' }],
  'level-changed': [{ level: 'L2' }],
  breached: [{ claim: 'one-vote', key: 'k', severity: 'severe', values: { node: 'B', first: 'C', second: 'D', term: 4 } }, { claim: 'x', key: 'k', severity: 'severe', values: {} },
    ...['only its own', 'B and C', 'B, C and D'].map((voters) => ({ claim: 'quorum-to-lead', key: 'k', severity: 'severe' as const, values: { node: 'B', term: 4, count: 1, nodes: 9, majority: 5, voters } }))],
  ended: [{ node: null }],
} satisfies { [K in FactKind]: readonly Own<K>[] }

const facts = FACT_KINDS.flatMap((kind) => samples[kind].map((own): Fact => ({ n: 1, atMs: 1, node: 'B', before: [], because: [], kind, ...own }) as unknown as Fact))

test.each(facts.map((fact): [string, Fact] => [factWords(fact, english), fact]))('in Spanish: %s', (here, fact) => {
  const there = enEspanol(fact, spanish)
  expect(there).not.toBe(here)
  expect(there).toMatch(/^[A-ZÁÉÍÓÚ].*\.$/)
  expect(englishIn(there)).toBeNull()
  expect(there).not.toMatch(/undefined|null|NaN|\[object/)
  expect(putIn(there)).toEqual(putIn(here))
})

test('why a key cannot be pressed, a recording says in English, and a Spanish page as the Spanish key does', () => {
  const told = Object.entries(scenarios).flatMap(([id, mission]) => {
    const settings = botSettings(mission, { seed: 1, nodes: 5, durationMs: 60_000, rules: 'good', chaos: 'none' })
    const self = cursorOf(replay(recordInputs(mission, 1, settings, [{ kind: 'end', atMs: 1_000 }]))).at(500).selves[1]!
    const refusalOf = (one: Scenario, kind: string): string | null => one.actions[kind]?.refusal?.(self as never, { kind } as never) ?? null
    return Object.keys(mission.actions).map((kind) => ({ reason: refusalOf(mission, kind), own: refusalOf(inSpanish[id]!, kind), mission, spanish: inSpanish[id]! }))
  }).filter(({ reason }) => reason !== null)
  const refused = facts.find((one) => one.kind === 'refused')!
  for (const { reason, own, mission, spanish } of told) {
    expect(factWords({ ...refused, reason } as Fact, mission)).toContain(reason)
    expect(enEspanol({ ...refused, reason } as Fact, spanish)).toContain(own)
  }
  expect(told.length).toBeGreaterThan(0)
})

test('what is put into a reason has its own words, which say nothing by themselves', () => {
  const own = inWordsOf(reasons, parts)
  for (const [type, { title }] of Object.entries(faults)) expect(own(`${title} lasts from 1 to 9 ms.`)).toBe(`${faultTitle(type)} dura de 1 a 9 ms.`)
  expect(own('queue must be a whole number from 0 to 100 messages.')).toBe('queue tiene que ser un número entero de 0 a 100 mensajes.')
  for (const alone of ['Crash', '9 messages', 'A sentence of somebody else.']) expect(own(alone)).toBe(alone)
})

test('a recording that is told in Spanish stays the same, and so does what is reckoned from it', () => {
  const mission = scenarios['election']!, own = inSpanish['election']!
  const settings = botSettings(mission, { seed: 3, nodes: 5, durationMs: 60_000, rules: 'good', chaos: 'none' })
  const recording = recordInputs(mission, 3, settings, [
    { kind: 'seat', atMs: 0, seat: 1, playedBy: 'student' }, { kind: 'act', atMs: 500, seat: 1, action: { kind: 'ask-again' } },
    { kind: 'fault', atMs: 900, id: 'f', type: 'bridge', params: { bridge: 'B', side: ['B'] }, durationMs: 1_000 }, { kind: 'end', atMs: 60_000 },
  ])
  const text = JSON.stringify(recording), replayed = replay(recording), kept = JSON.stringify(replayed.facts)
  const told = replayed.facts.map((fact) => enEspanol(fact, own)), badges = cursorOf(replayed, own).at(30_000).badges
  expect(told.filter((one) => one.includes('No te presentas') || one.includes('El puente no está'))).toHaveLength(2)
  expect(JSON.stringify(badges)).not.toBe(JSON.stringify(cursorOf(replayed).at(30_000).badges))
  expect([JSON.stringify(recording), JSON.stringify(replayed.facts)]).toEqual([text, kept])
  expect(kept).toContain('You are not standing, so there is no vote to ask for.')
  expect(replay(recording)).toMatchObject({ digestOk: true, digest: replayed.digest })
})
