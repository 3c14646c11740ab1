import type { FaultParams, FaultRegistry } from '../../shared/sim/fault.ts'
import type { Simulation } from '../../shared/sim/simulation.ts'
import { plainMs } from '../../shared/sim/links.ts'
import { bench } from '../sim/probe.ts'
import type { Bench } from '../sim/probe.ts'
import { ensure, ensureEqual } from './statistics.ts'

/** A cluster of five in which everybody talks to everybody, for what a fault does while it acts and what it leaves behind. */

export const FROM_MS = 5_000
export const NODES = 5
const TALK_EVERY_MS = 23

/** A fault as it acts: for `lastsMs`, or until it is undone or all are halted at `endsMs`. */
export interface Struck { type: string; params: FaultParams; lastsMs: number; ending: 'time' | 'heal' | 'halt' }

export const endsMs = ({ lastsMs, ending }: Struck): number => FROM_MS + (ending === 'time' ? lastsMs : Math.floor(lastsMs / 2))

/** Looks at the cluster at a time of its own. */
export interface Look { atMs: number; go(sim: Simulation): void }

/** Plays it; null: without any fault. What is said is the same in each. */
export function talk(registry: FaultRegistry, struck: Struck | null, untilMs: number, ...looks: readonly Look[]): Bench {
  const one = bench({ registry, nodes: NODES, seed: 9, latency: { shape: 'uniform', leastMs: 50, mostMs: 400 }, clockOffsetsMs: [-900, 0, 10, 800, -30] })
  const blows: Look[] = struck === null ? [] : [{ atMs: FROM_MS, go: () => one.fault(FROM_MS, 'f', struck.type, struck.params, struck.lastsMs) }]
  if (struck?.ending === 'heal') blows.push({ atMs: endsMs(struck), go: (sim) => sim.submit({ kind: 'heal', atMs: endsMs(struck), id: 'f' }) })
  if (struck?.ending === 'halt') blows.push({ atMs: endsMs(struck), go: (sim) => sim.submit({ kind: 'halt', atMs: endsMs(struck) }) })
  const steps = [...blows, ...looks].toSorted((a, b) => a.atMs - b.atMs)
  let next = steps.shift()
  for (let n = 0, atMs = 1_000; atMs < untilMs; n++, atMs += TALK_EVERY_MS) {
    while (next !== undefined && next.atMs < atMs) {
      one.sim.runUntil(next.atMs)
      next.go(one.sim)
      next = steps.shift()
    }
    const from = n % NODES
    const to = (from + 1 + (Math.floor(n / NODES) % (NODES - 1))) % NODES
    one.act(atMs, from, { kind: 'say', to: one.sim.ids[to] ?? '', text: 'x' })
  }
  one.sim.runUntil(untilMs)
  return one
}

/** Everything that became of what was sent over each direction of a link, as text. */
export function fatesByLink({ facts }: Bench): Map<string, string> {
  const fates = new Map<string, string>()
  const note = (from: string, to: string, what: readonly unknown[]): void => { fates.set(`${from}>${to}`, `${fates.get(`${from}>${to}`) ?? ''}${JSON.stringify(what)}`) }
  for (const fact of facts) {
    if (fact.kind === 'sent') note(fact.node, fact.to, [fact.message, fact.atMs, fact.body, fact.arrivals])
    else if (fact.kind === 'delivered') note(fact.from, fact.node, [fact.message, fact.atMs, fact.body, fact.copy])
    else if (fact.kind === 'lost') note(fact.from, fact.to, [fact.message, fact.atMs, fact.reason, fact.copy])
  }
  return fates
}

/** That no fault, and nothing that a fault kept back or slowed down, is left. Clocks may be wrong, but they run true. */
export function ensureNothingLeft({ world }: Simulation): void {
  ensureEqual([world.faults, world.parked, world.lanes], [[], [], {}], 'no fault, nothing kept back, no queue')
  for (const { self, up, crashedBy, pausedAtMs, workMs, workAtMs, held, clock } of world.nodes) {
    ensureEqual({ up, crashedBy, pausedAtMs, workMs, workAtMs, held, drift: clock.driftPpm }, { up: true, crashedBy: null, pausedAtMs: null, workMs: 0, workAtMs: null, held: [], drift: 0 }, `node ${self.id}`)
  }
}

/** That whatever was sent after `fromMs` took exactly the time that its link draws for it, and arrived whole, once. */
export function ensureBase({ sim, of }: Bench, fromMs: number): void {
  const arrived = new Map<string, unknown[]>()
  for (const fact of of('delivered')) arrived.set(fact.message, [...(arrived.get(fact.message) ?? []), [fact.atMs, fact.body]])
  const lost = new Set(of('lost').map((fact) => fact.message))
  let seen = 0
  for (const fact of of('sent')) {
    const ms = plainMs(sim.world, fact.message)
    if (fact.atMs <= fromMs || fact.atMs + ms > sim.world.nowMs) continue
    seen++
    ensureEqual([fact.arrivals, arrived.get(fact.message), lost.has(fact.message)], [[ms], [[fact.atMs + ms, fact.body]], false], `${fact.message}, sent at ${fact.atMs} ms`)
  }
  ensure(seen > 100, `only ${seen} messages were sent after ${fromMs} ms`)
}
