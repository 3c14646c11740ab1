import { readFileSync } from 'node:fs'
import { isDoubtful } from './delay/awake.ts'
import { match } from './delay/match.ts'
import type { Delivery } from './delay/match.ts'
import { REFERENCE, refer, startReference } from './delay/reference.ts'
import { School } from './delay/school.ts'
import type { Plan, PlannedFault } from './delay/school.ts'
import { otherSide, pause, percentile, serve, SERVE, told, usage, watchLoop } from './served.ts'
import { jsonAsked, print } from './table.ts'

/**
 * How exactly the server delays messages, with 500 students connected and playing.
 *
 * Requested is the travel time that the simulation drew for a copy, by the `sent` fact, over the speed of its class. Measured is the wall
 * time between two frames at two students' sockets: the one that told the sender's page that its node sent the message, and the one
 * that told the receiver's page that it arrived. So two pages' lines, the server's timers, its work and this process's event loop are all in it.
 *
 * What is fair: only letters between two nodes that students play, since a bot has no page to be told; only copies that the facts deliver at
 * the planned time, since one that waited for a paused node is rightly late (the simulation says which, never the error). An input is stamped
 * a little ahead of now, and what it sends is shown at its stamp, so that lead is no part of a delay. Every copy told to both in
 * the time is counted, the slow ones that were still under way at its end are not. Mean and 99% are judged by all of these; what seems early only by
 * those that this process stamped in time, since a sending that it saw late makes a delay seem short (`delay/awake.ts`).
 */

const OPENS_MS = 15_000, PLAYED_MS = 75_000
const MEAN_MS_MAX = 2, P99_MS_MAX = 10, EARLY_MS_MAX = 2, LATE_MS = 10

const slow = (extraMs: number, share: number, shape: string): PlannedFault =>
  ({ type: 'latency', params: { from: null, to: null, extraMs, spreadMs: extraMs >> 1, share, shape, correlation: 0 }, durationMs: null })
const paused: PlannedFault = { type: 'pause', params: { nodes: ['B'] }, durationMs: 20_000 }
const doubled: PlannedFault = { type: 'duplicate', params: { from: null, to: null, share: 30 }, durationMs: null }
const lossy: PlannedFault = { type: 'loss', params: { from: null, to: null, share: 10 }, durationMs: null }

const PLANS: readonly Plan[] = [
  { title: 'No faults', students: 84, clusterSize: 7, speed: 1, faults: [] },
  { title: 'Constant', students: 84, clusterSize: 7, speed: 1, faults: [slow(2_000, 100, 'constant')] },
  { title: 'Uniform', students: 84, clusterSize: 7, speed: 1, faults: [slow(3_000, 60, 'uniform')] },
  { title: 'Log-normal', students: 84, clusterSize: 7, speed: 2, faults: [slow(2_500, 50, 'log-normal')] },
  { title: 'Two shapes, doubled', students: 55, clusterSize: 5, speed: 1, faults: [slow(1, 100, 'constant'), slow(800, 40, 'log-normal'), doubled] },
  { title: 'No faults, quick', students: 55, clusterSize: 5, speed: 2, faults: [] },
  { title: 'Lossy, one paused', students: 54, clusterSize: 5, speed: 0.5, faults: [slow(500, 100, 'uniform'), lossy, paused] },
]

if (process.argv.includes(SERVE)) await serve()
else if (process.argv.includes(REFERENCE)) refer()
else await measure()

async function measure(): Promise<void> {
  const json = jsonAsked(process.argv.slice(2))
  const child = otherSide(import.meta.url)
  try {
    const url = `http://127.0.0.1:${await told<number>(child)}`
    const loadBefore = loadAverage()
    const schools = PLANS.map((plan) => new School(plan))
    await Promise.all(schools.map((school) => school.begin(url)))
    await pause(OPENS_MS)
    const referring = await startReference(import.meta.url)
    const loop = watchLoop()
    loop()
    const before = await usage(child), beganMs = performance.now()
    await pause(PLAYED_MS)
    const after = await usage(child), tookMs = performance.now() - beganMs, own = loop()
    const bare = referring.stop()
    // Told to the last: what arrived after the time is not looked at.
    const endMs = beganMs + tookMs
    await Promise.all(schools.map((school) => school.end()))
    const results = schools.map((school) => {
      const matched = school.observed().map((one) => match(one, school.plan.speed))
      const deliveries = matched.flatMap((one) => one.deliveries).filter(({ sentAtMs, measuredMs }) => sentAtMs >= beganMs && sentAtMs + measuredMs <= endMs)
      return {
        title: school.plan.title, students: school.plan.students, acts: school.acts, refused: school.refused, deliveries,
        deferred: matched.reduce((sum, one) => sum + one.deferred, 0), untold: matched.reduce((sum, one) => sum + one.untold, 0),
      }
    })
    for (const school of schools) school.leave()
    const whole = results.flatMap(({ deliveries }) => deliveries)
    const all = figuresOf(whole), inTime = figuresOf(whole.filter(isInTime))
    const isOk = all.count > 0 && Math.abs(all.meanMs) <= MEAN_MS_MAX && all.p99Ms <= P99_MS_MAX && inTime.count > 0 && inTime.worstEarlyMs <= EARLY_MS_MAX
    const students = PLANS.reduce((sum, one) => sum + one.students, 0)
    const sides = { cpuShare: (after.cpuMs - before.cpuMs) / tookMs, rssMb: after.rssMb, serverLoop: after.loop, ownLoop: own, loadAverage: [loadBefore, loadAverage()] }
    const classes = results.map(({ deliveries, ...rest }) => ({ ...rest, ...figuresOf(deliveries) }))
    const reference = { ...figuresOf(bare), inTime: figuresOf(bare.filter(isInTime)) }
    print(json, { bench: 'delay', playedMs: tookMs, students, ok: isOk, ...all, inTime, classes, reference, ...sides },
      ['measured less requested, in ms', 'letters', 'mean', '50%', '99%', '99.9%', 'latest', 'earliest', 'late > 10'],
      [...classes.map((one) => rowOf(`${one.title}, ${one.students}`, one)), rowOf(`all ${students}`, all), rowOf('  stamped in time', inTime),
        rowOf('bare setTimeout', reference), rowOf('  stamped in time', reference.inTime)], [
        '',
        `${(tookMs / 1_000).toFixed(0)} s with ${students} students at L2 who acted ${results.reduce((sum, one) => sum + one.acts, 0)} times. Measured: from the frame that told the sender's page that its node sent a`,
        'letter to the frame that told the receiver\'s page that it came; requested: the travel time that was drawn, over the speed.',
        'Stamped in time: both frames were, as far as this process knows by the beats that it did not miss. The rest it may have seen late, and then a delay seems short.',
        `Left out by the facts: ${results.reduce((sum, one) => sum + one.deferred, 0)} that a paused node got later; with a bot at one end, or before or after the time: not counted.`,
        `Server: ${(sides.cpuShare * 100).toFixed(0)}% of a core, ${sides.rssMb.toFixed(0)} MB, event loop late by ${loopText(after.loop)}. This process: ${loopText(own)}. Load average ${sides.loadAverage.map((one) => one.toFixed(1)).join(', then ')}.`,
        `Wanted: mean within ${MEAN_MS_MAX} ms, 99% within ${P99_MS_MAX} ms, never more than ${EARLY_MS_MAX} ms early where stamped in time. ${isOk ? 'ok' : 'NOT OK'}`,
      ])
  } finally {
    child.send('stop')
  }
}

/** Whether this process looked in time, at both ends. */
function isInTime({ doubtMs }: Delivery): boolean {
  return !isDoubtful(doubtMs)
}

interface Figures { count: number; meanMs: number; p50Ms: number; p99Ms: number; p999Ms: number; worstLateMs: number; worstEarlyMs: number; lateShare: number }

function figuresOf(deliveries: readonly Delivery[]): Figures {
  const errors = deliveries.map(({ requestedMs, measuredMs }) => measuredMs - requestedMs)
  const sorted = [...errors].sort((a, b) => a - b)
  return {
    count: errors.length, meanMs: errors.reduce((sum, one) => sum + one, 0) / errors.length,
    p50Ms: percentile(sorted, 50), p99Ms: percentile(sorted, 99), p999Ms: percentile(sorted, 99.9),
    worstLateMs: sorted.at(-1) ?? NaN, worstEarlyMs: Math.max(0, -(sorted[0] ?? NaN)), lateShare: errors.filter((one) => one > LATE_MS).length / errors.length,
  }
}

function rowOf(name: string, one: Figures): string[] {
  const figures = [one.meanMs, one.p50Ms, one.p99Ms, one.p999Ms, one.worstLateMs, -one.worstEarlyMs]
  return [name, String(one.count), ...figures.map((figure) => figure.toFixed(2)), `${(one.lateShare * 100).toFixed(2)}%`]
}

function loopText({ p50Ms, p99Ms, worstMs }: { p50Ms: number; p99Ms: number; worstMs: number }): string {
  return `${p50Ms.toFixed(1)} ms (99%: ${p99Ms.toFixed(1)}, worst ${worstMs.toFixed(1)})`
}

/** How many processes wanted a core in the last minute; not a number where the system does not say. */
function loadAverage(): number {
  try { return Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]) } catch { return NaN }
}
