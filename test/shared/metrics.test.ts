import { describe, expect, test } from 'vitest'
import { recordRound } from '../../shared/headless.ts'
import { BUCKET_MS, BUCKETS_KEPT, ERROR_CAUSES, foldMetrics, LATENCY_STEP_MS, metricsOf, newMetrics, PERCENTILES, WINDOW_BUCKETS } from '../../shared/metrics.ts'
import type { MetricsState } from '../../shared/metrics.ts'
import { replay } from '../../shared/replay.ts'
import { cursorOf } from '../../shared/replay-cursor.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact, FactOf } from '../../shared/sim/facts.ts'

const mission = scenarios['election']!

function factsOf(seed: number, minutes = 5): { facts: readonly Fact[]; nodes: readonly string[] } {
  const recording = recordRound(mission, { seed, nodes: 5, durationMs: minutes * 60_000, rules: 'good', chaos: 'monkey' })
  return { facts: replay(recording).facts, nodes: recording.header.nodes }
}

function folded(facts: readonly Fact[], nodes: readonly string[], through = (state: MetricsState): MetricsState => state): MetricsState {
  let state = newMetrics(nodes)
  for (const fact of facts) {
    foldMetrics(state, fact, mission)
    state = through(state)
  }
  return state
}

/** Nearest rank over the exact times, each rounded up to its step. */
function slowPercentile(tookMs: readonly number[], percent: number): number | null {
  const sorted = tookMs.map((ms) => Math.max(1, Math.ceil(ms / LATENCY_STEP_MS)) * LATENCY_STEP_MS).toSorted((a, b) => a - b)
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? null
}

describe('the figures of a cluster over time', () => {
  test.each([1, 2, 3, 4, 5, 6])('[METRICS-1] agree with what the facts say one by one, seed %i', (seed) => {
    const { facts, nodes } = factsOf(seed), figures = metricsOf(folded(facts, nodes), mission), replied = facts.filter((fact): fact is FactOf<'replied'> => fact.kind === 'replied')
    expect(replied.length).toBeGreaterThan(5)
    for (const [at, fromMs] of figures.timesMs.entries()) {
      const within = (fact: Fact, buckets: number): boolean => fact.atMs < fromMs + BUCKET_MS && fact.atMs >= fromMs + BUCKET_MS - buckets * BUCKET_MS
      for (const percent of PERCENTILES) expect(figures.latencyMs[String(percent)]?.[at]).toBe(slowPercentile(replied.filter((fact) => within(fact, WINDOW_BUCKETS)).map(({ tookMs }) => tookMs), percent))
      expect(figures.errors.timeout[at]).toBe(facts.filter((fact) => fact.kind === 'expired' && within(fact, 1)).length)
      expect(figures.errors.unreachable[at]).toBe(facts.filter((fact) => fact.kind === 'unreached' && within(fact, 1)).length)
    }
    for (const node of nodes) {
      const beats = facts.flatMap((fact) => (fact.kind === 'delivered' && fact.node === node && fact.body.kind === 'beat' ? ['came'] : fact.kind === 'lost' && fact.to === node && / beat /.test(fact.message) ? ['lost'] : []))
      expect(figures.missed[node]).toBe(beats.length - 1 - beats.lastIndexOf('came'))
    }
    const terms = nodes.map((node) => Number((facts.findLast((fact): fact is FactOf<'stored'> => fact.kind === 'stored' && fact.node === node)?.disk as { term?: number } | undefined)?.term ?? 0))
    expect(nodes.map((node) => figures.behind?.by[node])).toEqual(terms.map((term) => Math.max(...terms) - term))
  })

  test.each([1, 2, 3, 4])('[METRICS-6] count what waits at each node as the nodes themselves hold it, seed %i', (seed) => {
    const replayed = replay(recordRound(mission, { seed, nodes: 5, durationMs: 300_000, rules: 'good', chaos: 'monkey' })), cursor = cursorOf(replayed), { nodes } = replayed.recording.header
    let most = 0
    for (let atMs = 10_000; atMs < 300_000; atMs += 10_000) {
      const { queueNow } = metricsOf(folded(replayed.facts.filter((fact) => fact.atMs <= atMs), nodes), mission), held = cursor.at(atMs).selves.map(({ inbox, requests }) => inbox.filter(({ handled }) => !handled).length + requests.length)
      expect(nodes.map((node) => queueNow[node]), `at ${atMs} ms`).toEqual(held)
      most = Math.max(most, ...held)
    }
    expect(most).toBeGreaterThan(1)
  })

  test('[METRICS-2] are the same when the state goes through JSON at every fact', () => {
    const { facts, nodes } = factsOf(7)
    expect(folded(facts, nodes, (state) => JSON.parse(JSON.stringify(state)) as MetricsState)).toEqual(folded(facts, nodes))
  })

  test('[METRICS-3] take no more room after an hour than after ten minutes', () => {
    const { facts, nodes } = factsOf(8, 60), state = newMetrics(nodes), sizes: number[] = []
    let atMs = 600_000
    for (const fact of facts) {
      foldMetrics(state, fact, mission)
      if (fact.atMs < atMs) continue
      sizes.push(JSON.stringify(state).length)
      atMs += 600_000
    }
    expect(state.buckets).toHaveLength(BUCKETS_KEPT)
    expect(sizes.length).toBeGreaterThan(4)
    expect(Math.max(...sizes)).toBeLessThan((sizes[0] ?? 0) * 1.3)
  })

  test('[METRICS-4] a long silence makes no more buckets than are kept', () => {
    const { facts, nodes } = factsOf(9), last = facts.at(-1)!
    const state = folded([...facts, { ...last, kind: 'ended', node: null, n: last.n + 1, atMs: 90_000_000 } as Fact], nodes)
    expect(state.buckets.length).toBeLessThanOrEqual(BUCKETS_KEPT)
    expect(state.buckets.at(-1)?.fromMs).toBe(90_000_000)
    expect(ERROR_CAUSES.every((cause) => state.buckets.at(-1)?.errors[cause] === 0)).toBe(true)
  })

  test('[METRICS-5] an answer that a breach names counts as wrong, once for each breach', () => {
    const nodes = ['A', 'B', 'C'], base = { before: [], because: [], atMs: 1_000 }
    const answer = { ...base, n: 5, kind: 'replied', node: 'A', request: 'r', customer: 0, local: 1, reply: {}, tookMs: 60 } as unknown as Fact
    const breach = (because: number[]): Fact => ({ ...base, n: 6, kind: 'breached', claim: 'x', key: 'k', severity: 'severe', values: {}, node: null, because }) as unknown as Fact
    expect(metricsOf(folded([answer, breach([5])], nodes), mission).errors.wrong).toEqual([1])
    expect(metricsOf(folded([answer, breach([4])], nodes), mission).errors.wrong).toEqual([0])
  })
})
