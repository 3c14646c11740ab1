import type { Action, Message, Operation, Reply } from '../../../shared/scenarios/logical-clocks/types.ts'
import type { Fact, FactOf } from '../../../shared/sim/facts.ts'
import type { FactNo, NodeId } from '../../../shared/sim/types.ts'

/** An event that counts, with what its node wrote on it. `past`: all that happened before it, by place in the history. */
export interface Happened { node: NodeId; stamp: readonly number[]; fact: FactNo; past: ReadonlySet<number>; edges: readonly number[] }
export const CLAIMS = ['clock-condition', 'vector-exactness'] as const
export type Judged = (typeof CLAIMS)[number]

/** The vector of the first is nowhere above that of the second, and they are not the same. */
const below = (first: readonly number[], second: readonly number[]): boolean => first.every((value, at) => at === 0 || value <= (second[at] ?? 0)) && first.some((value, at) => at > 0 && value !== second[at])

/**
 * What happened before what in a round of this mission, found the slow way: the events are the stamps and the applyings, and from each the edges are followed back, to the one before it
 * at its node, to the stamping of what it applies, and to that of what its customer brings along. It keeps no clock and no vector, and shares nothing with the mission or its claims.
 */
export class History {
  readonly all: Happened[] = []
  readonly #nodes: readonly NodeId[]
  /** Operations by name, and by maker and number; what is in a message, and what a request brings along. */
  readonly #names = new Map<string, string>()
  readonly #made = new Map<string, number>()
  readonly #bodies = new Map<string, Message>()
  readonly #asked = new Map<string, Operation>()

  constructor(nodes: readonly NodeId[]) { this.#nodes = nodes }

  /** Takes in a fact. Returns the place of the event that it is; null if it is none. */
  take(fact: Fact): number | null {
    switch (fact.kind) {
      case 'sent': this.#bodies.set(fact.message, fact.body as Message); return null
      case 'requested': this.#asked.set(fact.request, fact.operation as Operation); return null
      case 'replied': { const reply = fact.reply as Reply; if (reply.kind === 'placed') this.#names.set(reply.entry.name, `${reply.entry.node} ${reply.entry.nth}`); return null }
      case 'acted': return this.#acted(fact)
      default: return null
    }
  }

  #acted(fact: FactOf<'acted'>): number | null {
    const action = fact.action as Action, place = this.all.length
    if (action.kind !== 'stamp' && action.kind !== 'apply') return null
    const edges = [this.lastOf(fact.node)]
    if (action.kind === 'apply') {
      const body = this.#bodies.get(fact.message ?? '')
      if (body?.kind === 'op') edges.push(this.#made.get(`${body.entry.node} ${body.entry.nth}`) ?? -1)
    } else {
      const asked = this.#asked.get(fact.request ?? '')
      if (asked?.kind === 'place' && asked.after !== null) edges.push(this.#made.get(this.#names.get(asked.after.name) ?? '') ?? -1)
      this.#made.set(`${fact.node} ${[...this.#made.keys()].filter((key) => key.startsWith(fact.node)).length + 1}`, place)
    }
    const known = edges.filter((at) => at >= 0)
    this.all.push({ node: fact.node, stamp: action.stamp, fact: fact.n, past: this.#reached(known), edges: known })
    return place
  }

  /** Everything that edges lead back to. */
  #reached(edges: readonly number[]): Set<number> {
    const found = new Set(edges)
    for (const at of found) for (const next of this.all[at]?.edges ?? []) found.add(next)
    return found
  }

  /** The place of the last event of a node; -1 for none. */
  lastOf(node: NodeId): number { return this.all.findLastIndex((one) => one.node === node) }

  /** What the stamp of an event is in a round in which nobody errs: the length of the longest way to it, and how many events of each node are in its past, itself included. */
  truth(place: number, depths: Map<number, number> = new Map()): number[] {
    const known = this.all[place]
    if (known === undefined) throw new Error(`no event ${place}`)
    const depth = (at: number): number => { const found = depths.get(at) ?? 1 + Math.max(0, ...(this.all[at]?.edges ?? []).map(depth)); depths.set(at, found); return found }
    const counted = [...known.past, place].map((at) => this.all[at]?.node)
    return [depth(place), ...this.#nodes.map((node) => counted.filter((one) => one === node).length)]
  }

  /** Earlier events that together with this one break a claim, by the words of its definition. */
  broken(claim: Judged, place: number): number[] {
    const f = this.all[place]
    if (f === undefined) throw new Error(`no event ${place}`)
    return this.all.slice(0, place).flatMap((e, at) => {
      const before = f.past.has(at)
      const isBroken = claim === 'clock-condition' ? before && (e.stamp[0] ?? 0) >= (f.stamp[0] ?? 0) : below(e.stamp, f.stamp) !== before || below(f.stamp, e.stamp)
      return isBroken ? [at] : []
    })
  }
}
