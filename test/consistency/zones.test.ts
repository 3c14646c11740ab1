import { describe, expect, test } from 'vitest'
import type { Operation } from '../../shared/consistency/history.ts'
import { inTime } from '../../shared/consistency/linearizable/order.ts'
import { decideByZones } from '../../shared/consistency/linearizable/zones.ts'
import { models } from '../../shared/consistency/models/index.ts'
import type { Json } from '../../shared/sim/json.ts'
import { hasOrder } from './orders.ts'
import type { Change } from './planted.ts'
import { withPlanted } from './planted.ts'
import type { Random } from './random.ts'
import { randomOf } from './random.ts'

interface Zones { decideByZones: typeof decideByZones }
const register = models['register']!

/** Up to six operations whose calls and returns lie anywhere, each write with a value of its own; answers are values that were written, mostly, or the first one. */
function uniqueHistory(random: Random): { init: Json; operations: Operation[] } {
  const count = 2 + random(5), init = random(2) === 0 ? null : 0, lostIn10 = random(4)
  const places = Array.from({ length: 2 * count }, (_, at) => at)
  const take = (): number => places.splice(random(places.length), 1)[0]!
  const operations = Array.from({ length: count }, (_, id): Operation => {
    const [a, b] = [take(), take()], lost = random(10) < lostIn10, write = random(5) < 2
    return {
      id, client: id, f: write ? 'write' : 'read', key: null, arg: write ? id + 1 : null,
      status: lost ? (random(4) === 0 ? 'fail' : 'info') : 'ok', call: Math.min(a, b), ret: lost ? null : Math.max(a, b), result: undefined,
    }
  })
  const written = operations.filter(({ f, status }) => f === 'write' && (status !== 'fail' || random(8) === 0)).map(({ arg }) => arg)
  for (const one of operations) {
    if (one.f === 'read' && one.status === 'ok' && random(12) !== 0) one.result = random(6) === 0 || written.length === 0 ? (random(12) === 0 ? 77 : init) : written[random(written.length)]!
  }
  return { init, operations }
}

/** The first seed whose verdict is not that of brute force, or whose witness breaks nothing, and how often each verdict came. */
function compareZones(decide: Zones['decideByZones'], count: number): { seed: number | null; fine: number; violated: number; sizes: number[] } {
  const seen = { fine: 0, violated: 0 }, sizes = Array.from({ length: 7 }, () => 0)
  for (let seed = 1; seed <= count; seed++) {
    const { init, operations } = uniqueHistory(randomOf(seed)), model = register.make(init)
    const zones = decide(operations, init), fine = hasOrder(model, operations, [init], inTime)
    if (zones?.verdict !== (fine ? 'fine' : 'violated')) return { seed, ...seen, sizes }
    seen[zones.verdict]++
    if (zones.verdict === 'fine') continue
    if (hasOrder(model, zones.operations, [init], inTime)) return { seed, ...seen, sizes }
    sizes[zones.operations.length]!++
  }
  return { seed: null, ...seen, sizes }
}

let id = 0
const op = (f: 'read' | 'write', value: Json, call: number, ret: number | null, status: Operation['status'] = ret === null ? 'info' : 'ok'): Operation =>
  ({ id: id++, client: 0, f, key: null, arg: f === 'write' ? value : null, status, call, ret, result: f === 'read' && status === 'ok' ? value : undefined })

describe('zones decide a register whose values are written once', () => {
  test('as brute force does, for 100,000 small random histories; every witness breaks alone', () => {
    const compared = compareZones(decideByZones, 100_000)
    expect(compared).toMatchObject({ seed: null })
    expect(Math.min(compared.fine, compared.violated)).toBeGreaterThan(20_000)
    expect(compared.sizes.map((many) => many > 0)).toEqual([false, true, true, true, true, true, true])
  })

  const zones = 'linearizable/zones.ts'
  const faults: [string, Change[]][] = [
    ['a read may end before its write begins', [{ file: zones, from: 'if (write >= 0 && endOf', to: 'if (write < -1 && endOf' }]],
    ['forward zones are not compared with each other', [{ file: zones, from: 'for (let at = 1; at < forward.length; at++)', to: 'for (let at = 1; at < 0; at++)' }]],
    ['forward zones are not sorted', [{ file: zones, from: 'forward.sort((a, b) => firstEnd[a]! - firstEnd[b]!)', to: '' }]],
    ['backward zones are not looked at', [{ file: zones, from: 'if (firstEnd[cluster]! <= lastCall[cluster]!) continue', to: 'continue' }]],
    ['a backward zone conflicts when it only overlaps', [{ file: zones, from: '&& firstEnd[cluster]! < lastCall[around]!', to: '' }]],
    ['an unanswered write has ended', [{ file: zones, from: `(status === 'ok' && ret !== null ? ret : Infinity)`, to: `(status === 'ok' && ret !== null ? ret : -1)` }]],
    ['a failed write is read', [{ file: zones, from: ` || (f === 'write' && status === 'fail')`, to: '' }]],
    ['the first value has no zone', [{ file: zones, from: 'for (let cluster = 0; cluster < firstEnd.length; cluster++) if', to: 'for (let cluster = 1; cluster < firstEnd.length; cluster++) if' }]],
    ['a witness leaves out where a value comes from', [{ file: zones, from: ', this.writeOf[a]!, this.writeOf[b]!]', to: ']' }, { file: zones, from: '.map((at) => (this', to: '.slice(1).map((at) => (this' }]],
    ['a witness relaxes a write whose end it needs', [{ file: zones, from: ` && !ended.includes(at) ?`, to: ' ?' }]],
  ]
  test.each(faults)('a planted fault is found: %s', async (_, changes) => {
    // A crash is a verdict that brute force does not have, too.
    const decided = (copy: Zones): Zones['decideByZones'] => (operations, init) => { try { return copy.decideByZones(operations, init) } catch { return null } }
    expect(await withPlanted(zones, changes, (copy: Zones) => compareZones(decided(copy), 5_000).seed)).not.toBeNull()
  })

  test('they say when they do not apply', () => {
    expect(decideByZones([op('write', 1, 0, 1), op('write', 1, 2, 3)], null)).toBeNull()
    expect(decideByZones([op('write', [1, { a: 2, b: 3 }], 0, 1), op('write', [1, { b: 3, a: 2 }], 2, 3)], null)).toBeNull()
    expect(decideByZones([op('write', 0, 0, 1)], 0)).toBeNull()
    expect(decideByZones([{ ...op('write', [0, 1], 0, 1), f: 'cas' }], 0)).toBeNull()
  })

  test('values may be lists and objects, and 1 is not "1"', () => {
    const one = op('write', [3, { a: 1, b: 2 }], 0, 1)
    expect(decideByZones([one, op('read', [3, { b: 2, a: 1 }], 2, 3)], null)).toEqual({ verdict: 'fine' })
    const read = op('read', [3, { b: 1, a: 1 }], 2, 3)
    expect(decideByZones([one, read], null)).toEqual({ verdict: 'violated', operations: [read] })
    const text = op('read', '1', 2, 3)
    expect(decideByZones([op('write', 1, 0, 1), text], null)).toEqual({ verdict: 'violated', operations: [text] })
  })

  test('one stale read is found among 50,000 operations, with three of them as witness', () => {
    const operations = Array.from({ length: 25_000 }, (_, n) => [op('write', n + 1, 4 * n, 4 * n + 1), op('read', n + 1, 4 * n + 2, 4 * n + 3)]).flat()
    expect(decideByZones(operations, 0)).toEqual({ verdict: 'fine' })
    const stale = { ...operations[40_001]!, result: 20_000 }
    const found = decideByZones(operations.with(40_001, stale), 0)
    expect(found).toEqual({ verdict: 'violated', operations: [operations[39_998], operations[40_000], stale] })
  })
})
