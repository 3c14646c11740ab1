import { describe, expect, test } from 'vitest'
import { cutOff } from '../../shared/consistency/linearizable/cut.ts'
import { inTime } from '../../shared/consistency/linearizable/order.ts'
import { shapes } from '../../shared/consistency/linearizable/shapes.ts'
import { rulesFor } from '../../shared/consistency/linearizable/useless.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { hasOrder } from './orders.ts'
import { orders, part } from './parts.ts'
import { compareCuts, compareShapes, compareUseless, faultOf, makeOf } from './witnesses.ts'

const COUNT = 100_000

describe.each(Object.keys(models))('100,000 random histories: %s', (type) => {
  test('the end of a history breaks only if the history does', () => expect(compareCuts(cutOff, type, COUNT)).toMatchObject({ seed: null }))

  test.each(orders)('useless operations explain nothing, where the order is that %s', (_, before) => expect(compareUseless(rulesFor, type, before, COUNT)).toMatchObject({ seed: null }))

  test.each(orders)('what has a shape has no order that is %s', (_, before) => expect(compareShapes(shapes, type, before, COUNT)).toMatchObject({ fault: null }))

  test('each witness breaks alone', () => {
    const faults: string[] = []
    for (let seed = 1; seed <= COUNT; seed++) {
      const { model, operations } = part(type, seed)
      if (hasOrder(model, operations, [model.init], inTime)) continue
      const fault = faultOf(makeOf(type, model, operations, inTime), type, model, operations, inTime)
      if (fault !== null) faults.push(`seed ${seed}: ${fault}`)
    }
    expect(faults).toEqual([])
  })
})
