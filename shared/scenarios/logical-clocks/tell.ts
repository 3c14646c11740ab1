import type { Fact } from '../../sim/facts.ts'
import type { Action, Message } from './types.ts'
import type { FactWords } from './words/facts-en.ts'

/** Facts of this mission in one sentence each, in the words of a language; null where the general words do. */
export const factsIn = (say: FactWords) => (fact: Fact): string | null => {
  switch (fact.kind) {
    case 'acted': return say.decided(fact.node, fact.action as Action)
    case 'sent': return say.sent(fact.node, fact.to, fact.body as Message)
    case 'delivered': return say.arrived(fact.node, fact.from, fact.body as Message)
    case 'timer': return say.rang(fact.node, fact.name)
    default: return null
  }
}
