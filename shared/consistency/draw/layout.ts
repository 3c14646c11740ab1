import { assert } from '../../sim/assert.ts'
import type { History, Operation } from '../history.ts'
import type { Model } from '../model.ts'
import type { Witness } from '../verdict.ts'
import { widthOf } from './text.ts'

/** Operations that are drawn at most: a picture with more explains nothing. */
const WITNESS_BARS_MAX = 30, NEIGHBOURS_MAX = 12
/** Rows up to which others than the clients of the witness get one: so many fit a wall without scrolling. */
const ROWS_MAX = 9
/** Room for an operation's number before its label, and at both ends of a label. */
export const NUMBER_ROOM = 26, LABEL_ROOM = 14

/** Sizes of letters, px between two events that follow each other, and px for a label of an operation that is no part of the witness. */
interface Spacing { label: number; neighbour: number; gap: number; neighbourMax: number }
/** The first with which all fits is taken, or the last: the others may be cut short, so that the witness is not. */
const SPACINGS: readonly Spacing[] = [
  { label: 14, neighbour: 12, gap: 14, neighbourMax: 240 },
  { label: 14, neighbour: 12, gap: 12, neighbourMax: 80 },
  { label: 12, neighbour: 11, gap: 6, neighbourMax: 46 },
]

/** One operation as it is drawn. */
export interface Bar {
  operation: Operation
  /** From 1, in the order of calls; null: it is no part of the witness. */
  number: number | null
  /** On a line above the label, where several keys matter. */
  key: string | null
  label: string
  /** When it was answered, whatever the witness needs of it; null for never. */
  ret: number | null
  /** It was answered, but the break holds as well if it happened later, or never. */
  relaxed: boolean
  fromX: number
  toX: number
  /** Lines of one client, from 0: more than one where it went on after an operation without answer. */
  lane: number
}

export interface Row { client: number; bars: Bar[]; lanes: number }
export interface Layout { rows: Row[]; bars: Bar[]; spacing: Spacing; witnessMore: number; neighboursMore: number }

/**
 * What is drawn and where: the witness, the operations around it in time, clients as rows in order. Events have the places of their order,
 * as far apart as the labels need: true distances would hide most of them. O(n log n).
 */
export function layoutOf(witness: Witness, history: History, model: Model, fromX: number, toX: number): Layout {
  const originals = new Map(history.operations.map((operation) => [operation.id, operation]))
  const retOf = (operation: Operation): number | null => (originals.get(operation.id) ?? operation).ret
  const shown = witness.operations.slice(0, WITNESS_BARS_MAX)
  const said = (operation: Operation): Pick<Bar, 'key' | 'label'> => ({ key: keyToSay(operation, witness, model), label: model.describe(operation) })
  const place = { fromX: 0, toX: 0, lane: 0 }
  const own = shown.map((operation, n): Bar => ({
    operation, number: n + 1, ...said(operation), ret: retOf(operation), relaxed: operation.ret === null && retOf(operation) !== null, ...place,
  }))
  const { chosen, more } = neighboursOf(witness, shown, retOf, history, model)
  const bars = [...own, ...chosen.map((operation): Bar => ({ operation, number: null, ...said(operation), ret: operation.ret, relaxed: false, ...place }))]
    .sort((a, b) => a.operation.call - b.operation.call)
  const spacing = placeEvents(bars, fromX, toX)
  return { rows: rowsOf(bars), bars, spacing, witnessMore: witness.operations.length - shown.length, neighboursMore: more }
}

/** The key of an operation where several matter and the model's words do not name it; null otherwise. */
function keyToSay(operation: Operation, { partition }: Pick<Witness, 'partition'>, model: Model): string | null {
  return partition !== null || model.describe(operation) !== model.describe({ ...operation, key: null }) ? null : operation.key
}

/** Operations on the same object meanwhile, those nearest to the witness first. What certainly had no effect explains nothing. */
function neighboursOf(witness: Witness, shown: readonly Operation[], retOf: (operation: Operation) => number | null, history: History, model: Model): { chosen: Operation[]; more: number } {
  const ids = new Set(witness.operations.map(({ id }) => id))
  const spans = shown.map((operation) => ({ from: operation.call, to: retOf(operation) ?? operation.call }))
  const from = Math.min(...spans.map((span) => span.from)), to = Math.max(...spans.map((span) => span.to))
  const distance = (operation: Operation): number => Math.min(...spans.map((span) => Math.max(0, operation.call - span.to, span.from - (operation.ret ?? operation.call))))
  const all = history.operations
    .filter((operation) => operation.status !== 'fail' && !ids.has(operation.id) && operation.call < to && (operation.ret ?? operation.call) > from
      && (witness.partition === null || model.partition(operation) === witness.partition))
    .map((operation) => ({ operation, far: distance(operation) }))
    .sort((a, b) => a.far - b.far || a.operation.call - b.operation.call)
  const clients = new Set(shown.map(({ client }) => client)), chosen: Operation[] = []
  for (const { operation } of all) {
    if (chosen.length === NEIGHBOURS_MAX) break
    if (!clients.has(operation.client) && clients.size >= ROWS_MAX) continue
    clients.add(operation.client)
    chosen.push(operation)
  }
  return { chosen, more: all.length - chosen.length }
}

const textWidth = ({ key, label }: Bar, size: number): number => Math.max(widthOf(label, size, true), key === null ? 0 : widthOf(key, size, true))

/** Gives every bar its ends, in the order of the events, so that labels fit where the picture is wide enough. */
function placeEvents(bars: readonly Bar[], fromX: number, toX: number): Spacing {
  const events = [...new Set(bars.flatMap(({ operation, ret }) => (ret === null ? [operation.call] : [operation.call, ret])))].sort((a, b) => a - b)
  const order = new Map(events.map((position, n) => [position, n]))
  const spans = bars.map((bar) => ({
    bar, start: order.get(bar.operation.call) ?? 0,
    // One that was never answered goes on to the end.
    end: bar.ret === null ? events.length : order.get(bar.ret) ?? events.length,
  })).sort((a, b) => a.end - b.end)
  const gapsWith = ({ label, neighbour, gap, neighbourMax }: Spacing): number[] => {
    const gaps = events.map(() => gap)
    for (const { bar, start, end } of spans) {
      const need = bar.number === null ? Math.min(neighbourMax, textWidth(bar, neighbour) + LABEL_ROOM) : textWidth(bar, label) + LABEL_ROOM + NUMBER_ROOM
      const have = gaps.slice(start, end).reduce((sum, one) => sum + one, 0)
      for (let n = start; n < end; n++) gaps[n] = (gaps[n] ?? 0) + Math.max(0, need - have) / (end - start)
    }
    return gaps
  }
  const sum = (gaps: readonly number[]): number => gaps.reduce((total, gap) => total + gap, 0)
  const spacing = SPACINGS.find((one) => sum(gapsWith(one)) <= toX - fromX) ?? SPACINGS.at(-1)
  assert(spacing !== undefined, 'there is a spacing')
  const gaps = gapsWith(spacing)
  const scale = (toX - fromX) / sum(gaps)
  const places = [fromX]
  for (const gap of gaps) places.push((places.at(-1) ?? fromX) + gap * scale)
  for (const { bar, start, end } of spans) {
    bar.fromX = places[start] ?? fromX
    bar.toX = places[end] ?? toX
  }
  return spacing
}

/** Clients in order; where one has two bars at the same time, they get lanes of their own. */
function rowsOf(bars: readonly Bar[]): Row[] {
  const rows = new Map<number, Row>()
  for (const bar of bars) {
    const { client } = bar.operation
    const row = rows.get(client) ?? { client, bars: [], lanes: 0 }
    rows.set(client, row)
    const busyTo = Array.from({ length: row.lanes }, (_, lane) => Math.max(...row.bars.filter((one) => one.lane === lane).map((one) => one.toX)))
    const free = busyTo.findIndex((x) => x <= bar.fromX)
    bar.lane = free < 0 ? row.lanes : free
    row.lanes = Math.max(row.lanes, bar.lane + 1)
    row.bars.push(bar)
  }
  return [...rows.values()].sort((a, b) => a.client - b.client)
}
