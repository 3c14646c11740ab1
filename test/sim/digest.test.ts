import { describe, expect, test } from 'vitest'
import { scenarios } from '../../shared/scenarios/index.ts'
import { faults } from '../../shared/faults/index.ts'
import { digestHex, mixValue } from '../../shared/sim/digest.ts'
import { settingsFor } from '../../shared/headless.ts'
import { start } from '../../shared/sim/simulation.ts'
import { bench } from './probe.ts'

const election = scenarios['election']
if (election === undefined) throw new Error('the mission election is gone')

describe('the digest', () => {
  test('does not depend on the order of keys, and does on every key and value', () => {
    const digest = mixValue(1, { side: ['A'], ms: 3, deep: { a: 1, b: 2 } })
    expect(mixValue(1, { deep: { b: 2, a: 1 }, ms: 3, side: ['A'] })).toBe(digest)
    for (const other of [{ side: ['A'], ms: 4, deep: { a: 1, b: 2 } }, { side: ['A'], ms: 3, deep: { a: 2, b: 1 } }, { side: ['A'], ms: 3, deep: { a: 1 } }, { side: 'A', ms: 3, deep: { a: 1, b: 2 } }]) {
      expect(mixValue(1, other)).not.toBe(digest)
    }
    expect(mixValue(1, { a: undefined })).toBe(mixValue(1, {}))
  })

  test('tells apart two lies that one and the same message was turned into', () => {
    const digests = ['1', '2'].map((text) => {
      const { sim, fault, act } = bench({ mission: { garble: (message) => ({ ...message, text }) } })
      fault(0, 'c', 'corrupt', { from: ['A'], to: ['B'], share: 100, damage: 'let through' }, null)
      act(1_000, 0, { kind: 'say', to: 'B', text: 'x' })
      sim.runUntil(2_000)
      return sim.digest()
    })
    expect(digests[0]).not.toBe(digests[1])
  })

  test('is written as sixteen digits, leading zeros included', () => expect(digestHex([0, 255])).toBe('00000000000000ff'))
})

test('who looks at a node changes nothing of the world', () => {
  const make = () => start({ scenario: election, faults }, 3, settingsFor(election, 3, 3, 60_000, 'L2', ['bot', 'bot', 'bot']))
  const looked = make(), left = make()
  for (let atMs = 0; atMs <= 30_000; atMs += 137) {
    looked.runUntil(atMs)
    for (const seat of [0, 1, 2]) expect(looked.self(seat).clockMs - looked.self(0).clockMs).toBe((looked.world.nodes[seat]?.clock.offsetMs ?? 0) - (looked.world.nodes[0]?.clock.offsetMs ?? 0))
  }
  left.runUntil(looked.world.nowMs)
  expect(looked.world).toEqual(left.world)
})
