import { describe, expect, test } from 'vitest'
import { script } from './stage.ts'
import type { Played, Step } from './stage.ts'

/** What happened, as `kind node`, from a time on. */
const kinds = ({ facts }: Played, fromMs = 0): string[] => facts.filter((fact) => fact.atMs >= fromMs && fact.kind !== 'ended').map((fact) => `${fact.kind} ${fact.node ?? ''}`.trim())

describe('the stage of puppets', () => {
  test('a note is one fact, and what is told leaves, travels and arrives', () => {
    expect(kinds(script({}, [{ atMs: 1_000, at: 'A', note: { x: [1, null] } }, { atMs: 2_000, at: 'A', tell: 'B', says: 'hello' }]))).toEqual(['acted A', 'acted A', 'sent A', 'delivered B'])
  })
  test('what is said arrives as it was said', () => {
    const says = { deep: [1, { er: null }], text: '"quoted"' }
    const { facts } = script({}, [{ atMs: 2_000, at: 'A', tell: 'B', says }])
    expect(facts.flatMap((fact) => (fact.kind === 'delivered' ? [fact.body] : []))).toEqual([{ kind: 'told', says }])
  })
  test('a page that is synced survives the loss of power, and one that is not is lost', () => {
    const steps = (sync: boolean): Step[] => [
      { atMs: 1_000, at: 'A', write: 'old', sync: true }, { atMs: 2_000, at: 'A', write: 'new', sync },
      { atMs: 3_000, fault: 'p', type: 'power-cut', params: { nodes: ['A'] }, durationMs: 1_000 }, { atMs: 5_000, at: 'A', write: 'later', sync: true },
    ]
    const stored = (played: Played): unknown[] => played.facts.flatMap((fact) => (fact.kind === 'stored' ? [fact.disk] : []))
    expect(stored(script({}, steps(true)))).toEqual([{ page: 'old' }, { page: 'new' }, { page: 'later' }])
    expect(stored(script({}, steps(false)))).toEqual([{ page: 'old' }, { page: 'later' }])
  })
  test('customers ask in turn, are passed on, and are answered wherever they wait', () => {
    const { facts } = script({}, [
      { atMs: 3_000, pass: 'c0/1', to: 'C' }, { atMs: 4_000, answer: 'c0/1', says: 7 }, { atMs: 6_000, answer: 'c0/2', says: 8 },
    ], { asks: [['first', 'second']] })
    expect(facts.flatMap((fact) => (fact.kind === 'requested' ? [fact.operation] : [])).slice(0, 2)).toMatchObject([{ says: 'first' }, { says: 'first' }])
    expect(facts.flatMap((fact) => (fact.kind === 'replied' ? [[fact.node, fact.request, fact.reply]] : []))).toEqual([
      ['C', 'c0/1', { kind: 'answered', says: 7 }], ['C', 'c0/2', { kind: 'answered', says: 8 }],
    ])
  })
  test('a paused puppet does what it was to do when it wakes up', () => {
    const { facts } = script({}, [{ atMs: 1_000, fault: 'p', type: 'pause', params: { nodes: ['A'] }, durationMs: 5_000 }, { atMs: 2_000, at: 'A', note: 'late' }])
    expect(facts.find((fact) => fact.kind === 'acted')?.atMs).toBe(6_000)
  })
  test('a step that cannot be done is named', () => {
    expect(() => script({}, [{ atMs: 1_000, at: 'A', tell: 'A', says: 1 }])).toThrow('step 0 of the script cannot be done')
    expect(() => script({}, [{ atMs: 1_000, fault: 'c', type: 'crash', params: { nodes: ['A'] }, durationMs: 5_000 }, { atMs: 2_000, at: 'A', note: 1 }])).toThrow('Your node has crashed.')
    expect(() => script({}, [{ atMs: 1_000, fault: 'c', type: 'no such', params: {}, durationMs: 5_000 }])).toThrow('step 0')
  })
})
