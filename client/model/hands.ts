import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { Json, NodeId } from '../../shared/sim/types.ts'
import type { Answer } from '../link/requests.ts'
import { texts } from '../texts/play.ts'
import { keyAt } from './choices.ts'
import type { Action, Choice, Desk, Picked } from './choices.ts'
import type { Did } from './student.ts'

/** A second press does what a warning warns of: not at once, lest a double click count as two, and not for ever. */
export const WARNED_MS_LEAST = 250, WARNED_MS_MOST = 8_000
/** A number that has just come to mean something else is not pressed by a finger that was on its way to the old one. */
export const STEADY_MS = 400

/** What a student holds: which things are in hand, which key is half pressed, which form is open. Page times in ms. */
export interface Hands {
  readonly picked: ReadonlySignal<Picked>
  readonly target: ReadonlySignal<NodeId | null>
  readonly warned: ReadonlySignal<string | null>
  readonly editing: ReadonlySignal<string | null>
  readonly sending: ReadonlySignal<ReadonlySet<string>>
  /** Keys that were pressed and whose action the node has not done yet: a node that is slow takes its time. */
  readonly underWay: ReadonlySignal<ReadonlySet<string>>
  take(column: 'letter' | 'request', n: number): void
  aim(peer: NodeId): void
  press(choice: Choice): void
  /** A number key. Says nothing when no such key is on the screen. */
  pressNumber(desk: Desk, number: number): void
  /** Fills in what a choice still asked for, and does it. */
  fill(choice: Choice, values: { readonly [name: string]: Json }): void
  /** Does an action that no key stands for, such as that of a slider; `id` names it in `sending` and `underWay`. */
  set(id: string, action: Action): void
  cancel(): void
  /** The node did what was asked of it, or will not. */
  did(what: Did): void
  /** The desk as it is now shown: what is hot stays hot. */
  see(desk: Desk): void
}

export interface Tools { now(): number; live(): boolean; act(action: Action): Promise<Answer>; say(text: string): void }

export function makeHands({ now, live, act, say }: Tools): Hands {
  const picked = signal<Picked>({ letter: null, request: null, taken: null, last: null }), target = signal<NodeId | null>(null)
  const warned = signal<string | null>(null), editing = signal<string | null>(null), sending = signal<ReadonlySet<string>>(new Set())
  const underWay = signal<ReadonlySet<string>>(new Set())
  /** What was asked of the node, oldest first: it does it in this order. */
  let asked: { id: string; action: Action }[] = []
  let warnedAtMs = 0
  const numbers = new Map<number, { id: string; sinceMs: number; moved: boolean }>()

  const setAsked = (next: typeof asked): void => {
    asked = next
    underWay.value = new Set(asked.map(one => one.id))
  }

  const perform = (id: string, action: Action): void => {
    warned.value = editing.value = null
    const one = { id, action }
    sending.value = new Set([...sending.value, id])
    setAsked([...asked, one])
    void act(action).then(answer => {
      sending.value = new Set([...sending.value].filter(one => one !== id))
      if (answer.ok) return
      setAsked(asked.filter(each => each !== one))
      say(answer.reason)
    })
  }

  const press = (choice: Choice): void => {
    if (sending.value.has(choice.id)) return
    if (!live()) return say(texts.goneShort)
    if (choice.refusal !== null) return say(choice.refusal)
    if (choice.asks.length > 0) {
      editing.value = editing.value === choice.id ? null : choice.id
      return
    }
    if (choice.warning !== null) {
      const sinceMs = now() - warnedAtMs
      if (warned.value !== choice.id || sinceMs > WARNED_MS_MOST) {
        warned.value = choice.id
        warnedAtMs = now()
        return
      }
      if (sinceMs < WARNED_MS_LEAST) return
    }
    perform(choice.id, choice.action)
  }

  return {
    picked, target, warned, editing, sending, underWay, press,
    take(column, n) { picked.value = { ...picked.value, [column]: n, last: column, ...(column === 'letter' ? { taken: n } : {}) } },
    aim(peer) { target.value = target.value === peer ? null : peer },
    pressNumber(desk, number) {
      const choice = keyAt(desk, number), known = numbers.get(number)
      if (choice === null) return
      if (known !== undefined && known.moved && now() - known.sinceMs < STEADY_MS) return say(texts.changed(number))
      press(choice)
    },
    fill(choice, values) {
      if (!live()) return say(texts.goneShort)
      perform(choice.id, { ...choice.action, ...values })
    },
    set(id, action) {
      if (!live()) return say(texts.goneShort)
      perform(id, action)
    },
    cancel() { warned.value = editing.value = null },
    did(what) {
      if (what === 'nothing left') return setAsked([])
      const at = what === 'refused' ? 0 : asked.findIndex(({ action }) => action.kind === what.kind && action['letter'] === what.letter && action['request'] === what.request)
      // A click that found the queue full leaves no trace: a later one that was done tells that it is gone.
      if (at >= 0) setAsked(asked.slice(at + 1))
    },
    see(desk) {
      const { letter, request, taken, last } = picked.value
      // Only what is shown hot is kept: the other column chooses anew when its turn comes.
      if (desk.picked.letter !== letter && desk.picked.letter !== null || desk.picked.request !== request && desk.picked.request !== null) {
        picked.value = { letter: desk.picked.letter ?? letter, request: desk.picked.request ?? request, taken, last }
      }
      for (let number = 1; number <= 6; number++) {
        const id = keyAt(desk, number)?.id, known = numbers.get(number)
        if (id === undefined) { numbers.delete(number); continue }
        if (known?.id !== id) numbers.set(number, { id, sinceMs: now(), moved: known !== undefined })
      }
      if (warned.value !== null && now() - warnedAtMs > WARNED_MS_MOST) warned.value = null
    },
  }
}
