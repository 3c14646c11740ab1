import { playRound, recordRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { replay } from '../../shared/replay.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { judgeMemory, memoryLines, playHour, RSS_MB_MAX } from './memory.ts'
import { hashLoop, inTurn, jsonAsked, print, rateOf, short } from './table.ts'

/**
 * How fast a cluster of five is simulated on one core, with all claims judged, causes noted and the digest running. A plain
 * hash loop in the same process is the reference: the ratio says what a fact costs whatever the machine. And how much memory an hour takes.
 */

const NODES = 5, ROUNDS = 24, ROUND_MS = 600_000, WARM_UPS = 8, RUNS = 9, HASHED_WORDS = 20_000_000
/** What the project promises. */
const FACTS_PER_SECOND_MIN = 600_000, TIMES_REAL_MIN = 100_000
/** With less of a processor than this, the figures say more about the machine's other work than about ours. */
const PROCESSOR_SHARE_MIN = 0.85

const json = jsonAsked(process.argv.slice(2))
const { election } = scenarios
if (election === undefined) throw new Error('the mission election is gone')
const scenario = election
const plan = (seed: number, chaos: RoundPlan['chaos']): RoundPlan => ({ seed, nodes: NODES, durationMs: ROUND_MS, rules: 'good', chaos })

/** Plays rounds of ten minutes and counts their facts. */
const rounds = (chaos: RoundPlan['chaos']) => (): number => {
  let facts = 0
  for (let seed = 1; seed <= ROUNDS; seed++) playRound(scenario, plan(seed, chaos), () => { facts++ })
  return facts
}
const recordings = Array.from({ length: ROUNDS }, (_, n) => recordRound(scenario, plan(n + 1, 'default')))

const runs = inTurn({
  reference: () => hashLoop(HASHED_WORDS),
  quiet: rounds('none'),
  default: rounds('default'),
  monkey: rounds('monkey'),
  replay: () => recordings.reduce((facts, recording) => facts + replay(recording).facts.length, 0),
}, WARM_UPS, RUNS)

const reference = rateOf(runs.reference)
const referenceCpu = rateOf(runs.reference, 'cpuMs')
const titles = { quiet: 'no faults', default: "the mission's plan", monkey: 'hostile faults', replay: 'replay with checkpoints' } as const
const results = Object.entries(titles).map(([id, title]) => {
  const own = runs[id as keyof typeof titles]
  const facts = rateOf(own)
  const cpu = rateOf(own, 'cpuMs')
  const timesReal = rateOf(own.map((run) => ({ ...run, work: ROUNDS * ROUND_MS / 1_000 })))
  return { id, title, facts, cpu, timesReal, hashedWordsPerFact: referenceCpu.median / cpu.median }
})
const main = results.find((one) => one.id === 'default')
const processorShare = reference.median / referenceCpu.median
const fast = main !== undefined && main.facts.median >= FACTS_PER_SECOND_MIN && main.timesReal.median >= TIMES_REAL_MIN
const hour = playHour()
const memory = judgeMemory(hour)
const ok = fast && memory.ok

print(json, {
  bench: 'sim', nodes: NODES, rounds: ROUNDS, roundMs: ROUND_MS, runs: RUNS, reference: { what: 'hashed words a second', ...reference },
  results: results.map(({ id, facts, cpu, timesReal, hashedWordsPerFact }) => ({ id, factsPerSecond: facts, factsPerProcessorSecond: cpu, timesReal, hashedWordsPerFact })),
  promised: { factsPerSecond: FACTS_PER_SECOND_MIN, timesReal: TIMES_REAL_MIN, rssMb: RSS_MB_MAX }, memory: { ...memory, samples: hour }, processorShare, ok,
}, ['5 nodes, claims, causes, digest', 'facts/s', 'least', 'most', 'facts/CPU s', 'x real time', 'hashed words a fact'],
results.map(({ title, facts, cpu, timesReal, hashedWordsPerFact }) => [title, short(facts.median), short(facts.least), short(facts.most), short(cpu.median), short(timesReal.median), hashedWordsPerFact.toFixed(0)]), [
  '',
  `Medians of ${RUNS} runs of ${ROUNDS} rounds of ${ROUND_MS / 60_000} minutes, one core. Reference: a hash loop of ${short(reference.median)} words a second.`,
  `Promised with the mission's plan: ${short(FACTS_PER_SECOND_MIN)} facts/s and ${short(TIMES_REAL_MIN)} times real time: ${fast ? 'kept' : 'missed'}.`,
  '',
  'An hour under chaos in a process of its own, facts thrown away:',
  ...memoryLines(hour),
  `Promised: under ${RSS_MB_MAX} MB and flat; it took ${memory.rssMbMost.toFixed(0)} MB, and what is in use grew by ${memory.growthMb.toFixed(2)} MB: ${memory.ok ? 'kept' : 'missed'}.`,
  ...(processorShare < PROCESSOR_SHARE_MIN ? [`This machine was busy: the bench had ${(processorShare * 100).toFixed(0)}% of a processor. Run it again when it is quiet; facts/CPU s hardly depend on that.`] : []),
])
