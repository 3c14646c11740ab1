import { factWords } from '../fact-words.ts'
import { clockText } from '../sim/words.ts'
import { onOneLine, partsOf, plainJson } from './format.ts'
import type { Format, Round } from './format.ts'
import { VectorClocks } from './vector-clocks.ts'

/**
 * A log for ShiViz (Beschastnikh and others, "Visualizing distributed system executions", 2020). Its first line is the expression that ShiViz
 * uses anyway when none is given, its second the delimiter of several logs: none. ShiViz takes both from a file that is loaded, and passes
 * over them in a log that is pasted.
 *
 * Each fact that a node lives through is an event of that node. Customers are no hosts: what they carry from the node that answered to the
 * node asked next is an arrow between these two. Facts of the world, such as a loss or a fault, are no events, and nothing follows from them.
 */
export const shiviz: Format = {
  title: 'a log with vector clocks, for ShiViz',
  byKey: false,
  write: (round) => ({ ok: true, parts: partsOf(shivizLines(round)) }),
}

/** The expression by which ShiViz reads a log when it is given none. */
export const SHIVIZ_PARSER = String.raw`(?<event>.*)\n(?<host>\S*) (?<clock>{.*})`

function* shivizLines({ facts, scenario, header }: Round): Generator<string, void, void> {
  const clocks = new VectorClocks(facts, header.nodes)
  yield SHIVIZ_PARSER
  yield ''
  for (const fact of facts) {
    if (fact.node === null) continue
    // An event with a brace could be read as a clock.
    const words = onOneLine(factWords(fact, scenario)).replaceAll('{', '(').replaceAll('}', ')')
    const clock = clocks.of(fact.n)
    const known = header.nodes.flatMap((node, seat) => ((clock[seat] ?? 0) === 0 ? [] : [[node, clock[seat]] as const]))
    yield `${clockText(fact.atMs, 3)} ${words} Fact ${fact.n}.`
    yield `${fact.node} ${plainJson(Object.fromEntries(known))}`
  }
}
