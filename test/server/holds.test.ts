import { expect, test } from 'vitest'
import { Holds } from '../../server/holds.ts'
import { Pace } from '../../shared/pace.ts'

/** A world that runs at `speed` and was at 0 at wall time 1,000. */
function paceAt(speed: number): Pace {
  const pace = new Pace(0, speed)
  pace.run(1_000)
  return pace
}

test('what was sent 20 ms late arrives 19.5 ms late, and the world waits just before it', () => {
  const holds = new Holds(), pace = paceAt(1)
  holds.add(20, [500])
  expect(holds.wallAt(499, pace)).toBe(1_499)
  expect(holds.wallAt(500, pace)).toBe(1_519.5)
  expect(holds.limit(400, 1_400, pace)).toBe(400)
  expect(holds.limit(518, 1_518, pace)).toBe(499)
  expect(holds.limit(519, 1_519, pace)).toBe(499)
  expect(holds.limit(519, 1_519.5, pace)).toBe(519)
  expect(holds.wallAt(520, pace)).toBe(1_520)
})

test('what was sent in time is not held', () => {
  const holds = new Holds(), pace = paceAt(1)
  holds.add(0.5, [500])
  expect(holds.limit(500, 1_500, pace)).toBe(500)
})

test('lateness is wall time: at twice the speed the world waits twice as far', () => {
  const holds = new Holds(), pace = paceAt(2)
  holds.add(11, [1_000])
  expect(holds.wallAt(1_000, pace)).toBe(1_510.5)
  expect(holds.limit(1_018, 1_509, pace)).toBe(999)
  expect(holds.limit(1_020, 1_510.5, pace)).toBe(1_020)
})

test('copies are held in the order in which they arrive, whatever the order in which they were sent', () => {
  const holds = new Holds(), pace = paceAt(1)
  holds.add(5, [700, 300])
  holds.add(31, [500])
  expect([300, 500, 510, 700].map((atMs) => holds.wallAt(atMs, pace))).toEqual([1_304.5, 1_530.5, 1_530.5, 1_704.5])
  expect(holds.limit(304, 1_304.5, pace)).toBe(304)
  expect(holds.limit(529, 1_529, pace)).toBe(499)
  expect(holds.limit(530, 1_530.5, pace)).toBe(530)
})

test('a pause lets go of what is held, and a stall of seconds is not made good', () => {
  const holds = new Holds(), pace = paceAt(1)
  holds.add(5_000, [500])
  expect(holds.wallAt(500, pace)).toBe(1_599.5)
  holds.clear()
  expect(holds.limit(500, 1_500, pace)).toBe(500)
})
