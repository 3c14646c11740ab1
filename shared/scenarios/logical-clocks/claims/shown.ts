import type { Delivery } from '../../../invariants/causal-delivery.ts'
import type { Stamped } from '../../../invariants/clock-condition.ts'
import type { Replica } from '../../../invariants/convergence.ts'
import type { Shows } from '../../../invariants/shows.ts'
import type { VectorStamped } from '../../../invariants/vector-exactness.ts'
import type { FactOf } from '../../../sim/facts.ts'
import { statusOf } from '../state.ts'
import { ORDERS } from '../types.ts'
import type { Action, LogicalClocks, Reply, Stamp } from '../types.ts'

/**
 * The events that count: an operation is stamped, or applied. Each is a decision, in which its stamp is written, and done at once: the node's book and clock are on its disk.
 * Who stamps has applied what its customer brings along, so that the order of events at each node says it all.
 */
interface Event { name: string; node: string; /** Null: it was made here. */ applies: string | null; stamp: Stamp }

function eventOf(fact: FactOf<'acted'>): Event | null {
  const action = fact.action as Action
  if (action.kind === 'stamp') return { name: `${fact.node}${action.request}`, node: fact.node, applies: null, stamp: action.stamp as unknown as Stamp }
  // A message is named by what it is about, here the operation.
  const applies = fact.message?.split(' ')[2]
  return action.kind !== 'apply' || applies === undefined ? null : { name: `${applies} at ${fact.node}`, node: fact.node, applies, stamp: action.stamp as unknown as Stamp }
}

const shown = <E>(of: (event: Event) => E): Shows<E> => ({ acted: (fact) => { const event = eventOf(fact); return event === null ? null : of(event) } })
const after = ({ applies }: Event): string[] => (applies === null ? [] : [applies])

export const clocks: Shows<Stamped> = shown((event) => ({ name: event.name, node: event.node, after: after(event), clock: event.stamp[0] }))
export const vectors: Shows<VectorStamped> = shown((event) => ({ name: event.name, node: event.node, after: after(event), vector: event.stamp.slice(1) }))
export const replyOf = (fact: { reply: object }): Reply => fact.reply as Reply

/** Operations made and applied. */
export const deliveries: Shows<Delivery> = shown(({ name, node, applies }) => (applies === null ? { change: 'made', operation: name, node, after: [], held: false } : { change: 'applied', operation: applies, node }))

/** The book that comes of a log. */
export const books: Shows<Replica> = {
  stored(fact) {
    const { log } = fact.disk as LogicalClocks['disk']
    return { node: fact.node, updates: log.map(({ name }) => name), state: Object.fromEntries(ORDERS.map((order) => [String(order), statusOf(log, order)])) }
  },
}
