import { decideCausal, reasonsOf, suspectsOf } from './causal/decide.ts'
import type { CausalBreak, CausalVerdict } from './causal/decide.ts'
import type { Level } from './causal/patterns.ts'
import { tellCausal } from './causal/words.ts'
import { grouped } from './grouped.ts'
import type { History, Operation } from './history.ts'
import { ofOneClient } from './linearizable/order.ts'
import { relax } from './linearizable/relax.ts'
import type { Rules } from './linearizable/relax.ts'
import { isLinearizable } from './linearizable/search.ts'
import { explain } from './linearizable/shapes.ts'
import { rulesFor } from './linearizable/useless.ts'
import type { Model } from './model.ts'
import { models } from './models/index.ts'
import { refuseRegisters } from './registers.ts'
import type { Registers } from './registers.ts'
import { isSequential } from './sequential/search.ts'
import { tellClients } from './tell.ts'
import { spendOf } from './verdict.ts'
import type { Budget, Check, Spend, Verdict, Witness } from './verdict.ts'

/** Steps for a quick look, of which there may be one for each partition and a few more. */
const STEPS_QUICK = 200_000
/** Steps to find out what follows from who read from whom. */
const STEPS_REASONS = 2_000_000
/** Steps for one question of those that make a witness smaller, and for all of them. Beyond, the witness stays as small as it is by then. */
const STEPS_QUESTION = 20_000, STEPS_QUESTIONS = 2_000_000

interface Case { history: History; model: Model; rules: Rules; budget: Budget; spend: Spend }
function breaksOf({ model, budget }: Case): (operations: readonly Operation[]) => boolean | 'unknown' {
  const spend = spendOf({ ...budget, steps: STEPS_QUESTIONS })
  return (operations) => {
    const outcome = spend(STEPS_QUESTION, (meter) => isSequential(model, operations, meter))
    return outcome === 'unknown' ? 'unknown' : outcome === 'violated'
  }
}

/** The witness of operations that break, few if what is wrong is known. If they turn out to be of one partition, it is told as a break of one object. */
function witness(here: Case, operations: readonly Operation[]): Witness {
  const { history: { model: { type, init } }, model, rules } = here
  const breaks = breaksOf(here)
  let few = relax(operations, breaks, rules)
  // One that cannot help may only show as such when others have gone, and then more can be relaxed.
  for (let next = rules.helpful(few); next.length < few.length; next = rules.helpful(few)) few = relax(next, breaks, rules)
  few = few.toSorted((a, b) => a.call - b.call)
  const [partition, ...others] = grouped(few, (one) => model.partition(one)).keys()
  if (partition !== undefined && others.length === 0) {
    const { shape, sentence } = explain(type, { operations: few, from: [init], before: ofOneClient })
    return { operations: few, partition, from: [init], edges: [], shape, sentence }
  }
  const whole = { operations: few, partition: null, from: [init] }
  const known = againstCausality({ ...here, history: { ...here.history, operations: few }, spend: spendOf({ steps: STEPS_QUICK }) })
  if (known === null || known.found.kind === 'no-assignment') return { ...whole, edges: [], shape: 'no-order', sentence: `No one order of all operations explains their answers and keeps each client's own: ${tellClients(few)}.` }
  return { ...whole, edges: reasonsOf(known.registers, known.found), shape: known.found.kind, sentence: tellCausal(known.registers, known.found, 'sequential consistency') }
}

/**
 * What follows from who read from whom, if that is a break of any one order; null if it is none, which proves nothing, or if not all are registers. Of that and
 * of a break of causal convergence, which is one too, the one that rests on fewer operations.
 */
function againstCausality({ history, spend }: Case): { registers: Registers; found: CausalBreak } | null {
  if (refuseRegisters(history, 'Causality') !== null) return null
  const decide = (level: Level): CausalVerdict => spend(STEPS_REASONS, (meter) => decideCausal(history.operations, history.model.init, level, meter))
  const one = decide('one')
  if (one.verdict !== 'violated') return null
  const settled = decide('convergence')
  return settled.verdict === 'violated' && suspectsOf(settled.registers, settled.found).length < suspectsOf(one.registers, one.found).length ? settled : one
}

function run(history: History, budget: Budget): Verdict {
  const { type, init } = history.model
  const kind = Object.hasOwn(models, type) ? models[type] : undefined
  if (kind === undefined) return { verdict: 'unknown', why: `There is no model called "${type}".` }
  const model = kind.make(init), rules = rulesFor(type, model, ofOneClient), spend = spendOf(budget)
  const helpful = rules.helpful(history.operations.filter(({ status }) => status !== 'fail'))
  const here: Case = { history: { ...history, operations: helpful }, model, rules, budget, spend }
  // What is linearizable key by key is so as a whole (Herlihy and Wing's theorem 1), and so sequential.
  const suspects = [...grouped(helpful, (one) => model.partition(one)).values()].filter((some) => spend(STEPS_QUICK, (meter) => isLinearizable(model, some, meter)) !== 'fine')
  if (suspects.length === 0) return { verdict: 'fine' }
  const known = againstCausality(here)
  if (known !== null) return { verdict: 'violated', witness: witness(here, suspectsOf(known.registers, known.found)) }
  for (const some of suspects) if (spend(STEPS_QUICK, (meter) => isSequential(model, some, meter)) === 'violated') return { verdict: 'violated', witness: witness(here, some) }
  const outcome = spend(Infinity, (meter) => isSequential(model, helpful, meter))
  if (outcome === 'violated') return { verdict: 'violated', witness: witness(here, helpful) }
  return outcome === 'fine' ? { verdict: 'fine' } : { verdict: 'unknown', why: 'The search was stopped before it had tried all orders.' }
}

/**
 * Sequential consistency (Lamport, "How to make a multiprocessor computer that correctly executes multiprocess programs", 1979), for every model. It is about
 * all objects together: two that are each sequentially consistent may not be so together, unlike linearizability, so there is one order for all keys.
 * Time does not count, but each client's own order does: a client does one operation at a time, or goes on without an answer. An unanswered operation comes
 * after what its client did before, not before what it does later, and may never happen. Whether some order exists is searched for within the budget,
 * after quicker looks: at linearizability, which is more; at what follows from who read from whom, and at each key alone, which are less. A witness is made
 * smaller as for linearizability.
 */
export const sequential: Check = {
  title: 'Sequential consistency',
  words: 'All operations have one order that explains their answers and keeps the order of each client.',
  concept: 'sequential consistency',
  prevention: 'Put all writes into one order, of all objects together, and let no client read before its own writes are in it.',
  run,
}
