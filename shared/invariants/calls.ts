import type { Status } from '../consistency/history.ts'
import type { FactOf } from '../sim/facts.ts'
import type { HistorySpec } from '../sim/scenario.ts'
import type { Json, RequestId, Shape } from '../sim/types.ts'

/** An operation of a customer, known from the moment it asks: where the node takes it up at once, that is one fact. */
export type Asked = FactOf<'asked'> | FactOf<'requested'>
/** Facts that tell of a customer's operation. */
export type CallFact = Asked | FactOf<'replied' | 'expired' | 'unreached'>

/**
 * What becomes of a customer's operation. `called`: the customer asked the first of the nodes that it is sent on to. `answered`: by a node, in
 * time. `given-up`: its deadline passed, or whoever it was sent on to could not be reached. `taken`: a node took it up before, so nobody knows what
 * it did; of one that waited at a node that never took it up, nothing can have come.
 */
export type CallEvent = { kind: 'called'; asked: Asked } | CallEnd
export type CallEnd =
  | { kind: 'answered'; asked: Asked; fact: FactOf<'replied'> }
  | { kind: 'given-up'; asked: Asked; fact: FactOf<'expired' | 'unreached'>; taken: boolean }

/** Operations under way, in the order of their calls, and whether any node has taken them up. Plain JSON. */
export interface OpenCalls { [request: RequestId]: { asked: Asked; taken: boolean } }

/**
 * What `fact` tells of an operation, noted in `open`; null for no news. Constant time. A request that reached no node at all is not told: no fact says what
 * it would have asked for, and nothing can have come of it.
 */
export function seeCall(open: OpenCalls, fact: CallFact): CallEvent | null {
  const known = open[fact.request]
  switch (fact.kind) {
    case 'asked': case 'requested':
      if (known === undefined) {
        open[fact.request] = { asked: fact, taken: fact.kind === 'requested' }
        return { kind: 'called', asked: fact }
      }
      // Sent on, or taken up after it was asked.
      if (fact.kind === 'requested') known.taken = true
      return null
    case 'replied': case 'expired': case 'unreached': {
      if (known === undefined) return null
      delete open[fact.request]
      const { asked, taken } = known
      return fact.kind === 'replied' ? { kind: 'answered', asked, fact } : { kind: 'given-up', asked, fact, taken }
    }
  }
}

/** How an operation ended, in the words of a history. */
export function endOf<S extends Shape>(spec: HistorySpec<S>, end: CallEnd): { status: Status; result: Json | undefined } {
  return end.kind === 'answered' ? spec.answer(end.asked.operation as S['operation'], end.fact.reply as S['reply']) : { status: end.taken ? 'info' : 'fail', result: undefined }
}
