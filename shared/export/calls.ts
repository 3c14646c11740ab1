import type { Fact, FactOf } from '../sim/facts.ts'
import type { RequestId } from '../sim/types.ts'

/** An operation of a customer, known from the moment it asks: where the node takes it up at once, that is one fact. */
export type Asked = FactOf<'asked'> | FactOf<'requested'>

/**
 * What becomes of a customer's operation. `called`: the customer asked the first of the nodes that it is sent on to. `answered`: by a node, in
 * time. `given-up`: its deadline passed, or whoever it was sent on to could not be reached. `taken`: a node took it up before, so nobody knows what
 * it did; of one that waited at a node that never took it up, nothing can have come.
 */
export type CallEvent =
  | { kind: 'called'; asked: Asked }
  | { kind: 'answered'; asked: Asked; fact: FactOf<'replied'> }
  | { kind: 'given-up'; asked: Asked; fact: FactOf<'expired' | 'unreached'>; taken: boolean }

/**
 * The operations of all customers, fact by fact, in constant time each. A request that reached no node at all is not told: no fact says what
 * it would have asked for, and nothing can have come of it.
 */
export class Calls {
  private readonly open = new Map<RequestId, { asked: Asked; taken: boolean }>()

  /** What `fact` tells of an operation; null for all other facts. */
  see(fact: Fact): CallEvent | null {
    switch (fact.kind) {
      case 'asked': case 'requested': {
        const open = this.open.get(fact.request)
        if (open === undefined) {
          this.open.set(fact.request, { asked: fact, taken: fact.kind === 'requested' })
          return { kind: 'called', asked: fact }
        }
        // Sent on, or taken up after it was asked.
        if (fact.kind === 'requested') open.taken = true
        return null
      }
      case 'replied': case 'expired': case 'unreached': {
        const open = this.open.get(fact.request)
        if (open === undefined) return null
        this.open.delete(fact.request)
        const { asked, taken } = open
        return fact.kind === 'replied' ? { kind: 'answered', asked, fact } : { kind: 'given-up', asked, fact, taken }
      }
      default: return null
    }
  }

  /** Those without an end so far, in the order of their calls. */
  stillOpen(): Asked[] {
    return Array.from(this.open.values(), ({ asked }) => asked)
  }
}

/** How each operation began, in order. */
export function* asksIn(facts: Iterable<Fact>): Generator<Asked, void, void> {
  const calls = new Calls()
  for (const fact of facts) {
    const event = calls.see(fact)
    if (event?.kind === 'called') yield event.asked
  }
}
