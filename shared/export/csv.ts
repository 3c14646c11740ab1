import { factWords } from '../fact-words.ts'
import type { Fact } from '../sim/facts.ts'
import type { Scenario } from '../sim/scenario.ts'
import { clockText } from '../sim/words.ts'
import { onOneLine, partsOf } from './format.ts'
import type { Format } from './format.ts'

/** A table for spreadsheets, one fact a row, as RFC 4180 has it: commas, quotes where they are needed, lines that end with CR and LF. */
export const csv: Format = {
  title: 'a table for spreadsheets, one fact a row',
  byKey: false,
  write: ({ facts, scenario }) => ({ ok: true, parts: partsOf(rows(facts, scenario), '\r\n') }),
}

type Cell = string | number | null

/** The columns and what stands in them. */
const columns: { readonly [name: string]: (fact: Fact, scenario: Scenario) => Cell } = {
  fact: ({ n }) => n,
  at_ms: ({ atMs }) => atMs,
  time: ({ atMs }) => clockText(atMs, 3),
  node: ({ node }) => node,
  kind: ({ kind }) => kind,
  what: whatOf,
  from: (fact) => ('from' in fact ? fact.from : fact.kind === 'sent' ? fact.node : null),
  to: (fact) => ('to' in fact ? fact.to : fact.kind === 'delivered' ? fact.node : null),
  message: (fact) => ('message' in fact ? fact.message : null),
  request: (fact) => ('request' in fact ? fact.request : null),
  customer: (fact) => ('customer' in fact ? fact.customer + 1 : null),
  words: factWords,
  before: ({ before }) => before.join(' '),
  because: ({ because }) => because.join(' '),
}

/** Which sort of it: of message, action, operation, reply, fault or claim. */
function whatOf(fact: Fact): Cell {
  switch (fact.kind) {
    case 'sent': case 'delivered': return fact.body.kind
    case 'acted': return fact.action.kind
    case 'asked': case 'requested': return fact.operation.kind
    case 'replied': return fact.reply.kind
    case 'lost': return fact.reason
    case 'held': return fact.why
    case 'timer': return fact.name
    case 'fault-started': case 'fault-ended': case 'fault-turned': return fact.type
    case 'breached': return fact.claim
    case 'seat-changed': return fact.playedBy
    case 'level-changed': return fact.level
    default: return null
  }
}

function* rows(facts: readonly Fact[], scenario: Scenario): Generator<string, void, void> {
  yield rowText(Object.keys(columns))
  for (const fact of facts) yield rowText(Object.values(columns).map((cell) => cell(fact, scenario)))
}

/** A row without its end. */
export const rowText = (cells: readonly Cell[]): string => cells.map(cellText).join(',')

/**
 * A cell on one line. Spreadsheets carry out text that begins with `=`, `+`, `-` or `@`, or some with their wide forms, as far as they see it: such text gets an apostrophe
 * in front, by which they know it for text. Quotes stand where a comma, a quote or a blank at an end would be misread.
 */
function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const line = onOneLine(cell)
  const text = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(line) ? `'${line}` : line
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
