import { expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { botSettings, playRound } from '../../shared/headless.ts'
import type { RoundPlan } from '../../shared/headless.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import { createWorld } from '../../shared/sim/create.ts'
import type { Fact, FactKind, FactOf } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { physics } from './physics.ts'

/** The laws are worth what they catch: a real round that was tampered with in one place must not pass. */
const scenario = scenarios['election'] as Scenario
const plan: RoundPlan = { seed: 6, nodes: 5, durationMs: 400_000, rules: 'good', chaos: 'monkey' }
const settings = botSettings(scenario, plan)
const facts: Fact[] = []
const { sim } = playRound(scenario, plan, (fact) => facts.push(fact))

function judge(history: readonly Fact[]): void {
  const laws = physics(createWorld(scenario, plan.seed, settings), settings, faults)
  // Numbers follow from the place: what is tampered with here is never just the number.
  history.forEach((fact, n) => laws.watch({ ...fact, n }))
  laws.finish(sim.world)
}

test('the round itself passes', () => expect(() => judge(facts)).not.toThrow())

const index = <K extends FactKind>(kind: K, fits: (fact: FactOf<K>) => boolean = () => true): number => {
  const found = facts.findIndex((fact) => fact.kind === kind && fits(fact as FactOf<K>))
  if (found < 0) throw new Error(`the round has no such fact of kind ${kind}`)
  return found
}
const at = (n: number): Fact => facts[n] as Fact
/** The history with one fact replaced; later causes keep their numbers. */
const replaced = (n: number, ...instead: object[]): Fact[] => [...facts.slice(0, n), ...(instead as Fact[]), ...facts.slice(n + instead.length)]

const delivered = index('delivered', (fact) => fact.n > 50)
const other = (node: string | null): string => (node === 'A' ? 'B' : 'A')
const early = (n: number): Fact => ({ ...at(n), atMs: at(n).atMs - 1 })

test.each<[string, () => readonly Fact[], RegExp]>([
  ['a fact whose number was skipped', () => { const laws = physics(createWorld(scenario, plan.seed, settings), settings, faults); laws.watch({ ...at(0), n: 1 }); return [] }, /the fact before it/],
  ['a fact in the past', () => replaced(delivered, { ...at(delivered), atMs: 1 }), /before it/],
  ['half a millisecond', () => replaced(delivered, { ...at(delivered), atMs: at(delivered).atMs + 0.5 }), /before it/],
  ['a message that arrives before it was due', () => { const n = facts.findIndex((fact, i) => fact.kind === 'delivered' && i > 0 && at(i - 1).atMs < fact.atMs); return replaced(n, early(n)) }, /it was due at/],
  ['a message that arrives late for no reason', () => { const n = facts.findIndex((fact, i) => fact.kind === 'delivered' && at(i + 1).atMs > fact.atMs + 1); return replaced(n, { ...at(n), atMs: at(n).atMs + 1 }) }, /nothing held it back/],
  ['a message that nobody sent', () => replaced(delivered, { ...at(delivered), message: 'A>B beat 1.1 #99', before: at(delivered).before.slice(0, 1) }), /nobody sent/],
  ['a message at the wrong node', () => { const n = index('delivered'); return replaced(n, { ...at(n), node: other(at(n).node), before: (at(n) as FactOf<'delivered'>).before.slice(-1) }) }, /./],
  ['a message that changed on its way', () => { const n = index('delivered'); const fact = at(n) as FactOf<'delivered'>; return replaced(n, { ...fact, body: { ...fact.body, term: 77 } }) }, /content changed/],
  ['a message that arrives twice', () => { const n = index('delivered'); return [...facts.slice(0, n + 1), { ...at(n), before: [n, at(n).before.at(-1) ?? 0], letter: (at(n) as FactOf<'delivered'>).letter + 1 } as Fact] }, /before/],
  ['a loss across a link that is open', () => { const n = index('sent'); const fact = at(n) as FactOf<'sent'>; return [...facts.slice(0, n + 1), { kind: 'lost', n: 0, atMs: fact.atMs, node: null, message: fact.message, from: fact.node, to: fact.to, copy: 0, reason: 'cut', before: [n], because: [] } as Fact] }, /open/],
  ['a node that acts while it is down', () => { const n = index('crashed'); return [...facts.slice(0, n + 1), { kind: 'acted', n: 0, atMs: at(n).atMs, node: at(n).node, action: { kind: 'beat' }, rule: null, message: null, request: null, before: [n], because: [] } as Fact] }, /crashed/],
  ['a node that acts while it is paused', () => { const n = index('paused'); return [...facts.slice(0, n + 1), { kind: 'timer', n: 0, atMs: at(n).atMs, node: at(n).node, name: 'beat', dueMs: 0, before: [n], because: [] } as Fact] }, /paused/],
  ['an alarm before its time', () => { const n = index('timer'); return replaced(n, { ...at(n), dueMs: (at(n) as FactOf<'timer'>).dueMs + 1 }) }, /clock shows/],
  ['an alarm that goes off twice', () => { const n = index('timer'); return [...facts.slice(0, n + 1), { ...at(n), before: [n] }] }, /went off before/],
  ['a cause that is forgotten', () => { const n = index('acted'); return replaced(n, { ...at(n), before: [] }) }, /not among its causes/],
  ['a fault that orders what it touched', () => { const n = index('acted', (fact) => fact.n > index('fault-started')); return replaced(n, { ...at(n), before: [...at(n).before, index('fault-started')] }) }, /did not happen before/],
  ['a reason from the future', () => { const n = index('acted'); return replaced(n, { ...at(n), because: [n + 1] }) }, /no earlier one/],
  ['an answer to nobody', () => { const n = index('replied'); return replaced(n, { ...at(n), request: 'c9/9' }) }, /does not wait/],
  ['something after the end', () => [...facts, { ...(facts.at(-1) as Fact) }], /over/],
  ['a fault that ends too early', () => { const n = index('fault-ended', (fact) => !fact.healed); return replaced(n, { ...at(n), fault: 'nothing' }) }, /not active/],
])('%s is caught', (_what, tampered, law) => {
  expect(() => judge(tampered())).toThrow(law)
})

test('a message that vanished is caught at the end', () => {
  const laws = physics(createWorld(scenario, plan.seed, settings), settings, faults)
  const sent = index('sent')
  facts.slice(0, sent + 1).forEach((fact) => laws.watch(fact))
  expect(() => laws.finish(sim.world)).toThrow(/neither delivered nor lost/)
})

test('a disk that changed by itself, and memory that outlived a crash, are caught', () => {
  const world = createWorld(scenario, plan.seed, settings)
  const laws = physics(world, settings, faults)
  const n = index('crashed')
  facts.slice(0, n).forEach((fact) => laws.watch(fact))
  const node = world.nodes.find((one) => one.self.id === at(n).node)
  if (node === undefined) throw new Error('no such node')
  node.syncedDisk = { term: 99, votedFor: null }
  expect(() => laws.watch(at(n), world)).toThrow(/the disk changed/)
})
