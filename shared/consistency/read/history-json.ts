import type { Json } from '../../sim/json.ts'
import type { History, Operation, Status } from '../history.ts'
import { fit, modelNamed, said, startNote } from './fit.ts'
import type { Placed, ReadOptions } from './fit.ts'
import { readJson } from './json-text.ts'
import { Unreadable } from './text.ts'

/** What a file says in `format`. */
export const HISTORY_FORMAT = 'history/1'

const MEMBERS: ReadonlySet<string> = new Set(['id', 'client', 'f', 'key', 'arg', 'status', 'call', 'ret', 'result', 'callTime', 'retTime'])
/** Times in ns may be longer than a double is exact; they never decide. */
const INEXACT: ReadonlySet<string> = new Set(['callTime', 'retTime'])

type Members = { readonly [name: string]: Json | undefined }
const isObject = (value: Json | undefined): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)
const isPosition = (value: Json | undefined): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const isStatus = (value: Json | undefined): value is Status => value === 'ok' || value === 'fail' || value === 'info'

/** Reads `history/1`. Throws `Unreadable` at the first thing that is not as it should be; see `readHistory`. */
export function historyOfJson(text: string, options: ReadOptions): { history: History; placed: readonly Placed[]; notes: string[] } {
  const { value: file, placeOf } = readJson(text, INEXACT)
  if (!isObject(file)) throw new Unreadable(`expected an object of format ${HISTORY_FORMAT}, found ${said(file)}`, placeOf(file) ?? 0)
  if (file['format'] !== HISTORY_FORMAT) throw new Unreadable(`expected "format": "${HISTORY_FORMAT}", found ${said(file['format'])}`, placeOf(file))
  const { model, ops } = file
  if (!isObject(model) || typeof model['type'] !== 'string') throw new Unreadable(`expected "model" with its "type", a text; found ${said(model)}`, placeOf(file))
  if (!Array.isArray(ops)) throw new Unreadable(`expected "ops", an array of operations; found ${said(ops)}`, placeOf(file))
  const type = options.model ?? model['type']
  modelNamed(type, placeOf(model))
  const ids = new Set<number>(), positions = new Map<number, number>()
  const placed = ops.map((one: Json, n): Placed => {
    const at = placeOf(one) ?? placeOf(ops) ?? 0
    const operation = operationOf(one, n, at)
    if (ids.has(operation.id)) throw new Unreadable(`expected every id once, found ${operation.id} twice`, at)
    ids.add(operation.id)
    for (const position of operation.ret === null ? [operation.call] : [operation.call, operation.ret]) {
      const other = positions.get(position)
      if (other !== undefined) throw new Unreadable(`expected every position once, found ${position} in the operations ${other} and ${operation.id}`, at)
      positions.set(position, operation.id)
    }
    return { operation, at }
  })
  // The state that a file says belongs to the model that it says.
  const init = options.init !== undefined ? options.init : type === model['type'] ? model['init'] : undefined
  const history = fit(type, init, placed, placeOf(model))
  const notes = type === model['type'] ? [] : [`Taken for the model ${type}; the file says ${model['type']}.`]
  return { history, placed, notes: init === undefined && placed.length > 0 ? [...notes, startNote(history)] : notes }
}

function operationOf(one: Json, n: number, at: number): Operation {
  if (!isObject(one)) throw new Unreadable(`expected an operation, an object; found ${said(one)} as number ${n + 1} of "ops"`, at)
  const wrong = (name: string, expected: string): never => {
    const whose = isPosition(one['id']) && name !== 'id' ? `operation ${one['id']}` : `number ${n + 1} of "ops"`
    throw new Unreadable(`${whose}: expected "${name}" to be ${expected}, found ${said(one[name])}`, at)
  }
  const { id, client, f, key = null, arg = null, status, call, ret, result, callTime, retTime = null } = one
  if (!isPosition(id)) return wrong('id', 'a whole number from 0')
  // A misspelt result would be no result, which any answer fits.
  for (const name of Object.keys(one)) if (!MEMBERS.has(name)) throw new Unreadable(`operation ${id}: expected only ${[...MEMBERS].join(', ')}; found ${said(name)}`, at)
  if (!isPosition(client)) return wrong('client', 'a whole number from 0')
  if (typeof f !== 'string') return wrong('f', 'the name of what is done')
  if (key !== null && typeof key !== 'string') return wrong('key', 'a text, null or absent')
  if (!isStatus(status)) return wrong('status', '"ok", "fail" or "info"')
  if (!isPosition(call)) return wrong('call', 'a whole number from 0')
  if (status === 'info') {
    if (ret !== null) return wrong('ret', 'null, since its status is info')
  } else {
    if (!isPosition(ret)) return wrong('ret', `a whole number, since its status is ${status}`)
    if (ret <= call) return wrong('ret', `later than its call at ${call}`)
  }
  if (callTime !== undefined && typeof callTime !== 'number') return wrong('callTime', 'a number of ns')
  if (retTime !== null && typeof retTime !== 'number') return wrong('retTime', 'a number of ns')
  const times = callTime === undefined ? {} : { atMs: [Math.floor(callTime / 1e6), retTime === null ? null : Math.floor(retTime / 1e6)] as const }
  return { id, client, f, key, arg, status, call, ret, result, ...times }
}
