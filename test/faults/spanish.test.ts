import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { checks, inSpanish } from '../../shared/faults/spanish.ts'
import type { Fault, FaultField, FaultRegistry } from '../../shared/sim/fault.ts'
import { checkWords } from '../../shared/sim/fault-check.ts'
import { resolve } from '../../shared/faults/targets.ts'
import { choicesFor, usualValues } from '../../client/model/fault-form.ts'
import { englishIn, putIn } from '../english.ts'
import { definitions } from './definitions.ts'

/** What is the same in both languages: a distribution, and a preposition. */
const SAME = new Set(['normal', 'A'])
const registry: FaultRegistry = faults
/** Nodes whose names mean nothing else in either language. */
const cast = { ids: ['B', 'C', 'D', 'F', 'G'], leader: 'D', pick: (_what: string, least: number) => least }

/** What a field takes, without what it is called. */
function takes(field: FaultField): object {
  const { label: _label, ...rest } = field
  return Object.fromEntries(Object.entries(rest).filter(([name]) => name !== 'names' && name !== 'unit'))
}

test('the registry in Spanish has the same faults in the same order', () => expect(Object.keys(inSpanish)).toEqual(Object.keys(registry)))

describe.each(Object.entries(registry))('%s in Spanish', (type, fault: Fault) => {
  const there = inSpanish[type]!, params = definitions[type as keyof typeof definitions].sample

  test('does the same: its effects are the same functions, its fields take the same, its presets have the same parameters', () => {
    for (const part of ['link', 'node', 'clock', 'needs', 'phaseMs'] as const) expect(there[part]).toBe(fault[part])
    expect([there.durationMsUsual, there.durationMsMax, there.untilHealed]).toEqual([fault.durationMsUsual, fault.durationMsMax, fault.untilHealed])
    expect(Object.keys(there.fields)).toEqual(Object.keys(fault.fields))
    expect(Object.values(there.fields).map(takes)).toEqual(Object.values(fault.fields).map(takes))
    expect(there.presets.map(({ title: _title, ...rest }) => rest)).toEqual(fault.presets.map(({ title: _title, ...rest }) => rest))
  })

  test('says nothing in English', () => {
    const words = (one: Fault): string[] => [one.title, one.composes, one.sentence(params), ...one.presets.map(({ title }) => title), ...Object.values(one.fields).flatMap((field) =>
      [field.label, ...(field.type === 'integer' && /[a-z]{3}/.test(field.unit) ? [field.unit] : []), ...(field.type === 'choice' ? field.options.map((option) => field.names?.[option] ?? option) : [])])]
    const here = words(fault), said = words(there)
    expect(said).toHaveLength(here.length)
    expect(said.filter((text, at) => text === here[at] && !SAME.has(text))).toEqual([])
    expect(said.filter((text) => text === '' || englishIn(text) !== null || /undefined|NaN|null/.test(text))).toEqual([])
  })

  test('its sentence names the same nodes and numbers, for every preset', () => {
    for (const given of [params, ...fault.presets.map((preset) => resolve(fault, preset.params, cast))]) {
      const said = there.sentence(given)
      expect(putIn(said)).toEqual(putIn(fault.sentence(given)))
      expect(englishIn(said)).toBeNull()
      expect(said).toMatch(/^[A-ZÁÉÍÓÚ].*\.$/)
    }
  })

  test('is asked for in the same way: what a form sends does not depend on the language', () => {
    const sent = (one: Fault): unknown[] => [usualValues(one), ...choicesFor({ [type]: one }, 'B', cast.ids).map(({ title: _title, ...rest }) => rest)]
    expect(sent(there)).toEqual(sent(fault))
  })

  test('refuses in Spanish whatever it refuses', () => {
    for (const ids of [['A', 'B', 'C'], ['A', 'B', 'C', 'D', 'E']]) {
      for (const tried of [params, { bridge: 'A', side: ['A'] }, { bridge: 'A', side: ids.slice(1) }]) {
        const said = fault.invalid?.(tried, ids) ?? null
        expect(there.invalid?.(tried, ids) ?? null).not.toBe(said ?? '')
        expect((there.invalid?.(tried, ids) ?? null) === null).toBe(said === null)
      }
    }
  })
})

test('checks speak Spanish, with the names and numbers that were put in', () => {
  const said = (words: typeof checks): string[] => [words.nodes('side', 'A, B'), words.notAllNodes('side', 'A, B'), words.oneOf('shape', 'a, b'), words.whole('share', 1, '100 %'), words.object, words.unknown('"x"'), words.lies, words.bentClocks, words.endless('side', 100), words.lasts('side', 100), words.noFault('"x"'), words.activeAlready('"x"'), words.tooMany(100)]
  for (const [at, text] of said(checks).entries()) {
    expect(text).not.toBe(said(checkWords)[at])
    for (const part of ['side', 'A, B', 'shape', 'share', '100', '"x"']) expect(text.includes(part)).toBe(said(checkWords)[at]!.includes(part))
  }
})
