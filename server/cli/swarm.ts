import { breachSentence } from '../../shared/fact-words.ts'
import { figureFolds, meets } from '../../shared/figures.ts'
import { playRound } from '../../shared/headless.ts'
import type { FactOf } from '../../shared/sim/facts.ts'
import { writeText } from './files.ts'
import { objectiveText } from './judged.ts'
import { clock, count, figureText, grouped, percent, table } from './print.ts'
import { commandFor, recordingText, titleOf } from './sim-request.ts'
import type { SimRequest } from './sim-request.ts'

interface Tally { seeds: number; breaches: number; firstSeed: number | null; severity: string }

/** What a value was over all seeds that had one. */
interface Spread { values: number[]; met: number; judged: number }

/** The value that `share` of the sorted values do not exceed, by nearest rank; null for none. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
}

/** Many seeds: how often each claim broke, how the figures spread, and the first seed that failed. */
export function swarm(request: SimRequest): { lines: string[]; status: 0 | 1 } {
  const { scenario, plan, level, seeds, json, out } = request
  const claims = new Map<string, Tally>(Object.entries(scenario.claims).map(([id, claim]) => [id, { seeds: 0, breaches: 0, firstSeed: null, severity: claim.severity }]))
  const spreads = new Map<string, Spread>(Object.keys(scenario.figures).map((id) => [id, { values: [], met: 0, judged: 0 }]))
  let facts = 0, failing = 0
  let first: { seed: number; breach: FactOf<'breached'> } | null = null

  for (let seed = plan.seed; seed < plan.seed + seeds; seed++) {
    const broke = new Map<string, number>()
    let firstBreach: FactOf<'breached'> | null = null
    const folds = figureFolds(scenario, plan.nodes, level)
    playRound(scenario, { ...plan, seed }, (fact) => {
      facts++
      for (const { figure, state } of folds) figure.fold(state, fact)
      if (fact.kind !== 'breached') return
      broke.set(fact.claim, (broke.get(fact.claim) ?? 0) + 1)
      firstBreach ??= fact
    })
    for (const [claim, times] of broke) {
      const tally = claims.get(claim)
      if (tally === undefined) continue
      tally.seeds++
      tally.breaches += times
      tally.firstSeed ??= seed
    }
    for (const { id, figure, state } of folds) {
      const value = figure.value(state, plan.durationMs)
      const spread = spreads.get(id)
      if (value === null || spread === undefined) continue
      spread.values.push(value)
      const met = meets(figure, value)
      if (met !== null) spread.judged++
      if (met === true) spread.met++
    }
    if (firstBreach !== null) {
      failing++
      first ??= { seed, breach: firstBreach }
    }
  }

  for (const spread of spreads.values()) spread.values.sort((a, b) => a - b)
  const shares = [...spreads].flatMap(([id, { values }]) => (scenario.figures[id]?.shares ?? []).map(({ percent: wanted, atMost }) => {
    // A round that never had a value, such as one whose leader never came back, is not within any bound.
    const within = values.filter((value) => value <= atMost).length
    return { id, wanted, atMost, within, met: within * 100 >= wanted * seeds }
  }))
  const written = out !== null && first !== null ? out : null
  if (written !== null && first !== null) writeText(written, recordingText(request, first.seed))
  const command = first === null ? null : commandFor(request, first.seed)
  const status = failing > 0 ? 1 : 0
  if (json) {
    return { status, lines: [JSON.stringify({
      scenario: scenario.id, seed: plan.seed, seeds, nodes: plan.nodes, minutes: request.minutes, rules: plan.rules, chaos: request.chaos, level, facts, failingSeeds: failing,
      claims: Object.fromEntries([...claims].map(([id, { seeds: broken, breaches, firstSeed, severity }]) => [id, { severity, seeds: broken, breaches, firstSeed }])),
      figures: Object.fromEntries([...spreads].map(([id, { values, met, judged }]) => [id, {
        seeds: values.length, median: quantile(values, 0.5), p90: quantile(values, 0.9), p99: quantile(values, 0.99), most: quantile(values, 1), met, judged,
        shares: shares.filter((share) => share.id === id).map(({ wanted, atMost, within, met: reached }) => ({ atMost, wantedPercent: wanted, seeds: within, met: reached })),
      }])),
      first: first === null ? null : { seed: first.seed, claim: first.breach.claim, atMs: first.breach.atMs, sentence: breachSentence(first.breach, scenario), command }, out: written,
    })] }
  }
  const claimRows = [...claims].map(([id, tally]) => [id, tally.severity, grouped(tally.seeds), percent(tally.seeds, seeds), grouped(tally.breaches), tally.firstSeed === null ? '-' : String(tally.firstSeed)])
  const figureRows = [...spreads].map(([id, { values, met, judged }]) => {
    const figure = scenario.figures[id]
    if (figure === undefined) return [id]
    const at = (share: number): string => figureText(quantile(values, share), figure.unit)
    return [figure.title, at(0.5), at(0.9), at(0.99), at(1), judged === 0 ? '-' : percent(met, judged), objectiveText(figure)]
  })
  return { status, lines: [
    titleOf(request),
    `${count(facts, 'fact')}. ${failing === 0 ? `No claim broke in any of ${grouped(seeds)} seeds.` : `A claim broke in ${grouped(failing)} of ${grouped(seeds)} seeds, ${percent(failing, seeds)}.`}`,
    '',
    ...table([['claim', 'severity', 'seeds', 'share', 'breaches', 'first seed'], ...claimRows], [2, 3, 4, 5]),
    '',
    ...table([['figure', 'median', '90%', '99%', 'most', 'met', 'objective'], ...figureRows], [1, 2, 3, 4, 5]),
    ...(shares.length === 0 ? [] : ['', ...table([['share of seeds', 'within', 'share', 'wanted', ''], ...shares.map(({ id, wanted, atMost, within, met }) => {
      const figure = scenario.figures[id]
      return [figure?.title ?? id, figureText(atMost, figure?.unit ?? 'count'), percent(within, seeds), `${wanted}%`, met ? 'met' : 'missed']
    })], [1, 2, 3])]),
    ...(first === null ? [] : ['', `First: seed ${first.seed} at ${clock(first.breach.atMs)}, ${first.breach.claim}. ${breachSentence(first.breach, scenario)}`, `Repeat it: ${command}`]),
    ...(written === null ? [] : [`Its recording is in ${written}. Watch it at /replay/, or: npm run -s netsplit -- replay ${written}`]),
    ...(out !== null && written === null ? ['Nothing broke, so no recording was written.'] : []),
  ] }
}
