import { capital } from '../sim/words.ts'
import { fail } from '../sim/assert.ts'
import type { Claim, Judge } from '../sim/claim.ts'
import { cloneJson } from '../sim/json.ts'
import type { HistorySpec } from '../sim/scenario.ts'
import type { Json, Shape } from '../sim/types.ts'
import type { Operation } from '../consistency/history.ts'
import { sameJson } from '../consistency/json.ts'
import { inTime } from '../consistency/linearizable/order.ts'
import { relax, relaxed } from '../consistency/linearizable/relax.ts'
import { isLinearizable } from '../consistency/linearizable/search.ts'
import { explain } from '../consistency/linearizable/shapes.ts'
import type { Rules } from '../consistency/linearizable/relax.ts'
import { rulesFor } from '../consistency/linearizable/useless.ts'
import { linearizableWords, witnessOf } from '../consistency/linearizable/witness.ts'
import { didWords } from '../consistency/linearizable/words.ts'
import type { Words } from '../consistency/linearizable/words.ts'
import type { Model } from '../consistency/model.ts'
import { models } from '../consistency/models/index.ts'
import { answered, called, startOnline } from '../consistency/online/index.ts'
import type { Evidence, Outcome } from '../consistency/online/index.ts'
import { ONLINE_LIMITS } from '../consistency/online/state.ts'
import type { OnlineLimits, OnlineState } from '../consistency/online/state.ts'
import { spendOf } from '../consistency/verdict.ts'
import { endOf, seeCall } from './calls.ts'
import type { CallFact, OpenCalls } from './calls.ts'
import type { OwnWords } from './shows.ts'
import { customerName } from './words.ts'

/** Plain JSON. Of an object that is not known any more, `online.objects[...].given` says why. */
export interface LinearizableState {
  online: OnlineState
  /** Operations under way. An operation's number is that of its first fact. */
  open: OpenCalls
}

/** Steps of search for each question on the way to a small witness, and for all of them; beyond, the witness stays as large as it is. */
const STEPS_QUESTION = 5_000, STEPS_QUESTIONS = 100_000
/** How often a witness is told again until it stays the same. */
const RETELLINGS_MAX = 4
/** A witness is looked for among so many of the latest answers first: most breaks are between neighbours. */
const LATEST: readonly number[] = [4, 8, 16, 32, 64, 128, 256]
/** To tell a break among more operations than that takes too long: they are made fewer first. */
const TOLD_MAX = 32
/** Where no witness can be told again: one from the start of the round is taken rather than a smaller one from states that the object may have been in later, up to so many operations. */
const FROM_START_MAX = 6

/** The shape of a breach of which only the answer can be told. */
const TOO_FAR = 'too-far'

const words: Words = { client: customerName }

/**
 * Every customer's operation takes effect at one moment between its call, when the customer asks, and its answer (Herlihy and Wing, "Linearizability",
 * 1990). One that nobody answers, or that was sent on and found no node, may take effect at any time after its call, or never; one that no node has taken up has none.
 * `spec`: how the mission's operations read as calls on an object. Throws `AssertionFailed` for a model that is not in the registry.
 *
 * A breach is told once for each answer that breaks its object, by its key and request. That answer is then taken as never given, and what would have made it right
 * may happen once, unseen, from then on: a write that is lost for good is one breach, not one for each read after it; a value that comes back is another. Its
 * witness are the calls and answers that no order explains from the start of the round, and a fresh claim tells the same of them. Only where too much came before, it is
 * from the states that the object may have been in. An object that passes a limit of `online/state.ts` is not judged any more: nothing is said of it, neither good nor bad.
 *
 * A fact costs a few microseconds, at most what the limits allow; a breach tens of milliseconds for its witness.
 */
export function linearizable<S extends Shape>(spec: HistorySpec<S>, own: OwnWords = {}, limits: OnlineLimits = ONLINE_LIMITS): Claim<LinearizableState> {
  const kind = Object.hasOwn(models, spec.model) ? models[spec.model] : undefined
  if (kind === undefined) fail(`there is no model ${spec.model}`)
  const model = kind.make(spec.init)

  const see = (state: LinearizableState, fact: CallFact, judge: Judge): void => {
    const event = seeCall(state.open, fact)
    if (event === null) return
    const { n: id, customer: client, atMs, operation } = event.asked
    if (event.kind === 'called') {
      called(state.online, model, { id, client, ...spec.call(operation as S['operation']), status: 'info', call: id, ret: null, result: undefined, atMs: [atMs, null] })
      return
    }
    const { status, result } = endOf(spec, event)
    const outcome: Outcome = answered(state.online, model, id, status, result, fact.n, fact.atMs)
    if (outcome.verdict === 'violated') report(judge, spec.model, model, outcome.evidence, limits)
  }

  return {
    words: own.words ?? linearizableWords.words,
    severity: 'severe',
    concept: own.concept ?? 'consistency',
    prevention: own.prevention ?? linearizableWords.prevention,
    init: () => ({ online: startOnline(limits), open: {} }),
    folds: { asked: see, requested: see, replied: see, expired: see, unreached: see },
    sentence(values) {
      const { object, model: type, shape, operations, from } = values as unknown as { object: string; model: string; shape: string; operations: readonly Operation[]; from: readonly Json[] }
      if (shape === TOO_FAR) return `${capital(didWords(operations[0] as Operation, words))}. No order of all that happened to ${object === '' ? 'it' : object} explains that, but the reason lies too far back to be shown.`
      return explain(type, { operations, from, before: inTime }, words).sentence
    },
  }
}

type Breaks = (some: readonly Operation[], from: readonly Json[]) => boolean | 'unknown'
interface Small { operations: readonly Operation[]; from: readonly Json[] }

/** Tells a breach with a small witness. Its key names the object, and by its first fact the request whose answer broke it: the last one of the witness. */
function report(judge: Judge, type: string, model: Model, evidence: Evidence, limits: OnlineLimits): void {
  const breaks = breaksOf(model)
  const isShown = breaks(evidence.operations, evidence.from) === true
  const shown = (): Small => {
    const latest = { ...evidence, operations: [...narrowed(evidence.operations, rulesFor(type, model, inTime), (some) => breaks(some, evidence.from))] }
    return retellable(type, model, latest, limits) ?? smallest(type, model, latest, breaksOf(model))
  }
  const { operations, from } = isShown ? shown() : { operations: [evidence.answer], from: [] }
  const shape = isShown ? explain(type, { operations, from, before: inTime }, words).shape : TOO_FAR
  const last = lastOf(operations)
  const witness = operations.flatMap(({ call, ret }) => (ret === null ? [call] : [call, ret])).sort((a, b) => a - b)
  judge.breach(`${evidence.partition} ${last.id}`, witness, cloneJson({ object: evidence.partition, model: type, shape, operations, from }) as unknown as { [name: string]: Json })
}

/** Whether some operations break the claim, within the steps of one witness. */
function breaksOf(model: Model): Breaks {
  const spend = spendOf({ steps: STEPS_QUESTIONS })
  return (some, from) => {
    const outcome = spend(STEPS_QUESTION, (meter) => isLinearizable(model, some, meter, from))
    return outcome === 'unknown' ? 'unknown' : outcome === 'violated'
  }
}

/** The operation that was answered last. */
const lastOf = (operations: readonly Operation[]): Operation => operations.reduce((latest, one) => ((one.ret ?? -1) > (latest.ret ?? -1) ? one : latest))

/**
 * A witness that begins as the round did, and of which a fresh claim tells the same; null where there is none, as what came first is forgotten or as each retelling leads to
 * another. It is true of the round too: its answers have no order either if all else that was asked may have happened or not.
 */
function retellable(type: string, model: Model, { partition, operations: all, from }: Evidence, limits: OnlineLimits): Small | null {
  const [start] = from
  if (start === undefined || from.length > 1 || !model.equal(start, model.init)) return null
  const rules = rulesFor(type, model, inTime)
  const isTrue = (told: readonly Operation[]): boolean => {
    const answers = new Set(told.filter(({ status }) => status === 'ok').map(({ id }) => id))
    return breaksOf(model)(relaxed(all, ({ id }) => !answers.has(id), rules), from) === true
  }
  const told = (tell: (operations: readonly Operation[]) => readonly Operation[]): Small | null => {
    for (let operations = tell(all), tries = 0; tries < RETELLINGS_MAX; tries++) {
      const again = alone(model, operations, limits)
      if (again === null) return null
      const next = tell(again.operations)
      if (sameJson(next as unknown as Json, operations as unknown as Json)) return isTrue(operations) ? { operations, from } : null
      operations = next
    }
    return null
  }
  return told((operations) => witnessOf({ type, model, partition, operations, from, before: inTime, breaks: breaksOf(model), fromStart: true, words }).operations)
    ?? told((operations) => {
      const breaks = breaksOf(model)
      return relax(operations, (some) => breaks(some, from), rules, 1)
    })
}

/** The operations with as few of the latest answers as still break, by the sizes that are tried, and fewer where those are many; all else may have happened or not. */
function narrowed(operations: readonly Operation[], rules: Rules, breaks: (some: readonly Operation[]) => boolean | 'unknown'): readonly Operation[] {
  const ends = operations.flatMap(({ ret }) => ret ?? []).sort((a, b) => b - a)
  let found = operations
  for (const size of LATEST) {
    const since = ends[size]
    if (since === undefined) break
    const some = relaxed(operations, ({ ret }) => ret !== null && ret <= since, rules)
    if (breaks(some) !== true) continue
    found = some
    break
  }
  return found.length <= TOLD_MAX ? found : relax(found, breaks, rules, 1)
}

/** The last break that the claim finds in operations alone, or null. */
function alone(model: Model, operations: readonly Operation[], limits: OnlineLimits): Evidence | null {
  const online = startOnline(limits)
  const events = operations.flatMap((one) => [{ at: one.call, one }, ...(one.ret === null ? [] : [{ at: one.ret, one }])]).sort((a, b) => a.at - b.at)
  let evidence: Evidence | null = null
  for (const { at, one } of events) {
    const outcome: Outcome = at === one.call ? called(online, model, one) : answered(online, model, one.id, one.status, one.result, at, one.atMs?.[1] ?? undefined)
    if (outcome.verdict === 'violated') evidence = outcome.evidence
  }
  return evidence
}

/** A witness that breaks the claim alone, by its last answer, from the start of the round, if there is a small one; else one from states that the object may have been in. */
function smallest(type: string, model: Model, { partition, operations, from }: Evidence, breaks: Breaks): Small {
  const start = [model.init]
  const small = witnessOf({ type, model, partition, operations, from, before: inTime, breaks, words })
  const last = lastOf(small.operations)
  if (breaks(small.operations, start) === true && breaks(small.operations.filter((one) => one !== last), start) === false) return small
  // What came before the operations that are kept may have left any of those states, so it has to break from them too.
  const both = from.some((state) => model.equal(state, model.init)) ? from : [...start, ...from]
  if (breaks(operations, both) !== true) return small
  const alone = relax(operations, (some) => breaks(some, both), rulesFor(type, model, inTime))
  return alone.length <= FROM_START_MAX ? { operations: alone, from: both } : small
}
