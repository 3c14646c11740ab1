import type { Operation } from '../consistency/history.ts'
import { HISTORY_FORMAT } from '../consistency/read/history-json.ts'
import type { Fact } from '../sim/facts.ts'
import { faultEventOf } from './fault-events.ts'
import { arrayLines, NS_PER_MS, partsOf, plainJson } from './format.ts'
import type { Format, Round } from './format.ts'
import { historyOf } from './history.ts'

/** JSON for programs: what customers did, where that is a history of an object, or all facts. */

const FACTS_FORMAT = 'netsplit-facts/1'

const sourceOf = ({ header, endMs, damage }: Round): object => ({
  program: 'netsplit', scenario: header.scenario, scenarioVersion: header.scenarioVersion, simVersion: header.simVersion,
  seed: header.seed, cluster: header.cluster, round: header.round, endMs, damage,
})

/** Absent fields say what `history/1` says by them: no key, no argument, any result. */
function operationText({ id, client, f, key, arg, status, call, ret, result, atMs }: Operation): string {
  return plainJson({
    id, client, f, ...(key === null ? {} : { key }), ...(arg === null ? {} : { arg }), status, call, ret, result,
    ...(atMs === undefined ? {} : { callTime: atMs[0] * NS_PER_MS, ...(atMs[1] === null ? {} : { retTime: atMs[1] * NS_PER_MS }) }),
  })
}

function* faultTexts(facts: readonly Fact[]): Generator<string, void, void> {
  for (const fact of facts) {
    const event = faultEventOf(fact)
    if (event === null) continue
    const value = event.fact.kind === 'fault-started' ? event.fact.params : null
    yield plainJson({ at: fact.n, node: 'nemesis', f: event.f, value, time: fact.atMs * NS_PER_MS })
  }
}

function* historyLines(round: Round, spec: NonNullable<Round['scenario']['history']>): Generator<string, void, void> {
  const { model, operations } = historyOf(round.facts, spec)
  yield '{'
  yield `"format":${plainJson(HISTORY_FORMAT)},`
  yield `"id":${plainJson(`${round.header.scenario}-${round.header.seed}-${round.header.cluster}-${round.header.round}`)},`
  yield `"source":${plainJson(sourceOf(round))},`
  yield `"model":${plainJson(model)},`
  yield '"expected":{},'
  yield '"faults":['
  yield* arrayLines(faultTexts(round.facts), '],')
  yield '"ops":['
  yield* arrayLines(textsOf(operations, operationText), ']')
  yield '}'
}

function* factLines(round: Round): Generator<string, void, void> {
  yield '{'
  yield `"format":${plainJson(FACTS_FORMAT)},`
  yield `"source":${plainJson(sourceOf(round))},`
  yield `"nodes":${plainJson(round.header.nodes)},`
  yield `"settings":${plainJson(round.header.settings)},`
  yield '"facts":['
  yield* arrayLines(textsOf(round.facts, plainJson), ']')
  yield '}'
}

/** One at a time: a long round's texts are never all in memory. */
function* textsOf<T>(items: readonly T[], text: (item: T) => string): Generator<string, void, void> {
  for (const item of items) yield text(item)
}

/** One JSON object of facts, `netsplit-facts/1`, one fact a line. Its own format, so that a mission with a history can have its facts too. */
export const facts: Format = {
  title: 'every fact, one a line of one JSON object (netsplit-facts/1)',
  byKey: false,
  write: (round) => ({ ok: true, parts: partsOf(factLines(round)) }),
}

/** One JSON object: `history/1` where the mission's customers act on an object, or else the facts. Its field `format` says which. */
export const json: Format = {
  title: 'what the customers did, as `check` reads it (history/1); where a mission\'s customers act on no object, its facts',
  byKey: false,
  write: (round, choice) => {
    const { history } = round.scenario
    return history === undefined ? facts.write(round, choice) : { ok: true, parts: partsOf(historyLines(round, history)) }
  },
}
