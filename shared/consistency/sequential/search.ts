import type { Operation } from '../history.ts'
import { IMPOSSIBLE, States } from '../linearizable/states.ts'
import type { Outcome } from '../linearizable/search.ts'
import type { Model } from '../model.ts'
import type { Meter } from '../verdict.ts'
import { Configurations } from './configurations.ts'
import { firstFrom, growing, hopesOf, mayBecome } from './hopes.ts'
import type { Hope, Hopes } from './hopes.ts'
import { planOf } from './plan.ts'
import type { Plan, Planned } from './plan.ts'

/**
 * Whether some order of all operations, of all partitions together, explains all answers and keeps each client's own order (Lamport, "How to make a
 * multiprocessor computer that correctly executes multiprocess programs", 1979). `operations`: in any order. An unanswered one comes after what its client had
 * answered before, and before nothing, or does not happen. `unknown` when the meter or memory runs out, and never otherwise.
 *
 * Tries what may come next and goes back where it fails. Exponential in the number of clients at worst (the problem is NP-complete: Gibbons and
 * Korach, "Testing shared memories", 1997); whoever answered first is tried first, so that a history that is linearizable, or nearly, is soon found fine.
 */
export function isSequential(model: Model, operations: readonly Operation[], meter: Meter): Outcome {
  return new Search(model, planOf(model, operations), meter).run()
}

/** What one step did, to be undone. `choice`: a client, or after all clients a group of unanswered operations; `before`: the state of its partition. */
interface Taken { choice: number; partition: number; before: number }

/** One configuration on the way: what led to it, which operations that change nothing were taken on arrival, and what is left to try. */
interface Frame { led: Taken | null; still: readonly number[]; choices: readonly number[]; next: number; /** If an unanswered operation led here and has made no difference yet: what its partition was before. */ owes: Taken | null }

const placeOfHope = ({ place }: Hope): number => place, itself = (place: number): number => place

/**
 * A configuration is how far each client is, how many unanswered operations of each group were used, and the state of each partition.
 *
 * Not every way is tried:
 * 1. An operation that changes no state and fits goes at once: whatever comes before it in a completion can as well come after it.
 * 2. After an unanswered operation comes one of its partition for which it made a difference. The operation then owes none any more.
 * 3. A configuration met before is not looked at again.
 * 4. Nothing can come of a configuration in which a client reads next what is not held, cannot grow from it, and is written by none that is still to come.
 *
 * Why none is missed: let some met configurations have completions. Take those with the shortest, of these those with most unanswered operations in it, of
 * these the one met first, R. If R owes nothing, its next step is tried, and leads to a shorter completion: it was not R. If R owes, the way to it is from a
 * configuration B, which owes nothing, by unanswered operations I1 to Im of one partition, each of which made a difference for the next. Say that rule 2 left out
 * R's next step X. If X is of that partition, then Im made no difference for it, and the configuration before R has the same completion and was met earlier.
 * If X is of another, B could as well take X (and, if X is unanswered, what X makes a difference for; if that is nothing, X can be left out) and then I1 to Im. So
 * the configuration that this has led to before Im has a completion that is no longer, with Im in it, or a shorter one. In each case it was not R.
 */
class Search {
  private readonly plan: Plan
  private readonly meter: Meter
  private readonly states: States
  private readonly met: Configurations
  /** The configuration: a word for each client, each group, and each partition. */
  private readonly row: Int32Array
  private readonly hopes: Hopes
  private readonly grows: readonly boolean[]
  private readonly firstGroup: number
  private readonly firstState: number
  private left: number
  /** Steps of the budget for one choice: it looks at each word of the configuration. */
  private readonly stepsEach: number

  constructor(model: Model, plan: Plan, meter: Meter) {
    this.plan = plan
    this.meter = meter
    this.hopes = hopesOf(plan)
    this.grows = growing(plan)
    this.states = new States(model, plan.kinds)
    this.firstGroup = plan.clients.length
    this.firstState = this.firstGroup + plan.groups.length
    this.row = new Int32Array(this.firstState + plan.partitions)
    this.row.fill(this.states.numberOf(model.init), this.firstState)
    this.met = new Configurations(this.row.length)
    this.stepsEach = 1 + (this.row.length >> 3)
    this.left = plan.clients.reduce((sum, own) => sum + own.length, 0)
  }

  run(): Outcome {
    const first = this.arrive(null)
    if (this.left === 0) return 'fine'
    const frames = [first]
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const choice = frame.choices[frame.next++]
      if (choice === undefined) {
        this.leave(frame)
        frames.pop()
        continue
      }
      if (!this.meter.take(this.stepsEach)) return 'unknown'
      const taken = this.take(choice, frame.owes)
      if (taken === null) continue
      const then = this.arrive(taken)
      if (this.left === 0) return 'fine'
      const met = this.met.meet(this.row)
      if (met === 'full') return 'unknown'
      if (met === 'new') frames.push(then)
      else this.leave(then)
    }
    return 'violated'
  }

  private nextOf(client: number): Planned | undefined {
    return this.plan.clients[client]![this.row[client]!]
  }

  /** Takes a step if it fits. `owes`: the step of an unanswered operation for which this one has to show a difference. */
  private take(choice: number, owes: Taken | null): Taken | null {
    const operation = choice < this.firstGroup ? this.nextOf(choice)! : this.plan.groups[choice - this.firstGroup]!
    const { kind, partition } = operation
    const at = this.firstState + partition, before = this.row[at]!
    const after = this.states.after(before, kind)
    if (after === IMPOSSIBLE) return null
    if (owes !== null && (owes.partition !== partition || this.states.after(owes.before, kind) === after)) return null
    if (choice >= this.firstGroup && after === before) return null
    this.row[at] = after
    this.row[choice]!++
    if (after !== before && this.isHopeless(partition, after)) {
      this.row[at] = before
      this.row[choice]!--
      return null
    }
    if (choice < this.firstGroup) this.left--
    return { choice, partition, before }
  }

  /** Whether some client can never read what it reads next. */
  private isHopeless(partition: number, state: number): boolean {
    const held = this.states.at(state), grows = this.grows[partition]!
    return this.hopes[partition]?.some(({ client, reads }) => {
      const next = firstFrom(reads, placeOfHope, this.row[client]!)
      return next !== undefined && !mayBecome(held, next.result, grows)
        // What this client writes only later does not help.
        && !next.makers.answered.some((maker) => {
          const still = maker.client === client ? firstFrom(maker.places, itself, this.row[client]!) : maker.places.at(-1)
          return still !== undefined && (maker.client === client ? still < next.place : still >= this.row[maker.client]!)
        })
        && !next.makers.groups.some((group) => this.plan.groups[group]!.after.length > this.row[this.firstGroup + group]!)
    }) ?? false
  }

  /** Takes what changes nothing and fits, and lists what may come next. */
  private arrive(led: Taken | null): Frame {
    const still: number[] = []
    let owes = led !== null && led.choice >= this.firstGroup ? led : null
    for (let client = 0; client < this.firstGroup; client++) {
      for (let one = this.nextOf(client); one?.pure === true; one = this.nextOf(client)) {
        if (this.states.after(this.row[this.firstState + one.partition]!, one.kind) === IMPOSSIBLE) break
        // It did not fit before the unanswered operation, or it would have been taken then.
        if (one.partition === owes?.partition) owes = null
        this.row[client]!++
        this.left--
        still.push(client)
      }
    }
    return { led, still, choices: this.choices(), next: 0, owes }
  }

  /** Clients with something to do, whose answer came first first; then groups of which one more may happen. */
  private choices(): number[] {
    const clients: number[] = []
    for (let client = 0; client < this.firstGroup; client++) if (this.nextOf(client) !== undefined) clients.push(client)
    clients.sort((a, b) => this.nextOf(a)!.ret - this.nextOf(b)!.ret)
    for (const [at, { after }] of this.plan.groups.entries()) {
      let may = 0
      for (const { client, answers } of after) if (this.row[client]! >= answers) may++
      if (may > this.row[this.firstGroup + at]!) clients.push(this.firstGroup + at)
    }
    return clients
  }

  private leave({ led, still }: Frame): void {
    for (const client of still) this.row[client]!--
    this.left += still.length
    if (led === null) return
    this.row[led.choice]!--
    if (led.choice < this.firstGroup) this.left++
    this.row[this.firstState + led.partition] = led.before
  }
}
