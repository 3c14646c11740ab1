import type { History, Operation } from '../history.ts'
import { readEdn } from './edn.ts'
import type { Edn } from './edn.ts'
import { ednText, untagged } from './edn-json.ts'
import { fit, startNote } from './fit.ts'
import type { Placed, ReadOptions } from './fit.ts'
import { callsOf, guessModel } from './jepsen-values.ts'
import type { Call } from './jepsen-values.ts'
import { quoted, Unreadable } from './text.ts'

/** One line of a Jepsen history. `value` undefined: it says none. */
export interface JepsenEvent {
  type: 'invoke' | 'ok' | 'fail' | 'info'
  process: number
  f: string
  key: Edn | undefined
  value: Edn | undefined
  timeMs: number | null
  at: number
}

/** An invocation with what came of it. */
export interface Pair { invoke: JepsenEvent; end: JepsenEvent | null; call: number; ret: number | null }

const shown = (value: Edn | undefined): string => (value === undefined ? 'nothing' : quoted(ednText(value)))

/** The maps of a file: one after another, or in one vector or list. */
function mapsOf(text: string): { value: Edn; at: number }[] {
  const all = readEdn(text)
  const [first] = all
  const only = first === undefined || all.length > 1 ? null : untagged(first.value)
  if (typeof only !== 'object' || only === null || (only.kind !== 'vector' && only.kind !== 'list')) return all
  return only.items.map((value) => ({ value, at: typeof value === 'object' && value !== null && 'at' in value ? value.at : only.at }))
}

/** What one map says; null for the nemesis, who is no client. */
function eventOf(given: Edn, at: number): JepsenEvent | null {
  const map = untagged(given)
  if (typeof map !== 'object' || map === null || map.kind !== 'map') throw new Unreadable(`expected an operation, a map such as {:type :invoke, :process 0, :f :read, :value nil}; found ${shown(given)}`, at)
  const fields = new Map<string, Edn>()
  for (const [key, value] of map.entries) if (typeof key === 'object' && key !== null && key.kind === 'keyword') fields.set(key.text, value)
  const wrong = (field: string, expected: string): never => {
    throw new Unreadable(`expected :${field} to be ${expected}, found ${shown(fields.get(field))}`, at)
  }
  const wordOf = (field: string): string | null => {
    const value = fields.get(field)
    return typeof value === 'object' && value !== null && value.kind === 'keyword' ? value.text : null
  }
  if (wordOf('process') === 'nemesis') return null
  const process = fields.get('process')
  if (typeof process !== 'number' || process < 0) return wrong('process', 'a whole number from 0, or :nemesis')
  const type = wordOf('type')
  if (type !== 'invoke' && type !== 'ok' && type !== 'fail' && type !== 'info') return wrong('type', ':invoke, :ok, :fail or :info')
  const f = wordOf('f')
  if (f === null) return wrong('f', 'a keyword, the name of what is done')
  const time = fields.get('time') ?? null
  const timeNs = typeof time === 'number' ? time : typeof time === 'object' && time?.kind === 'number' ? Number(time.text) : null
  if (time !== null && (timeNs === null || !Number.isFinite(timeNs))) return wrong('time', 'a number of ns')
  return { type, process, f, key: fields.get('key'), value: fields.get('value'), timeMs: timeNs === null ? null : Math.floor(timeNs / 1e6), at }
}

/** Every invocation with its completion, in the order of the invocations. */
function pairsOf(events: readonly JepsenEvent[]): Pair[] {
  const pairs: Pair[] = []
  const open = new Map<number, Pair>()
  const dead = new Set<number>()
  events.forEach((event, position) => {
    const { type, process, f, at } = event
    const running = open.get(process)
    if (type === 'invoke') {
      if (dead.has(process)) throw new Unreadable(`process ${process} invokes :${quoted(f)} after its :info: expected another process, since this one may still be busy`, at)
      if (running !== undefined) throw new Unreadable(`process ${process} invokes :${quoted(f)} before its :${quoted(running.invoke.f)} is completed: expected one operation at a time`, at)
      const pair: Pair = { invoke: event, end: null, call: position, ret: null }
      open.set(process, pair)
      pairs.push(pair)
      return
    }
    if (running === undefined) throw new Unreadable(`process ${process} completes :${quoted(f)} with :${type}: expected an :invoke of it before`, at)
    if (running.invoke.f !== f) throw new Unreadable(`process ${process} completes :${quoted(f)}: expected its :${quoted(running.invoke.f)}, which it invoked`, at)
    open.delete(process)
    running.end = event
    if (type === 'info') dead.add(process)
    else running.ret = position
  })
  return pairs
}

/** Reads a history as Jepsen writes it. Throws `Unreadable` at the first thing that is not as it should be; see `readHistory`. */
export function historyOfEdn(text: string, options: ReadOptions): { history: History; placed: readonly Placed[]; notes: string[] } {
  const events = mapsOf(text).flatMap(({ value, at }) => eventOf(value, at) ?? [])
  const pairs = pairsOf(events)
  const notes: string[] = []
  const type = options.model ?? guessModel(pairs.map(({ invoke }) => invoke))
  if (options.model === null && pairs.length > 0) notes.push(`Model ${type}, by the names of its operations.`)
  const { calls, keyed } = callsOf(pairs, type, options.keyed)
  if (keyed && !options.keyed) notes.push('Its values were taken as [key value].')
  const placed = pairs.map((pair, id): Placed => {
    const { invoke, end, call, ret } = pair
    const status = end === null || end.type === 'invoke' ? 'info' : end.type
    const times = invoke.timeMs === null ? {} : { atMs: [invoke.timeMs, ret === null ? null : end?.timeMs ?? null] as const }
    const operation: Operation = { id, client: invoke.process, ...(calls[id] as Call), status, call, ret, ...times }
    return { operation, at: invoke.at }
  })
  const history = fit(type, options.init, placed, null)
  if (options.init === undefined && pairs.length > 0) notes.push(startNote(history))
  return { history, placed, notes }
}
