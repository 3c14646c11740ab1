import { breachSentence, factWords } from '../fact-words.ts'
import { cursorOf } from '../../shared/replay-cursor.ts'
import type { Cursor } from '../../shared/replay-cursor.ts'
import { missionOf } from '../../shared/replay.ts'
import type { Replayed } from '../../shared/replay.ts'
import type { Fact, FactOf } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { FactNo, NodeId, SimMs } from '../../shared/sim/types.ts'
import { bandRows } from '../components/timeline.tsx'
import type { TimelineBand } from '../components/timeline.tsx'
import { bandWord } from './replay-words.ts'
import { above } from './above.ts'
import type { Above } from './above.ts'
import { scenarios as missions } from '../all-missions.ts'

/** A breach with all that its walk shows. */
export interface BreachWalk {
  n: FactNo
  atMs: SimMs
  claim: string
  severity: string
  sentence: string
  prevention: string
  /** Facts in causal order that show it by themselves. */
  steps: readonly { fact: Fact; words: string }[]
}

/** A replayed round, ready to be looked at at any time. */
export interface Round {
  replayed: Replayed
  scenario: Scenario
  above: Above
  cursor: Cursor
  breaches: readonly BreachWalk[]
  bands: readonly TimelineBand[]
  ticks: readonly { atMs: SimMs; label: string }[]
  endMs: SimMs
}

/** Rows of fault bands on the scrubber; what overlaps more than that is drawn as one. */
export const BAND_ROWS_MAX = 3
/** Facts folded at a time, so that a page stays alive. */
const FACTS_PER_SLICE = 2_000

/** Makes a round of a replayed recording, in slices: each `next()` folds two thousand facts at most. */
export function* roundSteps(replayed: Replayed): Generator<void, Round, void> {
  const { header } = replayed.recording
  const scenario = missions[header.scenario] ?? missionOf(header)
  const seen = above(header.nodes, scenario, Infinity, header.settings.clockOffsetsMs)
  for (let at = 0; at < replayed.facts.length; at += FACTS_PER_SLICE) {
    seen.add(replayed.facts.slice(at, at + FACTS_PER_SLICE))
    yield
  }
  return {
    replayed, scenario, above: seen, cursor: cursorOf(replayed, scenario), endMs: replayed.endMs,
    breaches: replayed.breaches.map((breach) => walkOf(breach, replayed.facts, scenario)),
    bands: bandsOf(seen, replayed.endMs), ticks: ticksOf(replayed.endMs),
  }
}

function walkOf(breach: FactOf<'breached'>, facts: readonly Fact[], scenario: Scenario): BreachWalk {
  return {
    n: breach.n, atMs: breach.atMs, claim: breach.claim, severity: breach.severity,
    sentence: breachSentence(breach, scenario), prevention: scenario.claims[breach.claim]?.prevention ?? '',
    steps: breach.because.flatMap((n) => {
      const fact = facts[n]
      return fact === undefined ? [] : [{ fact, words: factWords(fact, scenario) }]
    }),
  }
}

/** What each fault did to whom, as bands; those that find no row are drawn together. */
function bandsOf(seen: Above, endMs: SimMs): TimelineBand[] {
  const all = seen.faults.map((fault): TimelineBand => ({
    key: `${fault.id}.${fault.fact}`, label: `${bandWord(fault.type)} ${targetOf(fault)}`.trim(), fromMs: fault.startedMs, toMs: fault.endedMs ?? endMs, kind: 'ran',
  }))
  const rows = bandRows(all)
  const fits = (at: number): boolean => (rows[at] ?? 0) < BAND_ROWS_MAX - 1
  if (all.every((_, at) => (rows[at] ?? 0) < BAND_ROWS_MAX)) return all
  const kept = all.filter((_, at) => fits(at))
  const rest = all.filter((_, at) => !fits(at))
  const merged: TimelineBand[] = []
  for (const band of rest) {
    const last = merged[merged.length - 1]
    if (last === undefined || last.toMs < band.fromMs) merged.push({ ...band })
    else { last.toMs = Math.max(last.toMs, band.toMs); last.label = `${last.label}, ${band.label}` }
  }
  return [...kept, ...merged].sort((a, b) => a.fromMs - b.fromMs)
}

/** Whom a fault touches, by its parameters, e.g. `A B`. */
function targetOf(fault: { params: { readonly [name: string]: unknown } }): string {
  const lists = Object.values(fault.params).filter((value): value is string[] => Array.isArray(value))
  return lists.map((list) => list.join(' ')).join(' to ')
}

/** Marks of whole minutes; of ten minutes in a long round. */
function ticksOf(endMs: SimMs): { atMs: SimMs; label: string }[] {
  const everyMs = endMs > 1_200_000 ? 600_000 : 60_000
  return Array.from({ length: Math.floor(endMs / everyMs) + 1 }, (_, n) => ({ atMs: n * everyMs, label: `${(n * everyMs) / 60_000}:00` }))
}

/** Index of the last fact at or before a time; -1 before the first. Binary search. */
export function factIndexAt(facts: readonly Fact[], ms: SimMs): number {
  let low = 0, high = facts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((facts[middle]?.atMs ?? Infinity) <= ms) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The fact next to `from` in a direction, of those that `node` lived through, or of all. Null at the end. */
export function factBeside(facts: readonly Fact[], from: number, step: 1 | -1, node: NodeId | null): number | null {
  for (let at = from + step; at >= 0 && at < facts.length; at += step) if (node === null || facts[at]?.node === node) return at
  return null
}

/** The facts round an index for a list: at most `before` earlier and `after` later ones, in order. */
export function factsAround(facts: readonly Fact[], index: number, before: number, after: number, node: NodeId | null): number[] {
  const list: number[] = []
  const current = index >= 0 && (node === null || facts[index]?.node === node) ? index : null
  for (let at = index, n = 0; n < before; n++) {
    const found = factBeside(facts, at, -1, node)
    if (found === null) break
    list.unshift(found)
    at = found
  }
  if (current !== null) list.push(current)
  for (let at = index, n = 0; n < after; n++) {
    const found = factBeside(facts, at, 1, node)
    if (found === null) break
    list.push(found)
    at = found
  }
  return list
}

/** The next breach after a fact, from the first again after the last; null when nothing broke. */
export function nextBreach(round: Pick<Round, 'breaches'>, afterFact: FactNo): number | null {
  if (round.breaches.length === 0) return null
  const next = round.breaches.findIndex((breach) => breach.n > afterFact)
  return next === -1 ? 0 : next
}

/** Whom a fact is about: where it happened, and the other end of its message. */
export function nodesOf(fact: Fact): { at: NodeId | null; from: NodeId | null; to: NodeId | null } {
  switch (fact.kind) {
    case 'sent': case 'redirected': return { at: fact.node, from: fact.node, to: fact.to }
    case 'delivered': return { at: fact.node, from: fact.from, to: fact.node }
    case 'lost': case 'held': case 'released': return { at: null, from: fact.from, to: fact.to }
    case 'asked': case 'unreached': return { at: fact.to, from: null, to: null }
    default: return { at: fact.node, from: null, to: null }
  }
}
