import type { Json } from '../../sim/json.ts'
import type { History, Operation } from '../history.ts'
import type { ModelKind } from '../model.ts'
import { models } from '../models/index.ts'
import { quoted, Unreadable } from './text.ts'

/** What whoever asks says of a history beforehand; null or undefined: as the history says. */
export interface ReadOptions {
  model: string | null
  init: Json | undefined
  /** The values of a Jepsen history are `[key value]`, even where that does not show. */
  keyed: boolean
}

/** An operation with the character at which it stands in its text. */
export interface Placed { operation: Operation; at: number }

/** A value in a sentence. */
export const said = (value: Json | undefined): string => (value === undefined ? 'nothing' : quoted(JSON.stringify(value)))

/** The model of this name. Throws `Unreadable` when there is none. */
export function modelNamed(type: string, at: number | null): ModelKind {
  const kind = Object.hasOwn(models, type) ? models[type] : undefined
  if (kind === undefined) throw new Unreadable(`expected a model, one of ${Object.keys(models).join(', ')}; found ${said(type)}`, at)
  return kind
}

/** What is to be said of the state at the start where neither the file, for this model, nor whoever asks says it: a verdict may hang on it. */
export const startNote = ({ model: { init } }: History): string => `Taken to begin as ${said(init)}; --init says otherwise.`

/**
 * A history of these operations, in the order of their calls. Throws `Unreadable` at the first that does not fit the model, and where
 * a client calls before it was answered. A client that was never answered may go on: the old operation may still take effect.
 */
export function fit(type: string, init: Json | undefined, placed: readonly Placed[], modelAt: number | null): History {
  const kind = modelNamed(type, modelAt)
  const start = init === undefined ? kind.usualInit : init
  const wrongInit = kind.refuseInit(start)
  if (wrongInit !== null) throw new Unreadable(`the state at the start does not fit the model ${type}: ${wrongInit}; found ${said(start)}`, modelAt)
  const sorted = placed.toSorted((a, b) => a.operation.call - b.operation.call)
  const running = new Map<number, Operation>()
  for (const { operation, at } of sorted) {
    const wrong = kind.refuse(operation)
    if (wrong !== null) throw new Unreadable(`operation ${operation.id} does not fit the model ${type}: ${wrong}; found f ${said(operation.f)}, key ${said(operation.key)}, arg ${said(operation.arg)}, result ${said(operation.result)}`, at)
    const before = running.get(operation.client)
    if (before !== undefined && before.ret !== null && before.ret > operation.call) {
      throw new Unreadable(`client ${operation.client} calls operation ${operation.id} at ${operation.call}, before its operation ${before.id} is answered at ${before.ret}: expected one at a time`, at)
    }
    running.set(operation.client, operation)
  }
  return { model: { type, init: start }, operations: sorted.map(({ operation }) => operation) }
}
