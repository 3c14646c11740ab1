import { basename } from 'node:path'
import { drawWitness } from '../../shared/consistency/draw/index.ts'
import { checks } from '../../shared/consistency/index.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { readValue } from '../../shared/consistency/read/index.ts'
import type { Check } from '../../shared/consistency/verdict.ts'
import type { Json } from '../../shared/sim/json.ts'
import { judge, reportLines } from './check/report.ts'
import type { FileReport, Judged } from './check/report.ts'
import { sourceOf } from './check/source.ts'
import { fromWhereTheUserIs, writeText } from './files.ts'
import { table } from './print.ts'
import { oneOf, parse, UsageError, whole } from './usage.ts'

const BUDGET_MS_USUAL = 10_000
const BUDGET_MS_MAX = 3_600_000
const CHECK_USUAL = 'linearizable'

/** What clients may do, for each model. */
const OPERATIONS: { readonly [model: string]: string } = {
  register: 'read; write: arg is the value, not null',
  'cas-register': 'the same; cas: arg is [from, to], result true (done) or false (refused)',
  kv: 'get, put, append, each with a key; values are texts',
  mutex: 'acquire, release',
  counter: 'read; increment, decrement: arg is by how much, absent for 1 (EDN also: add)',
  queue: 'enqueue: arg is the value, not null; dequeue: result null if it was empty',
}

export const checkHelp = `netsplit check FILE... [options]

Judges histories: what clients asked of an object, and what they were answered. For each file it prints the verdict, and for a violation
the smallest set of operations found that still is one, in a sentence and as a table.

  FILE             a history as history/1 (JSON) or as Jepsen writes it (EDN: a map a line, or one vector or list); a recording, whose
                   customers' operations are judged; or - for stdin
  --check NAME     what must hold (${CHECK_USUAL}):
${table(Object.entries(checks).map(([name, { words }]) => [name, words])).map((line) => `                   ${line}`).join('\n')}
  --model NAME     the object: ${Object.keys(models).join(', ')}
                   (as the file says; for EDN the first of these that has all its operations)
  --init JSON      the state of each object at the start (as the file says, or else the model's usual one)
  --keyed          the values of an EDN file are [key value], as jepsen.independent writes them
  --budget-ms N    ms for each file, 1 to ${BUDGET_MS_MAX}; a search that needs more says unknown (${BUDGET_MS_USUAL})
  --svg FILE       draws the first violation into FILE: clients as rows, operations as bars, the witness numbered
  --json           one JSON object instead of text

history/1 is {"format": "history/1", "model": {"type": ..., "init": ...}, "ops": [...]}. An operation has id and client, whole numbers; f;
key, a text, where there are several objects; arg; status: ok, fail (it had no effect) or info (nobody knows: it may take effect at any
time after its call, or never); call and ret, whole numbers, its places in one order of all events (ret null for info); result, absent
where any answer will do; callTime and retTime in ns, if they are known. What f may be:
${table(Object.entries(OPERATIONS)).map((line) => `  ${line}`).join('\n')}

EDN: an :info, or no completion, may take effect at any later time, or never; its process is dead, and may invoke no more. A completed
read of nil is one whose answer nobody knows, as in Knossos. Keys are in :key, or in [key value]: without --keyed that is assumed when
every invocation's value is a vector of two and every read is invoked with [key nil].

Exit status: 2 bad arguments, or the drawing cannot be written, or a file cannot be read or is no history (its line and what was expected
go to stderr; the others are judged all the same), else 1 a violation, else 3 a verdict is unknown, else 0 all fine.`

/** What `check --json` prints. `svg`: where the drawing is and of which file; null when none was asked for or nothing was violated. */
export interface CheckReport { check: string; files: FileReport[]; svg: { file: string; of: string } | null }

/** Runs `check`. Lines for stdout, notes for stderr, and the exit status. */
export async function runCheck(args: readonly string[]): Promise<{ lines: string[]; notes: string[]; status: 0 | 1 | 2 | 3 }> {
  const { values, positionals: files } = parse(args, {
    check: { type: 'string' }, model: { type: 'string' }, init: { type: 'string' }, keyed: { type: 'boolean' }, 'budget-ms': { type: 'string' },
    svg: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
  }, Infinity)
  if (values.help === true) return { lines: [checkHelp], notes: [], status: 0 }
  if (files.length === 0) throw new UsageError('Which history? netsplit check FILE...')
  if (files.filter((file) => file === '-').length > 1) throw new UsageError('- stands twice, but stdin can be read only once.')
  const name = oneOf('check', values.check ?? CHECK_USUAL, Object.keys(checks))
  const check = checks[name] as Check
  const model = values.model === undefined ? null : oneOf('model', values.model, Object.keys(models))
  const options = { model, init: values.init === undefined ? undefined : initOf(values.init), keyed: values.keyed === true }
  const over = values.svg === undefined ? undefined : files.find((file) => file !== '-' && fromWhereTheUserIs(file) === fromWhereTheUserIs(values.svg as string))
  if (over !== undefined) throw new UsageError(`--svg names ${over}, a history to be judged, which would be lost.`)
  const budgetMs = whole('budget-ms', values['budget-ms'] ?? String(BUDGET_MS_USUAL), 1, BUDGET_MS_MAX)

  const judged: Judged[] = []
  for (const file of files) judged.push(judge(file, await sourceOf(file, options), name, check, budgetMs, () => performance.now()))

  const reports = judged.map(({ report }) => report)
  const first = judged.find(({ broken }) => broken !== null)
  let svg: CheckReport['svg'] = null
  const notes = reports.flatMap(refusalLine)
  if (values.svg !== undefined && first !== undefined && first.broken !== null) {
    try {
      writeText(values.svg, drawWitness(first.broken.witness, first.broken.history, { title: `${check.title}: violated`, source: basename(first.report.file) }))
      svg = { file: values.svg, of: first.report.file }
    } catch (error) {
      // The verdicts may have taken long, and are worth more than the drawing.
      if (!(error instanceof UsageError)) throw error
      notes.push(error.message)
    }
  }
  const lines = values.json === true ? [JSON.stringify({ check: name, files: reports, svg } satisfies CheckReport)] : [
    ...reports.flatMap((report) => reportLines(report, check.title)),
    ...(svg !== null ? [`The drawing in ${svg.file} is of ${svg.of}.`] : values.svg !== undefined && first === undefined ? ['Nothing was violated, so nothing was drawn.'] : []),
  ]
  return { lines, notes, status: values.svg !== undefined && first !== undefined && svg === null ? 2 : statusOf(reports) }
}

const refusalLine = (report: FileReport): string[] =>
  report.verdict === 'unreadable' ? [`${report.file}: ${report.line === null ? '' : `line ${report.line}: `}${report.error}`.replace(/\p{Cc}+/gu, '?')] : []

function statusOf(reports: readonly FileReport[]): 0 | 1 | 2 | 3 {
  const verdicts = new Set(reports.map(({ verdict }) => verdict))
  return verdicts.has('unreadable') ? 2 : verdicts.has('violated') ? 1 : verdicts.has('unknown') ? 3 : 0
}

/** A state as it was typed. */
function initOf(text: string): Json {
  const read = readValue(text)
  if (!read.ok) throw new UsageError(`--init must be JSON, e.g. 0 or null: ${read.error}`)
  return read.value
}
