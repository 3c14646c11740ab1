import { expect, test } from 'vitest'
import { cutLabelAt, cutLine, layoutNodes, nodeAt, sidesOfLine, tearsOf } from '../../client/stage/layout.ts'
import { fogStep, ignoranceAt } from '../../client/stage/fog.ts'
import { arriveShownMs, departShownMs, fadeShare, flightAt, shareAtLine } from '../../client/stage/flight.ts'
import { isHardware } from '../../client/stage/hardware.ts'
import type { StageNode, StagePacket } from '../../client/stage/scene.ts'

const node = (id: string, own = false): StageNode => ({ id, own, shape: 'circle', selected: false, fill: 'empty', pennant: false, tab: null, state: 'ok', ring: null, freshness: 1, lines: [] })
const sizes = [[726, 540], [540, 340], [360, 300]] as const

test.each([3, 5, 7, 9])('%i nodes neither leave the stage nor overlap', count => {
  for (const [width, height] of sizes) for (const viewport of ['student', 'above'] as const) {
    const spots = Object.values(layoutNodes({ viewport, nodes: Array.from({ length: count }, (_, index) => node('ABCDEFGJK'.charAt(index), index === 1)) }, width, height))
    expect(spots).toHaveLength(count)
    for (const [index, a] of spots.entries()) {
      expect(a.x - a.r).toBeGreaterThanOrEqual(0)
      expect(a.x + a.r).toBeLessThanOrEqual(width)
      expect(a.y - a.r).toBeGreaterThanOrEqual(0)
      expect(a.y + a.r).toBeLessThanOrEqual(height)
      for (const b of spots.slice(index + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.r + b.r)
    }
  }
})

const square = { A: { x: 10, y: 10, r: 5 }, B: { x: 90, y: 10, r: 5 }, C: { x: 90, y: 90, r: 5 }, D: { x: 10, y: 90, r: 5 } }

test('a drawn line parts the nodes on its two sides, and one beside all of them parts nothing', () => {
  expect(sidesOfLine(square, { x: 50, y: 0 }, { x: 50, y: 100 })).toEqual([['B', 'C'], ['A', 'D']])
  expect(sidesOfLine(square, { x: 200, y: 0 }, { x: 200, y: 100 })).toBeNull()
})

test('a cut is drawn where drawing it would part the same nodes', () => {
  const spots = layoutNodes({ viewport: 'above', nodes: [...'ABCDE'].map(id => node(id)) }, 800, 500)
  for (const side of [['A', 'B'], ['E', 'A'], ['C'], ['B', 'C', 'D']]) {
    const rest = [...'ABCDE'].filter(id => !side.includes(id))
    const line = cutLine(spots, [side, rest], 800, 500), sides = sidesOfLine(spots, ...line)
    expect(sides?.map(ids => ids.toSorted())).toEqual(expect.arrayContaining([side.toSorted(), rest.toSorted()]))
    const label = cutLabelAt([line], spots, 800, 500)
    // Its words, 130 by 40 px, lie inside the stage and on no node.
    expect(label.x).toBeGreaterThanOrEqual(0)
    expect(label.x + 130).toBeLessThanOrEqual(800)
    expect(label.y).toBeGreaterThanOrEqual(0)
    expect(label.y + 40).toBeLessThanOrEqual(500)
    for (const spot of Object.values(spots)) {
      const near = { x: Math.max(label.x, Math.min(label.x + 130, spot.x)), y: Math.max(label.y, Math.min(label.y + 40, spot.y)) }
      expect(Math.hypot(near.x - spot.x, near.y - spot.y)).toBeGreaterThanOrEqual(spot.r)
    }
  }
})

test('the words of a bridge stand on no node, whoever is the bridge and whoever is beyond it', () => {
  const width = 802, height = 456, ids = [...'ABCDE'], spots = layoutNodes({ viewport: 'above', nodes: ids.map(id => node(id)) }, width, height)
  for (const bridge of ids) for (const one of ids) for (const two of ids) {
    const side = [one, two], rest = ids.filter(id => id !== bridge && !side.includes(id))
    if (one >= two || side.includes(bridge)) continue
    const label = cutLabelAt(tearsOf({ sides: [side, rest] }, spots, width, height).map(tear => tear.line), spots, width, height)
    for (const spot of Object.values(spots)) {
      const near = { x: Math.max(label.x, Math.min(label.x + 130, spot.x)), y: Math.max(label.y, Math.min(label.y + 40, spot.y)) }
      expect(Math.hypot(near.x - spot.x, near.y - spot.y), `${bridge} between ${side.join(' ')} and ${rest.join(' ')}`).toBeGreaterThanOrEqual(spot.r)
    }
  }
})

test('a finger picks the nearest node within reach', () => {
  expect(nodeAt(square, 14, 16)).toBe('A')
  expect(nodeAt(square, 50, 50)).toBeNull()
})

const from = { x: 0, y: 0, r: 10 }, to = { x: 240, y: 0, r: 10 }
const packet = (fate: StagePacket['fate'], arriveMs = 2000): StagePacket => ({ key: 'k', from: 'A', to: 'B', family: 'beat', letter: 'H', hollow: false, departMs: 1000, arriveMs, fate })
const at = (fate: StagePacket['fate'], nowMs: number, arriveMs = 2000, reduced = false) => flightAt(packet(fate, arriveMs), nowMs, from, to, reduced, { x: 0, y: 0, alpha: 0, angle: 0 })

test('a delivered packet moves evenly from edge to edge', () => {
  expect(at('delivered', 999)).toBeNull()
  expect(at('delivered', 1000)?.x).toBe(20)
  expect(at('delivered', 1500)?.x).toBe(120)
  expect(at('delivered', 2000)?.x).toBe(220)
  expect(at('delivered', 2001)).toBeNull()
})

test('a leaving packet looks the same whatever becomes of it', () => {
  for (const nowMs of [1000, 1300, 1000 + departShownMs]) expect(at('fades', nowMs, 1100)).toEqual(at('fades', nowMs, 60_000))
  expect(at('fades', 1000 + departShownMs)?.alpha).toBe(0)
  expect(at('fades', 1001 + departShownMs)).toBeNull()
})

test('an arriving packet shows nothing before its delivery, and then the last fifth', () => {
  expect(at('arrives', 1999)).toBeNull()
  expect(at('arrives', 2000)?.x).toBe(180)
  expect(at('arrives', 2000 + arriveShownMs)?.x).toBeCloseTo(220)
})

test('a lost packet never reaches the other side', () => {
  expect(at('lost', 1990)?.x).toBeCloseTo(20 + 200 * fadeShare)
  expect(at('lost', 2000)?.alpha).toBeCloseTo(0)
})

test('with reduced motion nothing flies', () => {
  expect(at('fades', 1100, 2000, true)?.x).toBe(at('fades', 1500, 2000, true)?.x)
  expect(at('arrives', 2100, 2000, true)).toBeNull()
})

test('the fog is clear at a clearing, closed far away, and grows between', () => {
  const clearing = [{ x: 0, y: 0, innerPx: 50, outerPx: 150 }]
  expect(ignoranceAt(clearing, 10, 0)).toBe(0)
  expect(ignoranceAt(clearing, 151, 0)).toBe(1)
  expect(ignoranceAt(clearing, 120, 0)).toBeGreaterThan(ignoranceAt(clearing, 90, 0))
  expect(ignoranceAt([], 0, 0)).toBe(1)
  expect(fogStep(0.501)).toBe(fogStep(0.51))
  expect(fogStep(7)).toBe(1)
})

test('software WebGL is told from hardware by its name', () => {
  expect(isHardware('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device), SwiftShader driver)')).toBe(false)
  expect(isHardware('llvmpipe (LLVM 15.0.6, 256 bits)')).toBe(false)
  expect(isHardware('ANGLE (Intel, Mesa Intel(R) UHD Graphics 620)')).toBe(true)
})

test('what a cut loses ends at its tear, from either side, and nothing else does', () => {
  const a = { x: 100, y: 100, r: 30 }, b = { x: 700, y: 100, r: 30 }
  const tear = [{ x: 300, y: 0 }, { x: 300, y: 600 }] as const
  const ends = (here: typeof a, there: typeof a) => {
    const share = shareAtLine(here, there, tear, 20)
    return share === null ? null : flightAt({ key: '', from: 'A', to: 'B', family: 'beat', letter: 'H', hollow: false, departMs: 0, arriveMs: 1000, fate: 'lost' }, 900, here, there, false, { x: 0, y: 0, alpha: 0, angle: 0 }, share)?.x
  }
  expect(ends(a, b)).toBeCloseTo(280)
  expect(ends(b, a)).toBeCloseTo(320)
  expect(ends(a, { x: 250, y: 400, r: 30 })).toBeNull()
})
