import { describe, expect, test } from 'vitest'
import { leaderCompleteness, noLostCommit } from '../../shared/invariants/index.ts'
import type { Claim } from '../../shared/sim/claim.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import { chanceOf } from '../sim/wild.ts'
import { judged } from './contract.ts'
import { keeps } from './raft-log/dumb.ts'
import { claims } from './raft-log/index.ts'
import { commits, disks, leads } from './raft-log/shown.ts'

/** An entry of the one tree in which all logs of a round are paths: so logs match, and nothing else is sure. */
interface Place { index: number; term: number; before: number }

const ids = nodeIds(3)
const cluster = { nodes: ids, timings: {}, majority: 2 }

/** Facts that no protocol gives: any node's disk takes any log, anybody leads any term, and then commits what it likes. All disks are shown at the start. */
function anything(seed: number): Fact[] {
  const chance = chanceOf(seed, 'anything')
  const tree: Place[] = [{ index: 0, term: 0, before: -1 }]
  const logs = new Map(ids.map((id) => [id, { entries: [] as { place: number; written: number }[], writes: 0 }]))
  const facts: Fact[] = []
  const led = new Set<string>()
  const lay = (fact: object): void => { facts.push({ n: facts.length, atMs: facts.length, before: [], because: [], ...fact } as unknown as Fact) }
  const at = (place: number): Place => tree[place] as Place
  const pathTo = (place: number): number[] => (place === 0 ? [] : [...pathTo(at(place).before), place])
  const store = (node: string, place: number): void => {
    const log = logs.get(node)
    if (log === undefined) return
    const path = pathTo(place)
    const differs = path.findIndex((one, index) => log.entries[index]?.place !== one)
    const kept = differs < 0 ? path.length : differs
    log.entries = [...log.entries.slice(0, kept), ...path.slice(kept).map((one) => ({ place: one, written: ++log.writes }))]
    lay({ kind: 'stored', node, disk: { log: log.entries.map((one) => ({ term: at(one.place).term, command: one.place, written: one.written })) } })
  }
  /** A new entry behind a place, or the one that is there with that index and term. */
  const grown = (before: number): number => {
    const index = at(before).index + 1, term = Math.max(at(before).term, chance(1, 4))
    const known = tree.findIndex((one) => one.index === index && one.term === term)
    return known < 0 ? tree.push({ index, term, before }) - 1 : known
  }
  for (const id of ids) store(id, 0)
  for (let left = chance(3, 14); left > 0; left--) {
    const node = ids[chance(0, 2)] as string, what = chance(0, 9)
    const last = logs.get(node)?.entries.at(-1)?.place ?? 0
    if (what < 3) store(node, grown(chance(0, 2) === 0 ? chance(0, tree.length - 1) : last))
    else if (what < 5) store(node, chance(0, tree.length - 1))
    else if (what < 7 || !led.has(node)) {
      led.add(node)
      lay({ kind: 'sent', node, to: 'Z', message: `m${left}`, arrivals: [], body: { kind: 'append', term: chance(1, 6) } })
    } else if (tree.length > 1) {
      const path = pathTo(chance(0, 3) === 0 ? chance(1, tree.length - 1) : last)
      const { index, term } = at(path[chance(0, Math.max(0, path.length - 1))] ?? chance(1, tree.length - 1))
      lay({ kind: 'acted', node, action: { kind: 'commit', index, term }, rule: null, message: null, request: null })
    }
  }
  return facts
}

/**
 * The first seed of some at which claim and definition part, or null; and in how many rounds the claim broke and was held to it. Where a commit was lost, the claim about
 * leaders may say less than its definition, since then the highest commit does not stand for all; it must never say more.
 */
function parts(id: 'leader-completeness' | 'no-lost-commit', claim: Claim, seeds: number): { seed: number | null; broken: number } {
  let broken = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const facts = anything(seed)
    const breaks = judged(claim, cluster, facts, facts.length).length > 0
    const kept = keeps(facts, ids)
    if (breaks && (id === 'no-lost-commit' || kept['no-lost-commit'])) broken++
    if (breaks !== kept[id] || (id === 'leader-completeness' && !kept['no-lost-commit'] && !breaks)) continue
    return { seed, broken }
  }
  return { seed: null, broken }
}

const SEEDS = 6_000
const hidden = { acted: (fact: Parameters<NonNullable<typeof commits.acted>>[0]) => { const commit = commits.acted?.(fact) ?? null; return commit?.index === 2 ? null : commit } }

describe.each([
  ['leader-completeness', leaderCompleteness(disks, leads, hidden)],
  ['no-lost-commit', noLostCommit(disks, hidden)],
] as const)('%s, before facts that no protocol gives', (id, deaf) => {
  test('says what its definition says', () => {
    const { seed, broken } = parts(id, claims[id] as Claim, SEEDS)
    expect(seed).toBeNull()
    expect(broken).toBeGreaterThan(100)
    expect(broken).toBeLessThan(SEEDS * 0.9)
  })
  test('and does not when it is told of fewer commits', () => expect(parts(id, deaf as unknown as Claim, SEEDS).seed).not.toBeNull())
})
