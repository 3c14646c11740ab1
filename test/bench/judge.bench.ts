import { finish, mix } from '../../shared/sim/hash.ts'
import { measureOnline, onlineSorts } from './judge-online.ts'
import { decideAll, judgeAll, judgeByZones, knownHistories, largest, million } from './judge-whole.ts'
import { inTurn, jsonAsked, median, print, rateOf, short, timed } from './table.ts'

/**
 * How fast the judge is: whole histories that others recorded, a million operations, and a round event by event. A plain hash loop in the same process is the
 * reference: the ratio says what each costs whatever the machine.
 */

const WARM_UPS = 3, RUNS = 9, HASHED_WORDS = 5_000_000
/** With less of a processor than this, the figures say more about the machine's other work than about ours. */
const PROCESSOR_SHARE_MIN = 0.85
/** What the project promises. */
const MILLION_MS_MAX = 1_500, FIXTURE_MS_MAX = 50, EVENT_P99_US_MAX = 100

const json = jsonAsked(process.argv.slice(2))
const known = knownHistories()
const operations = million()
/** Each alone, once, before the engine has seen any. */
const alone = known.map((one) => ({ name: one.name, ...timed(() => judgeAll([one])) })).sort((a, b) => b.ms - a.ms)
/** Kept, so that no engine leaves the loop out. */
let sum = 0
const etcd = known.filter(({ name }) => name.includes('etcd_')), [kv] = largest(known, 'kv')

const runs = inTurn({
  reference: () => {
    let h = sum | 1
    for (let word = 0; word < HASHED_WORDS; word++) h = mix(h, word)
    sum = finish(h)
    return HASHED_WORDS
  },
  decided: () => decideAll(etcd),
  etcd: () => judgeAll(etcd),
  kv: () => judgeAll(kv === undefined ? [] : [kv]),
  million: () => judgeByZones(operations),
}, WARM_UPS, RUNS)

const reference = rateOf(runs.reference), wordsPerCpuMs = rateOf(runs.reference, 'cpuMs').median / 1_000
const processorShare = reference.median / 1_000 / wordsPerCpuMs
const wholes = ([
  ['decided', `${etcd.length} etcd histories together, verdicts alone`, etcd.length > 0], ['etcd', `${etcd.length} etcd histories together, with witnesses`, etcd.length > 0],
  ['kv', `largest key-value history (${kv?.history.operations.length ?? 0} operations)`, kv !== undefined], ['million', 'a million operations on a register', true],
] as const).filter(([, , there]) => there).map(([id, title]) => {
  const ms = runs[id].map((one) => one.ms), cpuMs = median(runs[id].map((one) => one.cpuMs))
  return { id, title, ms: median(ms), leastMs: Math.min(...ms), mostMs: Math.max(...ms), cpuMs, hashedWords: cpuMs * wordsPerCpuMs }
})
const online = Object.entries(onlineSorts).map(([id, { title, traffic }]) => ({ id, ...measureOnline(title, traffic) }))

const slowest = alone[0]
const millionMs = wholes.find(({ id }) => id === 'million')?.ms ?? Infinity
const kept = {
  million: millionMs <= MILLION_MS_MAX,
  fixtures: slowest === undefined || slowest.ms <= FIXTURE_MS_MAX,
  online: online.every((one) => one.verdict === 'fine' && one.p99Us <= EVENT_P99_US_MAX),
}
const word = (is: boolean): string => (is ? 'kept' : 'missed')
const us = (value: number): string => value.toFixed(value < 10 ? 2 : 0)

print(json, {
  bench: 'judge', runs: RUNS, reference: { what: 'hashed words a second', ...reference }, wholes, alone: alone.slice(0, 5), online,
  promised: { millionMs: MILLION_MS_MAX, fixtureMs: FIXTURE_MS_MAX, eventP99Us: EVENT_P99_US_MAX }, kept, outside: known.length, processorShare, ok: Object.values(kept).every((one) => one),
}, ['whole histories', 'ms', 'least', 'most', 'CPU ms', 'hashed words'], wholes.map(({ title, ms, leastMs, mostMs, cpuMs, hashedWords }) => [title, ...[ms, leastMs, mostMs, cpuMs].map((one) => one.toFixed(1)), short(hashedWords)]), [
  '',
  known.length === 0 ? 'Histories from outside are absent: nothing is said of them.'
    : `Each of ${known.length} histories alone, unprepared: the slowest, ${slowest?.name}, took ${slowest?.ms.toFixed(1)} ms; then ${alone.slice(1, 4).map(({ name, ms }) => `${name} ${ms.toFixed(1)}`).join(', ')}.`,
  `Medians of ${RUNS} runs, one core. Reference: a hash loop of ${short(reference.median)} words a second.`,
  '',
  'Event by event, 30 clients on 10 registers, microseconds an event (median, 99 of 100, 999 of 1,000, most):',
  ...online.map((one) => `  ${one.title}: ${[one.medianUs, one.p99Us, one.p999Us, one.mostUs].map(us).join(', ')}; ${short(one.events)} events, ${one.verdict}; at most ${one.keptKb10.toFixed(0)} KB kept in 10 minutes, ${one.keptKb60.toFixed(0)} in an hour`),
  '',
  `Promised: a million operations in ${MILLION_MS_MAX} ms: ${word(kept.million)}; no history above ${FIXTURE_MS_MAX} ms: ${word(kept.fixtures)}; 99 of 100 events within ${EVENT_P99_US_MAX} microseconds: ${word(kept.online)}.`,
  ...(processorShare < PROCESSOR_SHARE_MIN ? [`This machine was busy: the bench had ${(processorShare * 100).toFixed(0)}% of a processor. Run it again when it is quiet; CPU ms hardly depend on that.`] : []),
])
