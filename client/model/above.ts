import type { Fact, FactOf, Severity } from '../../shared/sim/facts.ts'
import type { Badge, Scenario } from '../../shared/sim/scenario.ts'
import type { FactNo, Json, NodeId, SimMs } from '../../shared/sim/types.ts'
import type { StageNode, StagePacket, StageScene } from '../stage/scene.ts'
import { texts } from '../texts/cockpit.ts'
import { clocksSeen } from './above-clocks.ts'
import { faultsSeen } from './above-faults.ts'
import type { CutSpan, FaultSeen } from './above-faults.ts'
import { flights } from './above-flights.ts'
import type { Measured } from './above-measured.ts'

export type { FaultSeen } from './above-faults.ts'

/** A broken claim, as the judge reported it. The sentence is the claim's own, made of `values`. */
export interface BreachSeen {
  n: FactNo
  atMs: SimMs
  claim: string
  key: string
  severity: Severity
  values: { readonly [name: string]: Json }
  /** Facts in causal order that show the breach by themselves. */
  witness: readonly FactNo[]
}

/** What the page adds to the facts. */
export interface Look {
  /** Whom to name at a seat; null for a bot. */
  names?: (seat: number) => string | null
  students?: (seat: number) => boolean
  selected?: NodeId | null
  /** Time stands: cuts are shown open at once. */
  still?: boolean
  /** More about a node, after what its badge says; null for nothing. */
  note?: (seat: number, nowMs: SimMs) => string | null
  /** One line a node, for a stage too low for two: its trouble, or else its name. */
  short?: boolean
}

/**
 * A cluster seen from above: a fold over its facts that can be asked about any time they cover. Nodes, packets and cuts come
 * out as the scene of a stage. What never comes out of facts alone, a node's badge, is handed in.
 */
export interface Above {
  readonly breaches: readonly BreachSeen[]
  /** All faults so far, in the order in which they began. */
  readonly faults: readonly FaultSeen[]
  /** From when to when links were cut. */
  readonly cutSpans: readonly CutSpan[]
  /** Takes facts in order. */
  add(facts: readonly Fact[]): void
  /** `badges` by seat, as they were at `nowMs`. Cheap enough for every frame. */
  sceneAt(nowMs: SimMs, badges: readonly Badge[], look: Look): StageScene
  /** Nodes alone, for a tile. */
  nodesAt(nowMs: SimMs, badges: readonly Badge[], look: Look): StageNode[]
  faultsAt(nowMs: SimMs): FaultSeen[]
  /** Every packet, or leg of one, that was under way or kept back at some time of a stretch. */
  packetsBetween(fromMs: SimMs, toMs: SimMs): StagePacket[]
  /** How far a node's clock is ahead of true time, in ms. */
  offsetMs(node: NodeId, nowMs: SimMs): number
  /** By how much faults have bent it, in ms. */
  bentMs(node: NodeId, nowMs: SimMs): number
  /** What a fault has done by the last fact, not by a cursor; null for one that is not known. */
  measured(fault: FaultSeen): Measured | null
}

type Power = Extract<StageNode['state'], 'ok' | 'crashed' | 'paused'>
/** `lostWrite`: the power went, and with it what was not yet synced. */
interface PowerChange { atMs: SimMs; power: Power; lostWrite: boolean }

/** Breaches kept: more than anybody reads in one round. */
export const BREACHES_KEPT_MAX = 500
/** Words of a scene change at most this often. */
const wordsEveryMs = 250
const powers: { readonly [kind: string]: Power } = { crashed: 'crashed', restarted: 'ok', paused: 'paused', resumed: 'ok' }
const unknownBadge: Badge = { fill: 'empty', pennant: false, tab: '', words: '', leads: false }

/**
 * `keepMs`: packets older than this are forgotten, for a cockpit that looks only at now; the replay keeps all.
 * `clockOffsetsMs`: how far ahead the clocks were at the start, by seat.
 * @example const seen = above(['A', 'B', 'C'], scenarios.election); seen.add(facts); seen.sceneAt(4_000, badges, {})
 */
export function above(nodes: readonly NodeId[], scenario: Scenario, keepMs: number = Infinity, clockOffsetsMs: readonly number[] = []): Above {
  const inFlight = flights(scenario), broken = faultsSeen(nodes), clocks = clocksSeen(nodes, clockOffsetsMs)
  const power = new Map<NodeId, PowerChange[]>(nodes.map((id) => [id, [{ atMs: 0, power: 'ok', lostWrite: false }]]))
  const breaches: BreachSeen[] = []
  let version = 0
  let forgottenMs = 0
  let last: { slot: number; version: number; badges: readonly Badge[]; look: Look; nodes: StageNode[] } | null = null

  const take = (fact: Fact): void => {
    if (broken.add(fact)) return
    switch (fact.kind) {
      case 'sent': inFlight.sent(fact); return
      case 'lost': inFlight.lost(fact); return
      case 'held': inFlight.held(fact); return
      case 'released': inFlight.released(fact); return
      case 'clock-bent': clocks.add(fact); return
      case 'crashed': case 'restarted': case 'paused': case 'resumed':
        power.get(fact.node)?.push({ atMs: fact.atMs, power: powers[fact.kind] ?? 'ok', lostWrite: fact.kind === 'crashed' && fact.lostWrite }); return
      case 'breached': if (breaches.length < BREACHES_KEPT_MAX) breaches.push(seenOf(fact)); return
      default:
    }
  }

  const wordsOf = (id: NodeId, change: PowerChange, badge: Badge, nowMs: SimMs): string => {
    if (change.power === 'crashed') {
      const end = broken.endOf(id, 'crash', nowMs), what = change.lostWrite ? texts.stage.lostPower : texts.stage.crashed
      return end === null ? what : texts.stage.backIn(what, Math.max(0, Math.ceil((end - nowMs) / 1_000)))
    }
    if (change.power === 'paused') {
      const waiting = inFlight.countArrived(id, change.atMs, nowMs)
      return waiting === 0 ? texts.stage.pausedNode : texts.stage.pausedWaiting(waiting)
    }
    const workMs = broken.workMs(id, nowMs)
    return workMs === 0 ? badge.words : [badge.words, texts.stage.slow(workMs / 1_000)].filter((part) => part !== '').join(', ')
  }

  const nodesAt = (nowMs: SimMs, badges: readonly Badge[], look: Look): StageNode[] => nodes.map((id, seat): StageNode => {
    const change = latest(power.get(id) ?? [], nowMs)
    const badge = badges[seat] ?? unknownBadge
    const words = wordsOf(id, change, badge, nowMs)
    return {
      id, shape: look.students?.(seat) ?? true ? 'circle' : 'square', own: false, selected: look.selected === id,
      fill: badge.fill, pennant: badge.pennant, tab: badge.tab === '' ? null : badge.tab, state: change.power, ring: null, freshness: 1, slow: broken.workMs(id, nowMs) > 0,
      lines: linesOf(look.names === undefined ? null : look.names(seat) ?? texts.stage.bot, words, look.note?.(seat, nowMs) ?? null, look.short === true, change.power),
    }
  })

  return {
    breaches,
    faults: broken.all,
    cutSpans: broken.cutSpans,
    offsetMs: (node, nowMs) => clocks.offsetMs(node, nowMs),
    bentMs: (node, nowMs) => clocks.bentMs(node, nowMs),
    add(facts) {
      for (const fact of facts) take(fact)
      const endMs = facts[facts.length - 1]?.atMs
      if (endMs === undefined) return
      version++
      // Seldom, so that forgetting costs nothing either.
      if (endMs - keepMs > forgottenMs + keepMs) { forgottenMs = endMs - keepMs; inFlight.forget(forgottenMs) }
    },
    sceneAt(nowMs, badges, look) {
      const slot = Math.floor(nowMs / wordsEveryMs)
      if (last === null || last.slot !== slot || last.version !== version || last.badges !== badges || last.look !== look) {
        last = { slot, version, badges, look, nodes: nodesAt(nowMs, badges, look) }
      }
      return { viewport: 'above', nowMs, nodes: last.nodes, packets: inFlight.at(nowMs), cuts: broken.cutsAt(nowMs, look.still === true) }
    },
    nodesAt,
    packetsBetween: (fromMs, toMs) => inFlight.between(fromMs, toMs),
    faultsAt: (nowMs) => broken.at(nowMs),
    measured: (fault) => broken.measured(fault),
  }
}

function linesOf(name: string | null, words: string, note: string | null, short: boolean, power: Power): string[] {
  const all = short ? [name === null || power !== 'ok' ? words : name] : [name, note === null ? words : words === '' ? note : `${words}, ${note}`]
  return all.filter((line): line is string => line !== null && line !== '')
}

/** The last change at or before a time; of several in one millisecond the last. */
function latest(changes: readonly PowerChange[], nowMs: SimMs): PowerChange {
  let low = 0, high = changes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((changes[middle]?.atMs ?? Infinity) <= nowMs) low = middle + 1
    else high = middle
  }
  return changes[low - 1] ?? { atMs: 0, power: 'ok', lostWrite: false }
}

function seenOf(fact: FactOf<'breached'>): BreachSeen {
  return { n: fact.n, atMs: fact.atMs, claim: fact.claim, key: fact.key, severity: fact.severity, values: fact.values, witness: fact.because }
}
