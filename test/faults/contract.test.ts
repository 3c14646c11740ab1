import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import type { Fault, FaultRegistry } from '../../shared/sim/fault.ts'
import { notAllowed } from '../../shared/sim/fault-check.ts'
import * as contract from './contract.ts'
import { withPlanted } from './definition.ts'
import { definitions } from './definitions.ts'
import { Deviation } from './statistics.ts'

/** A new fault is tested from its first line; one that nobody defined a second time fails here. */

const registry: FaultRegistry = faults

function deviates(check: () => void): boolean {
  try { check() } catch (error) {
    if (error instanceof Deviation) return true
    throw error
  }
  return false
}

test('each fault has a definition, and each definition a fault', () => expect(Object.keys(definitions)).toEqual(Object.keys(faults)))

describe.each(Object.entries(registry))('%s', (id, fault: Fault) => {
  const definition = definitions[id as keyof typeof definitions]
  const misplaced = Object.entries(contract.misplaced(definition))

  test('touches whom it says beforehand', () => contract.ensureReach(registry, id, definition))
  test.each(misplaced)('%s is told from its reach', (_wrong, plant) => {
    expect(() => contract.ensureReach(withPlanted(registry, id, plant), id, definition)).toThrow(Deviation)
  })
  test('shows on what it touches and nowhere else: all other fates are the same to the byte', () => contract.ensureTraces(registry, id, definition))
  test.each(misplaced)('%s is told from its traces', (_wrong, plant) => {
    expect(() => contract.ensureTraces(withPlanted(registry, id, plant), id, definition)).toThrow(Deviation)
  })
  test('is gone without a trace when its time is over, when it is undone, and when all is halted', () => contract.ensureRecovery(registry, id, definition))
  test('is not gone before that', () => {
    const { nothingLeft, base } = contract.ensureRecoveredTooEarly(registry, id, definition)
    expect(nothingLeft).toThrow(Deviation)
    // A bent clock delays nothing.
    expect(deviates(base)).toBe(fault.clock === undefined)
  })
  test('takes nothing back that happened', () => contract.ensurePastStays(registry, id, definition))
  test('refuses nonsense in words', () => contract.ensureRefuses(registry, id, definition))
  test('says what it does in whole sentences', () => {
    for (const text of [fault.sentence(definition.sample), fault.composes]) expect(text).toMatch(/^[A-Z0-9].*\.$/)
    expect(fault.sentence(definition.sample)).not.toMatch(/undefined|NaN|null/)
    expect(fault.durationMsUsual).toBeLessThanOrEqual(fault.durationMsMax)
    expect(fault.presets.length).toBeGreaterThan(0)
  })
})

test('a mission without lies or bent clocks refuses faults that need them, and no others', () => {
  const refused = Object.entries(registry).filter(([id, fault]) => notAllowed(fault, definitions[id as keyof typeof definitions].sample, { bentClocks: false }) !== null).map(([id]) => id)
  expect(refused).toEqual(['corrupt', 'clock-bump', 'clock-strobe', 'clock-drift'])
  const { corrupt } = faults
  expect(notAllowed(corrupt, { ...definitions.corrupt.sample, damage: 'caught by a checksum' }, { bentClocks: false })).toBe(null)
})
