import { faults } from '../../../shared/faults/index.ts'
import { RunningPlan } from '../../../shared/faults/plan.ts'
import { sceneOf, settingsFor, stepsOf } from '../../../shared/headless.ts'
import { logicalClocks } from '../../../shared/scenarios/logical-clocks/index.ts'
import type { Self, Stamp } from '../../../shared/scenarios/logical-clocks/types.ts'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Seed } from '../../../shared/sim/draws.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import type { RecordedAction } from '../../../shared/sim/inputs.ts'
import { letterIdOf } from '../../../shared/sim/letters.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { start } from '../../../shared/sim/simulation.ts'
import { chanceOf } from '../../sim/wild.ts'
import type { Chance } from '../../sim/wild.ts'
import { offers, refusal, warning } from './laid.ts'
import { watch } from './watch.ts'
import type { Watched } from './watch.ts'

/** What a student stamps from: the stamp of the own last event, and what was told. */
interface Job { own: readonly number[]; told: readonly number[] | null; seat: number }
const larger = (one: readonly number[], other: readonly number[] | null): number[] => one.map((value, at) => Math.max(value, other?.[at] ?? 0))
const plus = (stamp: readonly number[], by: number, ...places: number[]): number[] => stamp.map((value, at) => (places.includes(at) ? Math.max(0, value + by) : value))

/** By the book: of each number the maximum, then one more of the clock and of the own entry. */
const right = ({ own, told, seat }: Job): number[] => plus(larger(own, told), 1, 0, seat + 1)
/** What students type instead. Not all of it breaks anything: a clock may skip numbers. */
const slips: { readonly [slip: string]: (job: Job, chance: Chance) => number[] } = {
  'clock one too low': (job) => plus(right(job), -1, 0),
  'clock one too high': (job) => plus(right(job), 1, 0),
  'clock without the maximum': (job) => [(job.own[0] ?? 0) + 1, ...right(job).slice(1)],
  'vector without the maximum': (job) => [right(job)[0] ?? 0, ...plus(job.own, 1, job.seat + 1).slice(1)],
  'own entry not raised': (job) => plus(right(job), -1, job.seat + 1),
  'one entry one too low': (job, chance) => plus(right(job), -1, chance(1, job.own.length - 1)),
  'one entry one too high': (job, chance) => plus(right(job), 1, chance(1, job.own.length - 1)),
  'the stamp that was told': (job) => [...(job.told ?? job.own)],
  'the own stamp once more': (job) => [...job.own],
  'left as it was: zeros': (job) => job.own.map(() => 0),
}
const SLIPS = Object.keys(slips)

/** `slip`: the one that the student made; null for none, or if it came out right. `typed`: how many stamps the student wrote. */
interface ByHand extends Watched { slip: string | null; typed: number }

const DURATION_MS = 180_000

/** What the student at a seat can do next, chosen at random. `hasty`: who applies what comes, and heeds no warning. */
function nextMove(self: Self, ids: { letter(n: number): string | undefined; request(n: number): string | undefined }, hasty: boolean, chance: Chance): { action: RecordedAction; told: Stamp | null } | null {
  const found: { action: RecordedAction; told: Stamp | null }[] = []
  for (const letter of self.inbox) {
    for (const kind of offers(self, letter)) {
      if (kind === 'apply' && !hasty && warning(self, { kind, letter: letter.n, stamp: [] }) !== null) continue
      found.push({ action: { kind, letter: ids.letter(letter.n) ?? '' }, told: letter.message.kind === 'op' ? letter.message.entry.stamp : null })
    }
  }
  for (const { n, operation } of self.requests) {
    if (operation.kind === 'place' && refusal(self, { kind: 'stamp', request: n, stamp: [] }) === null) found.push({ action: { kind: 'stamp', request: ids.request(n) ?? '' }, told: operation.after?.stamp ?? null })
  }
  if (self.disk.outbox.length > 0 && chance(0, 9) === 0) found.push({ action: { kind: 'repeat' }, told: null })
  return found[chance(0, Math.max(0, found.length - 1))] ?? null
}

/**
 * A round in which one student at L0 types every stamp, among bots, while the world breaks. In two rounds of three one stamp is a slip. Every event and every breach is compared
 * with the oracle. `scenario`: with other claims, to see that they are found out.
 */
export function playByHand(seed: Seed, scenario = scenarios['logical-clocks'] as Scenario): ByHand {
  const chance = chanceOf(seed, 'by hand'), nodes = chance(3, 6), seat = chance(0, nodes - 1), hasty = chance(0, 4) === 0
  const wanted = seed % 3 === 0 ? null : SLIPS[chance(0, SLIPS.length - 1)] ?? null, slipAt = chance(1, 10)
  const settings = settingsFor(scenario, seed, nodes, DURATION_MS, 'L0', Array.from({ length: nodes }, (_, at) => (at === seat ? 'student' : 'bot')))
  // Who is slow does later what was clicked. Nobody types the next stamp before the last one is written, or known to be lost.
  let pending: 'slip' | 'right' | null = null, slip: string | null = null, typed = 0
  const sink = (fact: Fact): void => {
    observer.take(fact)
    if (fact.node !== sim.ids[seat] || pending === null) return
    if (fact.kind === 'acted' && fact.rule === null) {
      if (pending === 'slip') slip = wanted
      if (fact.action.kind === 'stamp' || fact.action.kind === 'apply') typed++
      pending = null
    } else if (fact.kind === 'refused' || fact.kind === 'crashed') { observer.wrongNext(null); pending = null }
  }
  const sim = start({ scenario, faults, sink }, seed, settings)
  const observer = watch(sim.ids)
  const plan = new RunningPlan(stepsOf(scenario, { seed, nodes, durationMs: DURATION_MS, rules: 'good', chaos: (['none', 'default', 'monkey'] as const)[chance(0, 2)] ?? 'none' }), { seed: null })
  const node = sim.world.nodes[seat]
  if (node === undefined) throw new Error(`no seat ${seat}`)
  for (let atMs = 0; atMs < DURATION_MS; atMs += chance(500, 4_000)) {
    sim.runUntil(atMs)
    for (const input of plan.look(sceneOf(scenario, sim))) { sim.submit(input); plan.took(input) }
    if (!node.up || node.pausedAtMs !== null || pending !== null) continue
    const self = sim.self(seat) as unknown as Self
    const move = nextMove(self, { letter: (n) => letterIdOf(node, n), request: (n) => node.requestIds[n] }, hasty, chance)
    if (move === null) continue
    const { action, told } = move
    pending = 'right'
    if (action.kind === 'stamp' || action.kind === 'apply') {
      const job: Job = { own: observer.history.all[observer.history.lastOf(self.id)]?.stamp ?? Array.from({ length: nodes + 1 }, () => 0), told, seat }, good = right(job)
      action['stamp'] = wanted !== null && slip === null && typed + 1 >= slipAt ? slips[wanted]?.(job, chance) ?? good : good
      if (String(action['stamp']) !== String(good)) { pending = 'slip'; observer.wrongNext(self.id) }
    }
    sim.submit({ kind: 'act', atMs, seat, action })
  }
  sim.submit({ kind: 'end', atMs: DURATION_MS })
  return { slip, typed, ...observer.finish() }
}

/** Of one slip: how often it was typed, and when it first broke a claim: as it was written, with an event that came later, or never. `unseen`: it broke one, and the witness was not it but what built on it. */
interface OfSlip { typed: number; atOnce: number; later: number; unseen: number; never: number }
export interface Tally { rounds: number; right: number; events: number; typed: number; slips: { [slip: string]: OfSlip } }

/** How the rounds of these seeds went. What is wrong with any is thrown. */
export function playAllByHand(from: Seed, to: Seed): Tally {
  const tally: Tally = { rounds: 0, right: 0, events: 0, typed: 0, slips: Object.fromEntries(SLIPS.map((slip) => [slip, { typed: 0, atOnce: 0, later: 0, unseen: 0, never: 0 }])) }
  for (let seed = from; seed <= to; seed++) {
    const { slip, typed, events, complaints, first } = playByHand(seed)
    if (complaints.length > 0) throw new Error(`mission ${logicalClocks.id}, seed ${seed} of playByHand${slip === null ? '' : `, ${slip}`}: ${complaints.slice(0, 3).join(' ')}`)
    tally.rounds++
    tally.events += events
    tally.typed += typed
    const of = slip === null ? undefined : tally.slips[slip], when = Object.values(first)
    if (of === undefined) { tally.right++; continue }
    of.typed++
    if (when.length === 0) of.never++
    else of[when.some(({ place }) => place === 'own') ? 'atOnce' : 'later']++
    if (when.some(({ shown }) => !shown)) of.unseen++
  }
  return tally
}
