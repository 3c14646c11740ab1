import type { Fact } from '../sim/facts.ts'

/** Facts of a mission in one sentence each, in the words of a language. */
export interface FactWords<Action, Message> {
  decided(node: string, action: Action): string
  sent(from: string, to: string, message: Message): string
  arrived(at: string, from: string, message: Message): string
  /** An alarm that goes off; null where the general words do. */
  rang(node: string, alarm: string): string | null
}

/** Null where the general words do. */
export const factsIn = <Action, Message>(say: FactWords<Action, Message>) => (fact: Fact): string | null => {
  switch (fact.kind) {
    case 'acted': return say.decided(fact.node, fact.action as Action)
    case 'sent': return say.sent(fact.node, fact.to, fact.body as Message)
    case 'delivered': return say.arrived(fact.node, fact.from, fact.body as Message)
    case 'timer': return say.rang(fact.node, fact.name)
    default: return null
  }
}
