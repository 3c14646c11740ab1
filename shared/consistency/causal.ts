import { decideCausal, reasonsOf, suspectsOf } from './causal/decide.ts'
import type { CausalBreak } from './causal/decide.ts'
import type { Level } from './causal/patterns.ts'
import { tellCausal } from './causal/words.ts'
import type { History, Operation } from './history.ts'
import { ofOneClient } from './linearizable/order.ts'
import { fewest } from './register-witness.ts'
import { refuseRegisters } from './registers.ts'
import type { Registers } from './registers.ts'
import { Meter } from './verdict.ts'
import type { Budget, Check, Verdict, Witness } from './verdict.ts'

function witnessOf(history: History, whole: { registers: Registers; found: CausalBreak }, level: Level, promised: string, meter: Meter): Witness {
  const { model } = history
  const look = (some: readonly Operation[]) => decideCausal(some, model.init, level, meter)
  const suspects = suspectsOf(whole.registers, whole.found)
  const few = fewest(history, suspects, ofOneClient, (some) => look(some).verdict === 'violated')
  const again = look(few)
  // A budget that ends here leaves what was found first: larger, and as true.
  const { operations, registers, found } = again.verdict === 'violated' ? { ...again, operations: few } : { ...whole, operations: suspects }
  return { operations, partition: null, from: [model.init], edges: reasonsOf(registers, found), shape: found.kind, sentence: tellCausal(registers, found, promised) }
}

function check(level: Level, title: string, words: string, promised: string): Check {
  return {
    title, words, concept: 'causal consistency',
    prevention: 'Send with each write what its writer had seen, and show it nowhere before that is there.',
    run(history: History, budget: Budget): Verdict {
      const refused = refuseRegisters(history, 'Causal consistency')
      if (refused !== null) return { verdict: 'unknown', why: refused }
      const meter = new Meter(budget)
      const decided = decideCausal(history.operations, history.model.init, level, meter)
      switch (decided.verdict) {
        case 'fine': return decided
        case 'unknown': return decided
        case 'violated': return { verdict: 'violated', witness: witnessOf(history, decided, level, promised, meter) }
      }
    },
  }
}

/**
 * Causal consistency of registers: `read` and `write`, or `get` and `put`. For other operations the verdict is `unknown`, which says so.
 *
 * One thing comes causally before another if the same client did it earlier, if it is the write that the other read, or by a chain of these (Ahamad and
 * others, "Causal memory", 1995, after Lamport, 1978). The literature knows three strengths of keeping that order, told apart by Bouajjani, Enea, Guerraoui
 * and Hamza (POPL 2017), and each is offered:
 * - `weak-causal` (their CC): each read by itself is explained by some order of what came causally before it. A client may see two overlapping writes one way
 *   round now and the other way round later.
 * - `causal` (their CM): each client sees all it knows of in one order that explains all its reads; two clients may see overlapping writes in different
 *   orders. The plain name means this one. It is the definition of the paper that named it, it is what textbooks teach ("all see causally related writes in
 *   the same order, others may be seen in different orders"), and a student expects that nobody sees a value come back.
 * - `causal-convergence` (their CCv): all clients agree on one order of overlapping writes. Neither of the last two implies the other.
 *
 * A read reads one write: where values are equal, a history keeps a level when it would if equal values could be told apart in some way. An unanswered write
 * happened if somebody read it, and comes before nothing that its client did later. A read without an answer says nothing.
 */
export const causalChecks = {
  'weak-causal': check('weak', 'Weak causal consistency', 'Nobody reads a value when it knows of a newer one.', 'weak causal consistency'),
  causal: check('memory', 'Causal memory', 'Each client sees the writes in one order, in which causes come before effects.', 'causal memory'),
  'causal-convergence': check('convergence', 'Causal convergence', 'All clients agree on one order of the writes, in which causes come before effects.', 'causal convergence'),
} as const satisfies { readonly [id: string]: Check }
