import { describe, expect, test } from 'vitest'
import { letterIdOf } from '../../shared/sim/letters.ts'
import type { Bench } from './probe.ts'
import { bench } from './probe.ts'

const all = ['A', 'B', 'C']
/** A tells B something, `count` times from 1 s on, every 10 ms; then a minute passes. */
function chatter(one: Bench, count: number): void {
  for (let n = 0; n < count; n++) one.act(1_000 + 10 * n, 0, { kind: 'say', to: 'B', text: 'x' })
  one.sim.runUntil(60_000)
}

describe('identity', () => {
  test('a message is named by sender, receiver, kind, what it is about, and which attempt', () => {
    const one = bench()
    chatter(one, 2)
    one.act(61_000, 0, { kind: 'say', to: 'C', text: 'x' })
    expect(one.of('sent').map((fact) => fact.message)).toEqual(['A>B note x #1', 'A>B note x #2', 'A>C note x #1'])
  })

  test('attempts are counted on through a crash, so that no identity comes twice', () => {
    const one = bench()
    one.act(1_000, 0, { kind: 'say', to: 'B', text: 'x' })
    one.fault(2_000, 'c', 'crash', { nodes: ['A'] }, 100)
    one.act(3_000, 0, { kind: 'say', to: 'B', text: 'x' })
    expect(one.of('sent').map((fact) => fact.message)).toEqual(['A>B note x #1', 'A>B note x #2'])
  })
})

describe('a cut', () => {
  test('loses what is sent across it, and what is under way when it would arrive; the rest passes', () => {
    const one = bench()
    one.act(950, 0, { kind: 'say', to: 'B', text: 'x' })
    one.fault(1_000, 'cut', 'partition', { side: ['A'] }, 500)
    one.act(1_100, 0, { kind: 'say', to: 'B', text: 'y' })
    one.act(1_100, 1, { kind: 'say', to: 'C', text: 'y' })
    one.act(1_450, 1, { kind: 'say', to: 'A', text: 'z' })
    one.act(1_500, 0, { kind: 'say', to: 'B', text: 'z' })
    one.sim.runUntil(3_000)
    expect(one.of('lost').map((fact) => [fact.message, fact.reason, fact.atMs])).toEqual([['A>B note x #1', 'cut', 1_050], ['A>B note y #1', 'cut', 1_100], ['B>A note z #1', 'cut', 1_450]])
    expect(one.of('delivered').map((fact) => fact.message)).toEqual(['B>C note y #1', 'A>B note z #1'])
  })

  test('that is over before it would arrive does a message under way no harm', () => {
    const one = bench()
    one.act(1_000, 0, { kind: 'say', to: 'B', text: 'x' })
    one.fault(1_010, 'cut', 'partition', { side: ['A'] }, 20)
    one.sim.runUntil(3_000)
    expect(one.of('delivered').map((fact) => fact.atMs)).toEqual([1_100])
  })

  test('one way cuts one way', () => {
    const one = bench()
    one.fault(1_000, 'cut', 'one-way', { from: ['A'], to: ['B'] }, null)
    one.act(1_100, 0, { kind: 'say', to: 'B', text: 'x' })
    one.act(1_100, 1, { kind: 'say', to: 'A', text: 'x' })
    one.sim.runUntil(3_000)
    expect(one.of('lost').map((fact) => [fact.from, fact.to])).toEqual([['A', 'B']])
    expect(one.of('delivered').map((fact) => [fact.from, fact.node])).toEqual([['B', 'A']])
  })

  test('names the fault that it lost to, as a reason and not as an order', () => {
    const one = bench()
    one.fault(1_000, 'cut', 'partition', { side: ['A'] }, null)
    one.act(1_100, 0, { kind: 'say', to: 'B', text: 'x' })
    const [start, lost] = [one.of('fault-started')[0], one.of('lost')[0]]
    expect(lost).toMatchObject({ because: [start?.n], before: [one.of('sent')[0]?.n] })
  })
})

describe('loss, copies and delay', () => {
  test('loss takes its share; two faults draw for themselves', () => {
    const one = bench()
    one.fault(0, 'a', 'loss', { from: all, to: all, share: 20 }, null)
    one.fault(0, 'b', 'loss', { from: all, to: all, share: 50 }, null)
    chatter(one, 2_000)
    // 60% of 2000; six standard deviations are 131.
    expect(Math.abs(one.of('lost').length - 1_200)).toBeLessThan(131)
  })

  test('a share of 100% loses all, and a fault on other links none', () => {
    const one = bench()
    one.fault(0, 'a', 'loss', { from: ['A'], to: ['C'], share: 100 }, null)
    chatter(one, 200)
    expect(one.of('lost')).toEqual([])
    one.act(61_000, 0, { kind: 'say', to: 'C', text: 'x' })
    expect(one.of('lost')).toHaveLength(1)
  })

  test('copies travel by themselves, four at most', () => {
    const one = bench({ latency: { shape: 'uniform', leastMs: 100, mostMs: 900 } })
    for (let n = 0; n < 6; n++) one.fault(0, `d${n}`, 'duplicate', { from: all, to: all, share: 100 }, null)
    chatter(one, 20)
    const sent = one.of('sent')
    expect(sent.every((fact) => fact.arrivals.length === 4)).toBe(true)
    expect(sent.some((fact) => new Set(fact.arrivals).size > 1)).toBe(true)
    expect(one.of('delivered')).toHaveLength(80)
  })

  test('a copy belongs to the fault that made it: one fault less moves no copy of another', () => {
    const arrivals = (...ids: string[]): number[][] => {
      const one = bench({ latency: { shape: 'uniform', leastMs: 100, mostMs: 900 } })
      for (const id of ids) one.fault(0, id, 'duplicate', { from: all, to: all, share: 100 }, null)
      chatter(one, 50)
      return one.of('sent').map((fact) => [...fact.arrivals])
    }
    const [both, second, none] = [arrivals('d', 'e'), arrivals('e'), arrivals()]
    expect(second).toEqual(both.map(([original, , copy]) => [original, copy]))
    expect(none).toEqual(both.map(([original]) => [original]))
  })

  test('what a damaged copy says is drawn for the copy: one fault less changes no lie about another', () => {
    const lies = (...ids: string[]): string[] => {
      const one = bench({ mission: { garble: (message, dice) => ({ ...message, text: `lie ${dice.between('lie', '', 0, 999_999)}` }) } })
      one.fault(0, 'c', 'corrupt', { from: all, to: all, share: 100, damage: 'let through' }, null)
      for (const id of ids) one.fault(0, id, 'duplicate', { from: all, to: all, share: 100 }, null)
      chatter(one, 20)
      return one.of('delivered').map((fact) => JSON.stringify(fact.body))
    }
    const [both, first, second] = [lies('d', 'e'), lies('d'), lies('e')]
    expect(new Set(both).size).toBe(60)
    expect(first).toEqual(both.filter((_, n) => n % 3 !== 2))
    expect(second).toEqual(both.filter((_, n) => n % 3 !== 1))
  })

  test('each copy is a card of its own: a click on the second answers the second', () => {
    const one = bench()
    one.fault(0, 'd', 'duplicate', { from: all, to: all, share: 100 }, null)
    one.act(1_000, 1, { kind: 'say', to: 'A', text: 'x' })
    one.sim.runUntil(2_000)
    const node = one.sim.world.nodes[0]
    if (node === undefined) throw new Error('the first node is gone')
    expect(node.self.inbox.map(({ n }) => letterIdOf(node, n))).toEqual(['B>A note x #1', 'B>A note x #1 copy 1'])
    one.act(3_000, 0, { kind: 'answer', letter: letterIdOf(node, 2) ?? '' })
    expect(one.sim.self(0).inbox.map((letter) => letter.handled)).toEqual([false, true])
    // The fact names the message, of which both are copies.
    expect(one.of('acted').at(-1)?.message).toBe('B>A note x #1')
  })

  test('what is lost has no copy, what is cut is neither lost nor copied', () => {
    const one = bench()
    one.fault(0, 'd', 'duplicate', { from: all, to: all, share: 100 }, null)
    one.fault(0, 'l', 'loss', { from: all, to: all, share: 100 }, null)
    chatter(one, 10)
    expect(one.of('lost').map((fact) => [fact.copy, fact.reason])).toEqual(Array.from({ length: 10 }, () => [0, 'loss']))
  })

  test('extra latencies add up on the link, for the share of messages that they are for', () => {
    const one = bench()
    one.fault(0, 'a', 'latency', { from: ['A'], to: ['B'], extraMs: 1_000, spreadMs: 0, share: 100, shape: 'constant', correlation: 0 }, null)
    one.fault(0, 'b', 'latency', { from: ['A'], to: ['B'], extraMs: 7_000, spreadMs: 0, share: 50, shape: 'constant', correlation: 0 }, null)
    chatter(one, 400)
    const times = one.of('sent').map((fact) => fact.arrivals[0])
    expect(new Set(times)).toEqual(new Set([1_100, 8_100]))
    expect(Math.abs(times.filter((ms) => ms === 8_100).length - 200)).toBeLessThan(60)
  })

  test('a slower message is overtaken: links are no queues', () => {
    const one = bench({ latency: { shape: 'uniform', leastMs: 100, mostMs: 5_000 } })
    chatter(one, 50)
    const order = one.of('delivered').map((fact) => Number(fact.message.split('#')[1]))
    expect(order).not.toEqual(order.toSorted((a, b) => a - b))
  })
})

describe('faults', () => {
  test.each([
    ['an unknown kind', 'earthquake', {}, 1_000], ['a kind from the prototype', 'constructor', {}, 1_000], ['a node that is not there', 'crash', { nodes: ['Z'] }, 1_000],
    ['no node', 'crash', { nodes: [] }, 1_000], ['a node twice', 'crash', { nodes: ['A', 'A'] }, 1_000], ['all nodes on one side', 'partition', { side: all }, 1_000],
    ['a parameter too many', 'crash', { nodes: ['A'], more: 1 }, 1_000], ['no parameters', 'crash', null, 1_000], ['a share above 100', 'loss', { from: all, to: all, share: 101 }, 1_000],
    ['a share of text', 'loss', { from: all, to: all, share: '5' }, 1_000], ['a crash without end', 'crash', { nodes: ['A'] }, null], ['a crash too long', 'crash', { nodes: ['A'] }, 30_001],
    ['no time at all', 'crash', { nodes: ['A'] }, 0], ['half a millisecond', 'crash', { nodes: ['A'] }, 1.5],
  ])('refuses %s in words and changes nothing', (_what, type, params, durationMs) => {
    const one = bench()
    one.fault(1_000, 'f', type, params, durationMs)
    expect(one.of('fault-refused')).toHaveLength(1)
    expect(one.of('fault-refused')[0]?.reason).toMatch(/^\w.* .*\.$/)
    expect(one.facts).toHaveLength(1)
    expect(one.sim.world.faults).toEqual([])
  })

  test('refuses a second one of the same name, and the thirty-third', () => {
    const one = bench()
    for (let n = 0; n < 33; n++) one.fault(1_000, `f${n}`, 'loss', { from: all, to: all, share: 1 }, null)
    one.fault(1_000, 'f1', 'loss', { from: all, to: all, share: 1 }, null)
    expect(one.of('fault-refused').map((fact) => fact.fault)).toEqual(['f32', 'f1'])
  })

  test('a heal ends one, a halt ends all in one step, and the end that was planned does nothing to a later one of the same name', () => {
    const one = bench()
    one.fault(1_000, 'f', 'partition', { side: ['A'] }, 5_000)
    one.fault(1_000, 'g', 'pause', { nodes: ['B'] }, 5_000)
    one.sim.submit({ kind: 'heal', atMs: 2_000, id: 'f' })
    one.sim.submit({ kind: 'heal', atMs: 2_000, id: 'nothing' })
    one.fault(3_000, 'f', 'partition', { side: ['C'] }, 60_000)
    one.sim.runUntil(10_000)
    expect(one.sim.world.faults.map((fault) => fault.id)).toEqual(['f'])
    one.fault(11_000, 'h', 'crash', { nodes: ['B'] }, 5_000)
    one.sim.submit({ kind: 'halt', atMs: 12_000 })
    expect(one.sim.world.faults).toEqual([])
    expect(one.of('fault-ended').map((fact) => [fact.fault, fact.atMs, fact.healed])).toEqual([['f', 2_000, true], ['g', 6_000, false], ['f', 12_000, true], ['h', 12_000, true]])
    expect(one.sim.world.nodes.every((node) => node.up && node.pausedAtMs === null)).toBe(true)
  })
})
