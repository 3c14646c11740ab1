import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { Field } from '../../shared/sim/fields.ts'
import type { ActionSpec, Scenario } from '../../shared/sim/scenario.ts'
import type { NodeId, Self, Shape } from '../../shared/sim/types.ts'
import type { FiguresTold } from '../../shared/wire/messages.ts'
import { texts } from '../texts/play.ts'
import type { Action } from './choices.ts'
import type { Hands } from './hands.ts'

/** A slider that has not moved for so long, in ms, is where the hand wants it: then the number is sent. */
export const REST_MS = 300
/** Never more than six sliders at once, as there are never more keys. */
const DIALS_MAX = 6

type Spec = ActionSpec<Shape, Shape['action']>
type Integer = Extract<Field, { type: 'integer' }>
const isNumber = (entry: [string, Field]): entry is [string, Integer] => entry[1].type === 'integer'

/** A number of the node's own, with its slider. */
export interface Dial {
  /** Its action, whom that is about, and its field. */
  id: string
  /** Numbers of the same action are set together. */
  group: string
  name: string
  label: string
  note: string | null
  least: number
  /** As far as physics lets it go. */
  most: number
  step: number
  unit: string
  now: number
  /** What sends it: all numbers of the action as they are now. */
  action: Action
}

/** Whether an action does nothing but set numbers of the node. */
const setsNumbers = ({ fields }: Spec): boolean => Object.values(fields).some(({ type }) => type === 'integer') && Object.values(fields).every(({ type }) => type === 'integer' || type === 'peer')
const asksPeer = ({ fields }: Spec): string | null => Object.keys(fields).find(name => fields[name]?.type === 'peer') ?? null
const settersOf = (scenario: Scenario): [string, Spec][] => Object.entries<Spec>(scenario.actions).filter(([, spec]) => setsNumbers(spec))

/** What a mission has to set: nothing, numbers of the node, or also numbers for one peer, which has to be picked first. */
export function settable(scenario: Scenario): 'nothing' | 'numbers' | 'peers too' {
  const setters = settersOf(scenario)
  return setters.length === 0 ? 'nothing' : setters.some(([, spec]) => asksPeer(spec) !== null) ? 'peers too' : 'numbers'
}

/** The highest value of a number that physics does not refuse, with all else as it is. */
function mostOf(spec: Spec, self: Self, action: Action, name: string, { least, most, step }: Integer): number {
  let value = most
  while (value > least && (spec.refusal?.(self, { ...action, [name]: value }) ?? null) !== null) value -= step
  return value
}

/** The numbers that the student may set now. A number for one peer is there once that peer is picked (`target`). */
export function dialsOf(scenario: Scenario, self: Self, target: NodeId | null): Dial[] {
  return settersOf(scenario).flatMap(([kind, spec]): Dial[] => {
    const peer = asksPeer(spec), picked = target !== null && self.peers.includes(target) ? target : null
    if ((peer !== null && picked === null) || !spec.offered(self, null)) return []
    const numbers = Object.entries(spec.fields).filter(isNumber), now = spec.now?.(self, picked) ?? {}
    const values = Object.fromEntries(numbers.map(([name, field]) => [name, now[name] ?? field.usual]))
    const action: Action = { kind, ...values, ...(peer === null || picked === null ? {} : { [peer]: picked }) }
    const group = peer === null ? kind : `${kind} ${picked}`
    return numbers.map(([name, field]) => ({
      id: `${group} ${name}`, group, name, label: numbers.length === 1 ? spec.label(self) : field.label, note: peer === null ? null : spec.consequence?.(self, null, picked) ?? null,
      least: field.least, most: mostOf(spec, self, action, name, field), step: field.step, unit: field.unit, now: values[name] ?? field.usual, action,
    }))
  }).slice(0, DIALS_MAX)
}

/** A number in words, with its unit. */
export const valueText = (value: number, unit: string): string => (unit === 'ms' ? `${Math.round(value / 100) / 10} s` : unit === '' ? String(value) : `${value} ${unit}`)

/** What is in the hand that moves sliders. */
export interface Dials {
  /** What the slider shows: where the hand has it until the node has done it, else what the number is. */
  at(dial: Dial): number
  state(dial: Dial): 'still' | 'moving' | 'sending' | 'under way'
  move(dial: Dial, value: number): void
  /** The figures as they were when a number was last sent: what came of it is seen beside them. */
  readonly before: ReadonlySignal<FiguresTold['values'] | null>
}

export interface DialTools {
  hands: Pick<Hands, 'set' | 'sending' | 'underWay'>
  live(): boolean
  say(text: string): void
  figures(): FiguresTold['values'] | null
}

/** Sliders of one page. A number is sent when its slider rests; those of one action that were moved together go together. */
export function makeDials({ hands, live, say, figures }: DialTools): Dials {
  const held = signal<{ readonly [group: string]: { readonly [name: string]: number } }>({}), before = signal<FiguresTold['values'] | null>(null)
  const resting = new Map<string, ReturnType<typeof setTimeout>>()

  const isUnderWay = (group: string): boolean => hands.sending.value.has(group) || hands.underWay.value.has(group)
  const heldOf = (group: string): { readonly [name: string]: number } => {
    const values = held.value[group] ?? {}
    return resting.has(group) || isUnderWay(group) ? values : {}
  }

  const send = (group: string, action: Action): void => {
    const values = heldOf(group)
    resting.delete(group)
    before.value = figures()
    hands.set(group, { ...action, ...values })
    // Where nothing was sent the slider goes back.
    held.value = { ...held.value, [group]: values }
  }

  return {
    before,
    at: dial => heldOf(dial.group)[dial.name] ?? dial.now,
    state({ group, name }) {
      if (heldOf(group)[name] === undefined) return 'still'
      return resting.has(group) ? 'moving' : hands.sending.value.has(group) ? 'sending' : 'under way'
    },
    move({ group, name, action }, value) {
      if (!live()) return say(texts.goneShort)
      const values = { ...heldOf(group), [name]: value }
      clearTimeout(resting.get(group))
      resting.set(group, setTimeout(() => send(group, action), REST_MS))
      held.value = { ...held.value, [group]: values }
    },
  }
}
