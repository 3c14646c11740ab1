import { assert } from './assert.ts'
import type { Rate } from './fault.ts'
import { PARKED_MAX } from './limits.ts'
import { linkAt } from './links.ts'
import { letGo, lose, park } from './parked.ts'
import { schedule } from './run.ts'
import type { Run } from './run.ts'
import type { FactNo, SimMs } from './types.ts'
import type { Flight, Lane, Parked } from './world.ts'

/** Rate limits: copies leave a direction of a link one after the other, and those that may not leave yet wait in line. */

type Waiting = Extract<Parked, { why: 'rate' }>

const laneOf = (run: Run, from: number, to: number): Lane => (run.world.lanes[`${from}>${to}`] ??= { leftAtMs: null, departAtMs: null })

/** From when on the next copy may leave. Which limit holds may have changed since the last one left. */
const freeAtMs = (run: Run, { leftAtMs }: Lane, { intervalMs }: Rate): SimMs => (leftAtMs === null ? run.world.nowMs : Math.max(run.world.nowMs, leftAtMs + intervalMs))

const lineOf = (run: Run, from: number, to: number): Waiting[] =>
  run.world.parked.filter((one): one is Waiting => one.why === 'rate' && one.flight.from === from && one.flight.to === to)

/** A copy wants to leave over a link with a limit: at once, in its turn, or never. */
export function queueUp(run: Run, flight: Flight, rate: Rate & { fact: FactNo }, travelMs: number): void {
  const { from, to } = flight
  const lane = laneOf(run, from, to)
  const { nowMs } = run.world
  if (lane.departAtMs === null && freeAtMs(run, lane, rate) === nowMs) {
    lane.leftAtMs = nowMs
    schedule(run, nowMs + travelMs, { kind: 'deliver', flight })
    return
  }
  const line = lineOf(run, from, to)
  if (line.length >= Math.min(rate.queueMax, PARKED_MAX)) {
    const oldest = line[0]
    if (rate.drop === 'newest' || oldest === undefined) return lose(run, flight, 'rate', [rate.fact])
    run.world.parked = run.world.parked.filter((one) => one !== oldest)
    lose(run, oldest.flight, 'rate', [rate.fact])
  }
  park(run, { why: 'rate', flight, travelMs }, rate.fact)
  if (lane.departAtMs === null) departLater(run, lane, from, to, rate)
}

function departLater(run: Run, lane: Lane, from: number, to: number, rate: Rate): void {
  lane.departAtMs = freeAtMs(run, lane, rate)
  schedule(run, lane.departAtMs, { kind: 'depart', from, to })
}

/** The first of those that wait leaves. An event of a line that was let go meanwhile finds another time or none, and does nothing. */
export function departNext(run: Run, from: number, to: number): void {
  const lane = run.world.lanes[`${from}>${to}`]
  if (lane === undefined || lane.departAtMs !== run.world.nowMs) return
  lane.departAtMs = null
  const rate = linkAt(run.links, run.ids.length, from, to)?.rate ?? null
  const [first, second] = lineOf(run, from, to)
  if (rate === null || first === undefined) return
  lane.leftAtMs = run.world.nowMs
  letGo(run, first, first.travelMs)
  if (second !== undefined) departLater(run, lane, from, to, rate)
}

/**
 * After faults began, turned or ended: lanes without a limit are as if there had never been one, and where another limit holds now, the
 * first of those that wait leaves when that one lets it.
 */
export function rerateLanes(run: Run): void {
  for (const [name, lane] of Object.entries(run.world.lanes)) {
    const [from, to] = name.split('>').map(Number)
    assert(from !== undefined && to !== undefined, `a lane is named by two seats, not ${name}`)
    const rate = linkAt(run.links, run.ids.length, from, to)?.rate ?? null
    if (rate === null) delete run.world.lanes[name]
    else if (lane.departAtMs !== null && lane.departAtMs !== freeAtMs(run, lane, rate)) departLater(run, lane, from, to, rate)
  }
}
