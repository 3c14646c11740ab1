import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import * as shared from '../../shared/invariants/index.ts'
import { decodeRecording, encodeRecording } from '../../shared/recording.ts'
import { entryCheck } from '../../shared/recording-check.ts'
import type { Claim } from '../../shared/sim/claim.ts'
import { start } from '../../shared/sim/simulation.ts'
import { complaints, stepsApart } from './contract.ts'
import type { Example, Recorded, Told } from './example.ts'
import { examples } from './examples/index.ts'
import { script } from './stage.ts'
import type { Step } from './stage.ts'

const breaksOf = (id: string, { facts }: Told): number => facts.filter((fact) => fact.kind === 'breached' && fact.claim === id).length

describe.each(examples)('$name', ({ id, claim, breaking, nearly }) => {
  test('the one round breaks it, and the other only nearly', () => {
    expect(breaksOf(id, breaking)).toBeGreaterThan(0)
    expect(breaksOf(id, nearly)).toBe(0)
    expect(stepsApart(breaking.steps, nearly.steps)).toBe(1)
  })
  test('every breach is true of its witness alone, from which nothing can be left out; the state is plain JSON', () => {
    expect(complaints(id, claim, breaking)).toEqual([])
    expect(complaints(id, claim, nearly)).toEqual([])
  })
  test('its recordings replay to the same digest', () => {
    const digests = [breaking, nearly].map(digestsOf)
    expect(digests.map((one) => one.again)).toEqual(digests.map((one) => one.recorded))
  })
})

/** Claims of these names without an example, examples of no such claim, and claims that an example has under a second name. */
function unexampled(names: readonly string[], some: readonly Example[]): string[] {
  const ids = names.map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
  return [
    ...ids.filter((id) => some.every((one) => one.id !== id)), ...some.filter((one) => !ids.includes(one.id)).map((one) => one.name),
    ...some.filter((one) => some.some((other) => other.id !== one.id && other.claim.words === one.claim.words)).map((one) => one.name),
  ]
}

describe('every claim that missions share has a round that breaks it, and one that only nearly does', () => {
  const names = Object.keys(shared)
  test('no claim is without, and no example is of another', () => expect(unexampled(names, examples)).toEqual([]))
  test.each(names)('%s would be missed', (name) => {
    const id = unexampled([name], [])[0]
    expect(unexampled(names, examples.filter((one) => one.id !== id))).toEqual([id])
    expect(unexampled(names.filter((one) => one !== name), examples)).toEqual(examples.flatMap((one) => (one.id === id ? [one.name] : [])))
  })
  test('an example that tries another claim than its name says is found', () => {
    const [first] = examples
    if (first === undefined) throw new Error('there is no example')
    expect(unexampled(names, [...examples, { ...first, id: 'one-vote' }])).toContain(first.name)
  })
})

/** The digest at the end of a recording, and of its inputs played again as they stand in its text. */
function digestsOf({ scenario, recording }: Recorded): { recorded: string | undefined; again: string } {
  const read = decodeRecording(encodeRecording(recording), () => null, entryCheck(recording.header))
  if (!read.ok || read.damage !== null) throw new Error(read.ok ? (read.damage ?? '') : read.error)
  const { header, entries } = read.recording
  const sim = start({ scenario, faults }, header.seed, header.settings)
  for (const entry of entries) if (entry.t === 'input') sim.submit(entry.input)
  return { recorded: entries.flatMap((entry) => (entry.t === 'closed' ? [entry.digest] : []))[0], again: sim.digest() }
}

/** No two notes of one node say the same; and slips that the contract must find, each in a copy of it. */
interface Notes { first: { [note: string]: number } }
const twice = (change: Partial<Claim<Notes>> = {}, witness = (first: number, second: number): number[] => [first, second]): Claim<Notes> => ({
  words: 'No node says a thing twice.', severity: 'minor', concept: 'notes', prevention: 'Say it once.',
  init: () => ({ first: {} }),
  folds: {
    acted(state, fact, judge) {
      const { text } = fact.action as { kind: string; text?: string }
      const note = `${fact.node} ${text}`
      const first = (state.first[note] ??= fact.n)
      if (first !== fact.n) judge.breach(note, witness(first, fact.n), { node: fact.node, text: text ?? '' })
    },
  },
  sentence: (v) => `${v['node']} said ${v['text']} twice.`,
  ...change,
})
const steps: Step[] = [{ atMs: 1_000, at: 'A', note: 'x' }, { atMs: 2_000, at: 'A', note: 'y' }, { atMs: 3_000, at: 'B', note: 'x' }, { atMs: 4_000, at: 'A', note: 'x' }]

describe('the contract finds planted slips', () => {
  const heard = (claim: Claim<Notes>): string[] => {
    const judge = claim as unknown as Claim
    return complaints('twice', judge, script({ twice: judge }, steps))
  }
  test('the claim without a slip passes, and does break', () => {
    expect(heard(twice())).toEqual([])
    expect(breaksOf('twice', script({ twice: twice() as unknown as Claim }, steps))).toBe(1)
  })
  test('a witness that lacks a fact', () => expect(heard(twice({}, (_first, second) => [second]))).toEqual([expect.stringContaining('alone does not break it')]))
  test('a witness with one fact too many', () => expect(heard(twice({}, (first, second) => [first, first + 1, second]))).toEqual([expect.stringContaining('needs no fact')]))
  test('a witness out of order', () => expect(heard(twice({}, (first, second) => [second, first]))).toEqual([expect.stringContaining('not in order')]))
  test('a sentence with a value that is not there', () => expect(heard(twice({ sentence: (v) => `${v['node']} said it at ${v['atMs']}.` })).join()).toContain('uses the value atMs'))
  test('a sentence that is none', () => expect(heard(twice({ sentence: (v) => `${String(v['node'])} twice` })).join()).toContain('sentence is none'))
  test('a state that is no plain JSON', () => {
    // What is written on a list under a name is lost when it is copied.
    expect(heard(twice({ init: () => ({ first: [] as unknown as Notes['first'] }) })).join()).toContain('no plain JSON')
  })
  test('a claim that remembers what it judged before', () => {
    const shared: Notes = { first: {} }
    expect(heard(twice({ init: () => shared }))).not.toEqual([])
  })
  test('two scripts that differ in more than one step', () => {
    expect(stepsApart(steps, steps.slice(1))).toBe(1)
    expect(stepsApart(steps, steps.slice(2))).toBe(2)
    expect(stepsApart(steps, steps)).toBe(0)
  })
})
