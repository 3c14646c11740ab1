import { describe, expect, test } from 'vitest'
import { models } from '../../shared/consistency/models/index.ts'
import * as online from '../../shared/consistency/online/index.ts'
import { ONLINE_LIMITS } from '../../shared/consistency/online/state.ts'
import { compareOnline } from './online-compare.ts'
import { withPlanted } from './planted.ts'

const SEEDS = 100_000

describe('the online verdict is that of brute force', () => {
  test.each(Object.keys(models))('after the last event, and on every prefix of each twentieth: %s', (type) => {
    const compared = compareOnline(type, online, 1, SEEDS, 20)
    expect(compared.seed).toBeNull()
    expect(Math.min(compared.fine, compared.violated)).toBeGreaterThan(SEEDS / 20)
  })
})

describe('the same comparison finds a planted fault', () => {
  test.each([
    ['domination reversed', 'frontier.ts', 'count <= (b.spent[no] ?? 0)', 'count >= (b.spent[no] ?? 0)', 'register'],
    ['a refused operation left in', 'index.ts', "if (!isPlaced(object, operation.id)) return FINE", 'return FINE', 'register'],
    ['an operation never answered has to happen', 'explain.ts', "entries.push({ operation, must: false, still, overwrites, over: Infinity, like: -1 })", "entries.push({ operation, must: !open, still, overwrites, over: ret ?? 1e9, like: -1 })", 'mutex'],
    ['an answer is not compared with what was guessed', 'order.ts', 'if (after === undefined || !model.equal(after, placed.state)) return false', '', 'cas-register'],
    ['a read goes before one that was over', 'order.ts', 'if (next.ret !== null && next.ret < call) return false', '', 'register'],
    ['an answer is worked off while an earlier operation is open', 'frontier.ts', 'if (open !== undefined && open.operation.call < ret) return', '', 'register'],
    ['a write that was hidden cannot come last', 'frontier.ts', 'b.free.every((id) => a.free.includes(id))', 'true', 'register'],
    ['a write that was hidden may come after one called when it was over', 'explain.ts', 'this.order.some((one) => one.call > over)', 'false', 'register'],
  ])('%s', async (_what, file, from, to, type) => {
    const changes = [{ file: `online/${file}`, from, to }]
    if (to.includes('!open')) changes.push({ file: 'online/explain.ts', from: 'for (const { operation, still, overwrites } of object.waiting) {', to: 'for (const { operation, still, overwrites, open } of object.waiting) {' })
    await withPlanted<typeof online, void>('online/index.ts', changes, (copy) => {
      // With so little kept, the search through all that is kept hides no fault of the other one.
      expect(compareOnline(type, { ...copy, startOnline: () => copy.startOnline({ ...ONLINE_LIMITS, kept: 1 }) }, 1, SEEDS, 1).seed).not.toBeNull()
    })
  })
})
