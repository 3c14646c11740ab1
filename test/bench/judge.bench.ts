import { knownHistories, slowestAlone } from './judge-alone.ts'
import { measureOnline, onlineSorts } from './judge-online.ts'
import { decideAll, fromOutside, judgeAll, largest, madeKeyValue, million } from './judge-whole.ts'
import { hashLoop, inTurn, jsonAsked, median, print, rateOf, short, timed } from './table.ts'

/**
 * How fast the judge is: whole histories that others recorded, large ones, and a round event by event. A plain hash loop in the same process is the reference: the ratio says
 * what each costs whatever the machine.
 */

const WARM_UPS = 3, RUNS = 9, HASHED_WORDS = 5_000_000
/** With less of a processor than this, the figures say more about the machine's other work than about ours. */
const PROCESSOR_SHARE_MIN = 0.85
/** What the project promises. */
const MILLION_MS_MAX = 1_500, FIXTURE_MS_MAX = 50, EVENT_P99_US_MAX = 100

const json = jsonAsked(process.argv.slice(2))
const outside = fromOutside(), isOutside = outside.length > 0
const known = isOutside ? outside : knownHistories()
/** Each alone, once, in a row. */
const first = known.map((one) => timed(() => judgeAll([one])).ms)
const etcd = isOutside ? known.filter(({ name }) => name.includes('etcd_')) : known, [kv] = largest(known, 'kv')
const large = madeKeyValue(), operations = million()

const runs = inTurn({
  reference: () => hashLoop(HASHED_WORDS),
  decided: () => decideAll(etcd),
  etcd: () => judgeAll(etcd),
  kv: () => judgeAll(kv === undefined ? [] : [kv]),
  large: () => judgeAll([large.right]),
  largeWrong: () => judgeAll([large.wrong]),
  million: () => judgeAll([operations.right]),
  millionWrong: () => judgeAll([operations.wrong]),
}, WARM_UPS, RUNS)

const reference = rateOf(runs.reference), wordsPerCpuMs = rateOf(runs.reference, 'cpuMs').median / 1_000
const processorShare = reference.median / 1_000 / wordsPerCpuMs
const of = `${etcd.length} ${isOutside ? 'etcd histories' : 'histories made like those of etcd'}`
const wholes = ([
  ['decided', `${of}, verdicts alone`], ['etcd', `${of}, with witnesses`],
  ...(kv === undefined ? [] : [['kv', `largest key-value history, ${kv.history.operations.length} operations`] as const]),
  ['large', `made: 50 clients, 10 texts, ${large.right.history.operations.length} operations`], ['largeWrong', 'the same with one wrong answer, and its witness'],
  ['million', 'a million operations on a register'], ['millionWrong', 'the same with one wrong answer, and its witness'],
] as const).map(([id, title]) => {
  const ms = runs[id].map((one) => one.ms), cpuMs = median(runs[id].map((one) => one.cpuMs))
  return { id, title, ms: median(ms), leastMs: Math.min(...ms), mostMs: Math.max(...ms), cpuMs, hashedWords: cpuMs * wordsPerCpuMs }
})
const alone = slowestAlone(known)
const online = Object.entries(onlineSorts).map(([id, { title, traffic }]) => ({ id, ...measureOnline(title, traffic) }))

const msOf = (id: string): number => wholes.find((one) => one.id === id)?.ms ?? Infinity
const aloneMs = Math.max(...alone.flatMap(({ coldMs, warmMs }) => [coldMs, warmMs])), eventP99Us = Math.max(...online.map(({ p99Us }) => p99Us))
const us = (value: number): string => value.toFixed(value < 10 ? 2 : 0)
const limits = [
  { title: 'a million operations', took: `${Math.max(msOf('million'), msOf('millionWrong')).toFixed(0)} ms`, most: `${MILLION_MS_MAX} ms`, ok: Math.max(msOf('million'), msOf('millionWrong')) <= MILLION_MS_MAX },
  { title: 'any one history', took: `${aloneMs.toFixed(1)} ms`, most: `${FIXTURE_MS_MAX} ms`, ok: aloneMs <= FIXTURE_MS_MAX },
  { title: '99 of 100 events', took: `${us(eventP99Us)} microseconds`, most: `${EVENT_P99_US_MAX} microseconds`, ok: online.every(({ verdict }) => verdict === 'fine') && eventP99Us <= EVENT_P99_US_MAX },
]

print(json, {
  bench: 'judge', runs: RUNS, reference: { what: 'hashed words a second', ...reference }, outside: outside.length, wholes, alone, firstMsMost: Math.max(...first), online,
  promised: { millionMs: MILLION_MS_MAX, fixtureMs: FIXTURE_MS_MAX, eventP99Us: EVENT_P99_US_MAX }, limits, processorShare, ok: limits.every(({ ok }) => ok),
}, ['whole histories', 'ms', 'least', 'most', 'CPU ms', 'hashed words'], wholes.map(({ title, ms, leastMs, mostMs, cpuMs, hashedWords }) => [title, ...[ms, leastMs, mostMs, cpuMs].map((one) => one.toFixed(1)), short(hashedWords)]), [
  `Medians of ${RUNS} runs, one core. Reference: a hash loop of ${short(reference.median)} words a second.`,
  ...(isOutside ? [] : ['Histories from outside are absent: these are made from seeds instead, and nothing is said of the others.']),
  '',
  `Each of ${known.length} histories alone, one after the other, once: at most ${Math.max(...first).toFixed(1)} ms. The slowest, as the first of a new process, and warm:`,
  ...alone.slice(0, 4).map(({ name, coldMs, warmMs }) => `  ${name}: ${coldMs.toFixed(1)} ms, ${warmMs.toFixed(1)} ms`),
  '',
  'Event by event, 30 clients on 10 registers, microseconds an event (median, 99 of 100, 999 of 1,000, most):',
  ...online.map((one) => `  ${one.title}: ${[one.medianUs, one.p99Us, one.p999Us, one.mostUs].map(us).join(', ')}; ${short(one.events)} events, ${one.verdict}; at most ${one.keptKb10.toFixed(0)} KB kept in 10 minutes, ${one.keptKb60.toFixed(0)} in an hour`),
  '',
  ...limits.map(({ title, took, most, ok }) => `Promised: ${title} in ${most}; took ${took}: ${ok ? 'ok' : 'NOT OK'}.`),
  ...(processorShare < PROCESSOR_SHARE_MIN ? [`This machine was busy: the bench had ${(processorShare * 100).toFixed(0)}% of a processor. Run it again when it is quiet; CPU ms hardly depend on that.`] : []),
])
