import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cloneJson } from '../../shared/sim/json.ts'
import { pop, push } from '../../shared/sim/queue.ts'
import type { Queued } from '../../shared/sim/queue.ts'

test('the queue gives what a sorted list gives: by time, then by the order of scheduling, with clones in between', () => {
  const step = fc.oneof(fc.record({ push: fc.nat(20) }), fc.constant('pop' as const), fc.constant('clone' as const))
  fc.assert(fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
    let heap: Queued[] = []
    let list: Queued[] = []
    let order = 0
    const popped: [Queued | undefined, Queued | undefined][] = []
    for (const one of steps) {
      if (one === 'clone') heap = cloneJson(heap)
      else if (one === 'pop') popped.push([pop(heap), list.shift()])
      else {
        const item = { atMs: one.push, order: order++ }
        push(heap, item)
        list = [...list, item].toSorted((a, b) => a.atMs - b.atMs || a.order - b.order)
      }
      expect(heap[0]).toEqual(list[0])
      expect(heap).toHaveLength(list.length)
    }
    for (const [fromHeap, fromList] of popped) expect(fromHeap).toEqual(fromList)
  }), { seed: 1, numRuns: 300 })
})

test('an empty queue gives nothing', () => expect(pop([])).toBeUndefined())
