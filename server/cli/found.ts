import { breachSentence } from '../../shared/fact-words.ts'
import type { Size } from '../../shared/shrink.ts'
import { assert } from '../../shared/sim/assert.ts'
import { JobFailed } from './crew.ts'
import type { Crew } from './crew.ts'
import { writeText } from './files.ts'
import { missedText } from './judged.ts'
import { figureText, grouped } from './print.ts'
import { commandFor, recordingText } from './sim-request.ts'
import type { SimRequest } from './sim-request.ts'
import type { FirstFailure, Totals } from './tally.ts'
import { UsageError } from './usage.ts'

/** The first failure of a swarm, made as small as it gets, and where its recording is. */
export interface Found extends FirstFailure {
  sentence: string
  /** Plays the whole round again. */
  command: string
  shrunk: { before: Size; after: Size; runs: number; smallest: boolean } | null
  file: string | null
  /** Why it was not shrunk or not written, in words; null when that went well. */
  trouble: string | null
}

/** Shrinks and writes the first failure of these totals; null when nothing failed. `runsMax`: rounds that shrinking may play. */
export async function keepFirst(crew: Crew, request: SimRequest, totals: Totals, runsMax: number): Promise<Found | null> {
  const { first, rules } = totals
  if (first === null) return null
  const { scenario, shrinks, out } = request
  const plan = { ...request.plan, rules, seed: first.seed }
  const troubles: string[] = []
  const shrunk = shrinks ? await crew.ask({ kind: 'shrink', scenario: scenario.id, plan, failure: first.failure, runsMax }).catch((error: unknown) => {
    if (!(error instanceof JobFailed)) throw error
    troubles.push(`It could not be shrunk: ${error.message}.`)
    return null
  }) : null
  let file: string | null = null
  if (out !== 'nowhere') {
    const name = out.file ?? `netsplit-${scenario.id}-${rules}-${first.failure.id}-${first.seed}.jsonl`
    try {
      writeText(name, shrunk?.text ?? recordingText(scenario, plan))
      file = name
    } catch (error) {
      // What was found in minutes is not thrown away for a folder that cannot be written.
      if (!(error instanceof UsageError)) throw error
      troubles.push(error.message)
    }
  }
  return {
    ...first, file, sentence: sentenceOf(totals, first), command: commandFor(request, first.seed, rules),
    shrunk: shrunk === null ? null : { before: shrunk.before, after: shrunk.after, runs: shrunk.runs, smallest: shrunk.smallest },
    trouble: troubles.length === 0 ? null : troubles.join(' '),
  }
}

function sentenceOf({ scenario, claims }: Totals, { failure }: FirstFailure): string {
  if (failure.kind === 'claim') {
    const breach = claims.get(failure.id)?.first?.breach
    assert(breach !== undefined, `a claim ${failure.id} that broke has a first breach`)
    return breachSentence(breach, scenario)
  }
  const figure = scenario.figures[failure.id]
  assert(figure !== undefined, `mission ${scenario.id} has no figure ${failure.id}`)
  return missedText(figure)
}

/** How much smaller it is, and what that cost, in one line. */
export function shrunkText({ before, after, runs, smallest }: NonNullable<Found['shrunk']>): string {
  const from = (of: (size: Size) => string | number): string => `${of(before)} to ${of(after)}`
  return `Shrunk from ${from((size) => size.inputs)} inputs, ${from((size) => size.nodes)} nodes, ${from((size) => figureText(size.ms, 'ms'))}, ${from((size) => grouped(size.facts))} facts, ` +
    `in ${runs} runs${smallest ? '' : '; more time would find a smaller one'}.`
}
