import { seeCall } from '../invariants/calls.ts'
import type { Asked, CallEvent, OpenCalls } from '../invariants/calls.ts'
import type { Fact } from '../sim/facts.ts'

/** What `fact`, of any kind, tells of a customer's operation; null for no news. */
export function callEventOf(open: OpenCalls, fact: Fact): CallEvent | null {
  switch (fact.kind) {
    case 'asked': case 'requested': case 'replied': case 'expired': case 'unreached': return seeCall(open, fact)
    default: return null
  }
}

/** How each operation began, in order. */
export function* asksIn(facts: Iterable<Fact>): Generator<Asked, void, void> {
  const open: OpenCalls = {}
  for (const fact of facts) {
    const event = callEventOf(open, fact)
    if (event?.kind === 'called') yield event.asked
  }
}
