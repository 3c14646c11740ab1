import type { Operation, Status } from '../../shared/consistency/history.ts'
import type { Model } from '../../shared/consistency/model.ts'
import { answered, called, startOnline } from '../../shared/consistency/online/index.ts'
import type { Outcome } from '../../shared/consistency/online/index.ts'
import type { OnlineState } from '../../shared/consistency/online/state.ts'
import type { Json } from '../../shared/sim/json.ts'
import { randomOf } from './random.ts'

/** One event of a history: an operation is called, or it is answered, or it is known that it never will be. */
export type Event =
  | { kind: 'call'; operation: Operation }
  | { kind: 'end'; operation: Operation; status: Status; result: Json | undefined; ret: number }

/** The events of a history, in order. Of each operation without answer it becomes known at some moment after its call, or never, by the seed. */
export function eventsOf(operations: readonly Operation[], seed = 0): Event[] {
  const random = randomOf(seed)
  const last = operations.reduce((most, { call, ret }) => Math.max(most, call, ret ?? 0), 0)
  const placed = operations.flatMap((operation): { at: number; event: Event }[] => {
    const { call, ret, status, result } = operation
    const at = ret ?? call + 0.5 + random(2 * (last - call + 1))
    const end = { at, event: { kind: 'end' as const, operation, status, result, ret: at } }
    return [{ at: call, event: { kind: 'call', operation } }, ...(at > last + 1 ? [] : [end])]
  })
  return placed.sort((a, b) => a.at - b.at).map(({ event }) => event)
}

/** The operations of the history that these events make up: what is open may have happened or not. */
export function operationsOf(events: readonly Event[]): Operation[] {
  const operations = new Map<number, Operation>()
  for (const event of events) {
    const { operation } = event
    if (event.kind === 'call') operations.set(operation.id, { ...operation, status: 'info', ret: null, result: undefined })
    else operations.set(operation.id, { ...operation, status: event.status, ret: event.status === 'info' ? null : event.ret, result: event.result })
  }
  return [...operations.values()]
}

/** Plays one event. */
export function play(state: OnlineState, model: Model, event: Event): Outcome {
  return event.kind === 'call' ? called(state, model, event.operation) : answered(state, model, event.operation.id, event.status, event.result, event.ret)
}

/** Plays all events; `after` is told the outcome of each. */
export function playAll(model: Model, events: readonly Event[], state: OnlineState = startOnline(), after?: (outcome: Outcome, n: number) => void): OnlineState {
  events.forEach((event, n) => {
    const outcome = play(state, model, event)
    after?.(outcome, n)
  })
  return state
}

/** So many clients, each with one operation at a time on any of some registers. `values`: how many there are; null: each write has its own. */
export interface Traffic { clients: number; keys: number; operations: number; values: number | null; lostPerMille: number; wrongPerMille: number }

/**
 * Events on registers, as the customers of a round make them: an answer takes 2 to 6 s, a rest 0 to 2 s, and an answer that is lost is given up
 * after 30 s. Each operation takes effect at a moment between call and end.
 */
export function traffic(seed: number, { clients, keys, operations: count, values, lostPerMille, wrongPerMille }: Traffic): Event[] {
  const random = randomOf(seed)
  const states: Json[] = Array.from({ length: keys }, () => null)
  interface Client { atMs: number; step: 'call' | 'act' | 'end'; open: Operation | null; answerMs: number; result: Json | undefined; lost: boolean }
  const all = Array.from({ length: clients }, (): Client => ({ atMs: random(8_000), step: 'call', open: null, answerMs: 0, result: undefined, lost: false }))
  const events: Event[] = []
  let calls = 0
  for (let position = 0; calls < count;) {
    const client = all.reduce((first, one) => (one.atMs < first.atMs ? one : first))
    if (client.step === 'call') {
      const write = random(2) === 0
      const key = random(keys)
      client.open = { id: calls++, client: all.indexOf(client), f: write ? 'write' : 'read', key: `k${key}`, arg: !write ? null : values === null ? calls : random(values), status: 'info', call: position++, ret: null, result: undefined, atMs: [client.atMs, null] }
      events.push({ kind: 'call', operation: client.open })
      client.lost = random(1_000) < lostPerMille
      client.answerMs = client.atMs + (client.lost ? 30_000 : 2_000 + random(4_000))
      client.atMs += random(client.answerMs - client.atMs)
      client.step = 'act'
      continue
    }
    const open = client.open as Operation
    const key = Number((open.key as string).slice(1))
    if (client.step === 'act') {
      if (open.f === 'write') states[key] = open.arg
      else client.result = states[key] as Json
      client.atMs = client.answerMs
      client.step = 'end'
      continue
    }
    const read = random(1_000) < wrongPerMille ? random(values ?? calls) : client.result
    events.push({ kind: 'end', operation: open, status: client.lost ? 'info' : 'ok', result: client.lost || open.f === 'write' ? undefined : read, ret: position++ })
    client.atMs += random(2_000)
    client.step = 'call'
  }
  return events
}
