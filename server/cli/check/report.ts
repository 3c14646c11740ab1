import { isStart } from '../../../shared/consistency/draw/index.ts'
import type { History, Operation } from '../../../shared/consistency/history.ts'
import { valueWords } from '../../../shared/consistency/linearizable/words.ts'
import { models } from '../../../shared/consistency/models/index.ts'
import type { Check, Witness } from '../../../shared/consistency/verdict.ts'
import { assert } from '../../../shared/sim/assert.ts'
import type { Json } from '../../../shared/sim/json.ts'
import { clock, count, indented, table } from '../print.ts'
import type { Source } from './source.ts'

/** An operation of a witness as it is printed. */
export interface WitnessOperation {
  id: number
  client: number
  f: string
  key: string | null
  arg: Json
  result: Json
  words: string
  call: number
  ret: number | null
  /** Times in ms, where they are known. */
  callMs: number | null
  retMs: number | null
  /** It was answered, but the break needs no more of it than that it may happen at any time after its call. */
  relaxed: boolean
  /** Where it stands in its file; null in a recording. */
  line: number | null
}

/** What `check --json` says of one file. */
export type FileReport = { file: string } & (
  | { verdict: 'unreadable'; line: number | null; error: string }
  | ({ model: string; init: Json; check: string; operations: number; notes: readonly string[]; ms: number } & (
    | { verdict: 'fine' }
    | { verdict: 'unknown'; why: string }
    | { verdict: 'violated'; shape: string; sentence: string; key: string | null; from: readonly Json[]; witness: readonly WitnessOperation[]; edges: Witness['edges']; concept: string; prevention: string }
  ))
)

/** Operations of a witness that are printed at most; `--json` has all. */
const PRINTED_MAX = 40
/** States before a witness that are printed at most. */
const STATES_PRINTED_MAX = 8

/** A report with what a drawing is made of. */
export interface Judged { report: FileReport; broken: { history: History; witness: Witness } | null }

/** Judges one history. `nowMs`: a clock that only ever rises, in ms. */
export function judge(file: string, source: Source, name: string, check: Check, budgetMs: number, nowMs: () => number): Judged {
  if (!source.ok) return { report: { file, verdict: 'unreadable', line: source.line, error: source.error }, broken: null }
  const { history, notes } = source
  const startMs = nowMs()
  // Time alone is the budget here: whoever gives it wants it used.
  const verdict = check.run(history, { steps: Number.MAX_SAFE_INTEGER, spent: () => nowMs() - startMs > budgetMs })
  const ms = Math.round((nowMs() - startMs) * 10) / 10
  const common = { file, model: history.model.type, init: history.model.init, check: name, operations: history.operations.length, notes, ms }
  switch (verdict.verdict) {
    case 'fine': return { report: { ...common, verdict: 'fine' }, broken: null }
    case 'unknown': return { report: { ...common, verdict: 'unknown', why: verdict.why }, broken: null }
    case 'violated': {
      const { witness } = verdict
      return { broken: { history, witness }, report: {
        ...common, verdict: 'violated', shape: witness.shape, sentence: witness.sentence, key: witness.partition, from: witness.from,
        witness: operationsOf(witness, history, (id) => source.lineOf(id)), edges: witness.edges, concept: check.concept, prevention: check.prevention,
      } }
    }
  }
}

function operationsOf(witness: Witness, history: History, lineOf: (id: number) => number | null): WitnessOperation[] {
  const model = models[history.model.type]?.make(history.model.init)
  assert(model !== undefined, `a history that was read has a model, not ${history.model.type}`)
  const originals = new Map(history.operations.map((operation) => [operation.id, operation]))
  return witness.operations.map((operation) => {
    const { id, client, f, key, arg, call } = operation
    const original: Operation = originals.get(id) ?? operation
    return {
      id, client, f, key, arg, result: operation.result ?? null, words: model.describe(operation), call, ret: original.ret,
      callMs: original.atMs?.[0] ?? null, retMs: original.atMs?.[1] ?? null, relaxed: original.ret !== null && operation.ret === null, line: lineOf(id),
    }
  })
}

/** A report for people. Unreadable files have their line on stderr, and none here. */
export function reportLines(report: FileReport, title: string): string[] {
  if (report.verdict === 'unreadable') return []
  const about = `${title}, model ${report.model}, ${count(report.operations, 'operation')}, ${report.ms.toFixed(1)} ms.`
  const notes = report.notes.map((note) => `Note: ${note}`)
  switch (report.verdict) {
    case 'fine': return [`${report.file}: fine. ${about}`, ...indented(notes)]
    case 'unknown': return [`${report.file}: unknown. ${about}`, ...indented([report.why, ...notes])]
    case 'violated': {
      // Where the break is not about one key, each operation says its own.
      const keyed = report.key === null && report.witness.some(({ key }) => key !== null)
      const numbers = new Map(report.witness.map(({ id }, n) => [id, n + 1]))
      return [`${report.file}: violated. ${about}`, ...indented([
        report.sentence,
        ...(report.key === null || report.key === '' ? [] : [`All of this is about ${JSON.stringify(report.key)}; other keys do not matter for it.`]),
        ...(isStart(report.from, report.init) || report.from.length === 0 ? [] : [`Just before these, its state was ${statesWords(report.from)}.`]),
        ...table([['', 'client', ...(keyed ? ['key'] : []), 'operation', 'from', 'to', ''], ...report.witness.slice(0, PRINTED_MAX).map((one, n) => [
          String(n + 1), String(one.client), ...(keyed ? [one.key ?? ''] : []), one.words, moment(one.call, one.callMs), one.ret === null ? 'no answer' : moment(one.ret, one.retMs),
          [one.line === null ? '' : `line ${one.line}`, one.relaxed ? 'may as well happen later' : ''].filter((word) => word !== '').join(', '),
        ])], [0, 1]),
        ...(report.witness.length > PRINTED_MAX ? [`And ${count(report.witness.length - PRINTED_MAX, 'more operation', 'more operations')}, which --json lists.`] : []),
        ...report.edges.map(({ from, to, why }) => `${numbers.get(from) ?? '?'} before ${numbers.get(to) ?? '?'}: ${why}`),
        `Concept: ${report.concept}`,
        `Prevented by: ${report.prevention}`,
        ...notes,
      ])]
    }
  }
}

/** E.g. `null, 4 or 2`. */
function statesWords(states: readonly Json[]): string {
  const told = states.slice(0, STATES_PRINTED_MAX).map(valueWords), more = states.length - told.length
  if (told.length === 1 && more === 0) return told.join('')
  return `${told.slice(0, -1).join(', ')}${more > 0 ? `, ${told.at(-1)}, or one of ${more} more, which --json lists` : ` or ${told.at(-1)}`}`
}

/** A position in the order of events, with its time where that is known. */
const moment = (position: number, ms: number | null): string => (ms === null ? String(position) : `${position} (${clock(ms)})`)
