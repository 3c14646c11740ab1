import type { FaultRegistry } from '../../shared/sim/fault.ts'
import { CLOCK_START_MS } from '../../shared/sim/limits.ts'
import type { Simulation } from '../../shared/sim/simulation.ts'
import { bench } from '../sim/probe.ts'
import { itsNodes, misled } from './definition.ts'
import type { Definition } from './definition.ts'
import { DRAWS, ensure, ensureEqual } from './statistics.ts'
import { numbers } from './wire.ts'

/** What bent clocks show, against arithmetic in floating point. */

const ROUNDS = 10
const OFFSETS_MS = [-3_000, 1_234, 5_000]
const FROM_MS = 7_001, LASTS_MS = 300_000

/** That the clocks show whole ms of what they should, which is never below 0: rounded down, at so many times of their own. */
function ensureShows(sim: Simulation, untilMs: number, times: number, aheadMs: (seat: number, atMs: number) => number, what: string): void {
  const next = numbers(what)
  const fromMs = sim.world.nowMs
  const ats = Array.from({ length: times }, () => next(fromMs, untilMs)).toSorted((a, b) => a - b)
  for (const atMs of ats) {
    sim.runUntil(atMs)
    for (let seat = 0; seat < OFFSETS_MS.length; seat++) {
      const exact = Math.max(0, atMs + CLOCK_START_MS + (OFFSETS_MS[seat] ?? 0) + aheadMs(seat, atMs))
      const shown = sim.self(seat).clockMs
      ensure(shown <= exact + 1e-6 && shown > exact - 1 + 1e-6, `${what}: at ${atMs} ms the clock of seat ${seat} shows ${shown}, not ${exact}`)
    }
  }
}

/** B's clock is bent for five minutes; `aheadMs` says by how much, so long after it began. `stays`: what of it is left when time is up. */
function bent(registry: FaultRegistry, type: string, params: { readonly [name: string]: number }, aheadMs: (sinceMs: number) => number, staysMs: number): void {
  const end = FROM_MS + LASTS_MS
  const one = bench({ registry, clockOffsetsMs: OFFSETS_MS })
  const what = `${type} ${JSON.stringify(params)}`
  ensureShows(one.sim, FROM_MS - 1, 500, () => 0, `${what} before`)
  one.fault(FROM_MS, 'f', type, { nodes: ['B'], ...params }, LASTS_MS)
  ensureShows(one.sim, end - 1, DRAWS / ROUNDS - 1_000, (seat, atMs) => (seat === 1 ? aheadMs(atMs - FROM_MS) : 0), what)
  one.sim.runUntil(end)
  ensureShows(one.sim, end + 20_000, 500, (seat) => (seat === 1 ? staysMs : 0), `${what} when it is over`)
  one.sim.submit({ kind: 'set-clocks', atMs: end + 20_000 })
  ensureShows(one.sim, end + 40_000, 100, () => 0, `${what} after all clocks were set`)
}

/** Undone half way, the shift is taken back at once, and what was gained by drift is kept. */
function undone(registry: FaultRegistry, type: string, params: { readonly [name: string]: number }, staysMs: number): void {
  const one = bench({ registry, clockOffsetsMs: OFFSETS_MS })
  one.fault(FROM_MS, 'f', type, { nodes: ['B'], ...params }, LASTS_MS)
  one.sim.submit({ kind: 'heal', atMs: FROM_MS + 10_000, id: 'f' })
  ensureShows(one.sim, 100_000, 100, (seat) => (seat === 1 ? staysMs : 0), `${type} ${JSON.stringify(params)} undone`)
}

/** An alarm goes off in the first millisecond in which its node's clock shows its time: found by trying all of them. */
function alarms(registry: FaultRegistry, type: string, params: { readonly [name: string]: number }, aheadMs: (sinceMs: number) => number): void {
  for (let inMs = 7_500; inMs < 60_000; inMs += 517) {
    const one = bench({ registry, clockOffsetsMs: OFFSETS_MS })
    one.act(1_000, 1, { kind: 'wind', inMs })
    one.fault(FROM_MS, 'f', type, { nodes: ['B'], ...params }, LASTS_MS)
    one.sim.runUntil(FROM_MS + LASTS_MS - 1)
    let atMs = FROM_MS
    while (atMs + Math.floor(aheadMs(atMs - FROM_MS)) < 1_000 + inMs) atMs++
    ensureEqual(one.of('timer').map((fact) => fact.atMs), [atMs], `when an alarm goes off with ${type} ${JSON.stringify(params)}`)
  }
}

const BUMPS_MS = [10_000, -10_000, 60_000, -60_000, 100, -100, 33_300, -5_000, 1_000, -24_200]
const STROBES = [[4_000, 2_000], [100, 200], [60_000, 30_000], [1_000, 700], [2_500, 5_000], [500, 300], [8_000, 1_100], [200, 900], [12_300, 10_000], [700, 2_100]] as const
const DRIFTS = [50, -50, 300, -300, 1, -1, 7, -13, 123, -299]

const scaled = (name: string, factor: number) => misled((params) => ({ ...params, [name]: Number(params[name]) * factor }))
const neighbour = misled((params) => ({ ...params, nodes: ['C'] }))

export const clockBump: Definition = {
  sample: { nodes: ['A', 'D'], byMs: 7_500 },
  touches: itsNodes,
  checks: {
    'what the clock shows': {
      holds: (registry) => BUMPS_MS.forEach((byMs) => bent(registry, 'clock-bump', { byMs }, () => byMs, byMs)),
      planted: { 'at the neighbour': neighbour, '1% off': scaled('byMs', 1.01), 'the other way': scaled('byMs', -1), 'when it is taken back at the end': (fault) => ({ ...fault, clock: (params, node, turn) => { const effect = fault.clock?.(params, node, turn) ?? null; return effect === null ? null : { ...effect, returns: true } } }) },
    },
    'that it is undone': { holds: (registry) => BUMPS_MS.forEach((byMs) => undone(registry, 'clock-bump', { byMs }, 0)), planted: { 'at a clock that drifts': (fault) => ({ ...fault, clock: (params, node, turn) => ((fault.clock?.(params, node, turn) ?? null) === null ? null : { driftPpm: 1_000 }) }) } },
    'when alarms go off': { holds: (registry) => [5_000, -9_000].forEach((byMs) => alarms(registry, 'clock-bump', { byMs }, () => byMs)), planted: { 'at the neighbour': neighbour } },
  },
}

const strobing = (byMs: number, everyMs: number) => (sinceMs: number): number => (Math.floor(sinceMs / everyMs) % 2 === 0 ? byMs : 0)

export const clockStrobe: Definition = {
  sample: { nodes: ['B'], byMs: 5_000, everyMs: 1_000 },
  touches: itsNodes,
  checks: {
    'what the clock shows': {
      holds: (registry) => STROBES.forEach(([byMs, everyMs]) => bent(registry, 'clock-strobe', { byMs, everyMs }, strobing(byMs, everyMs), 0)),
      planted: {
        'at the neighbour': neighbour, '1% too far': scaled('byMs', 1.01), '2 ms late at each turn': (fault) => ({ ...fault, phaseMs: (params) => Number(params['everyMs']) + 2 }),
        'that begins behind': (fault) => ({ ...fault, clock: (params, node, turn) => fault.clock?.(params, node, { ...turn, phase: turn.phase + 1 }) ?? null }),
        // Some end while they are ahead.
        'that is not taken back': (fault) => ({ ...fault, clock: (params, node, turn) => { const effect = fault.clock?.(params, node, turn) ?? null; return effect === null ? null : { ...effect, returns: false } } }),
      },
    },
    'that it is undone': { holds: (registry) => STROBES.forEach(([byMs, everyMs]) => undone(registry, 'clock-strobe', { byMs, everyMs }, 0)), planted: { 'at a clock that drifts': (fault) => ({ ...fault, clock: (params, node, turn) => ((fault.clock?.(params, node, turn) ?? null) === null ? null : { driftPpm: 1_000 }) }) } },
  },
}

const drifting = (msPerSecond: number) => (sinceMs: number): number => (sinceMs / 1_000) * msPerSecond

export const clockDrift: Definition = {
  sample: { nodes: ['C', 'E'], msPerSecond: -100 },
  touches: itsNodes,
  checks: {
    'what the clock shows': {
      holds: (registry) => DRIFTS.forEach((msPerSecond) => bent(registry, 'clock-drift', { msPerSecond }, drifting(msPerSecond), drifting(msPerSecond)(LASTS_MS))),
      planted: { 'at the neighbour': neighbour, '1% off': scaled('msPerSecond', 1.01), 'the other way': scaled('msPerSecond', -1) },
    },
    'what is kept when it is undone': { holds: (registry) => DRIFTS.forEach((msPerSecond) => undone(registry, 'clock-drift', { msPerSecond }, drifting(msPerSecond)(10_000))), planted: { '1% off': scaled('msPerSecond', 1.01) } },
    'when alarms go off': { holds: (registry) => [300, -300, 1].forEach((msPerSecond) => alarms(registry, 'clock-drift', { msPerSecond }, drifting(msPerSecond))), planted: { '1% off': scaled('msPerSecond', 1.01) } },
  },
}
