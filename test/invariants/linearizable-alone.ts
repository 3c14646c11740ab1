import type { Operation } from '../../shared/consistency/history.ts'
import type { Claim } from '../../shared/sim/claim.ts'
import { linearizable } from '../../shared/invariants/linearizable.ts'
import { ONLINE_LIMITS } from '../../shared/consistency/online/state.ts'
import type { OnlineLimits } from '../../shared/consistency/online/state.ts'
import type { Fact, FactOf } from '../../shared/sim/facts.ts'
import type { Json } from '../../shared/sim/json.ts'
import type { HistorySpec } from '../../shared/sim/scenario.ts'
import type { Shape } from '../../shared/sim/types.ts'
import type { Event } from '../consistency/online-events.ts'
import { judged, ofBreach } from './contract.ts'
import type { Told } from './example.ts'

interface Any extends Shape { operation: { kind: 'any'; asked: Pick<Operation, 'f' | 'key' | 'arg'> }; reply: { kind: 'any'; told: Pick<Operation, 'status' | 'result'> } }

/** The claim over customers who ask for operations of a model as they stand. */
export function anyClaim(type: string, init: Json, limits: OnlineLimits = ONLINE_LIMITS): Claim {
  const spec: HistorySpec<Any> = { model: type, init, call: ({ asked }) => asked, answer: (_operation, { told }) => told }
  return linearizable(spec, {}, limits) as unknown as Claim
}

/** The facts that events of a history make up. */
export function factsOf(events: readonly Event[]): Fact[] {
  return events.map((event, n) => {
    const { id, client, f, key, arg } = event.operation
    const head = { n, atMs: 1_000 * n, node: 'A', request: `c${client}/${id}`, customer: client, local: id, before: [], because: [] }
    const fact = event.kind === 'call' ? { ...head, kind: 'requested', hop: 0, deadlineAtMs: 0, operation: { kind: 'any', asked: { f, key, arg } } }
      : event.status === 'info' ? { ...head, kind: 'expired' } : { ...head, kind: 'replied', tookMs: 0, reply: { kind: 'any', told: { status: event.status, result: event.result } } }
    return fact as unknown as Fact
  })
}

/** How many breaches the claim tells of these events, how many operations their witnesses have, and what the contract says against them. */
export function aloneOf(claim: Claim, events: readonly Event[]): { sizes: number[]; complaints: string[]; sentences: string[] } {
  const told: Told = { cluster: { nodes: ['A'], timings: {}, majority: 1 }, facts: factsOf(events) }
  const said = judged(claim, told.cluster, told.facts, 0)
  const complaints = said.flatMap(({ key, atMs, witness, values }) => ofBreach(claim, told, { kind: 'breached', n: told.facts.length, atMs, key, because: witness, values } as unknown as FactOf<'breached'>))
  return { sizes: said.map(({ values }) => (values['operations'] as Json[]).length), complaints, sentences: said.map(({ sentence }) => sentence) }
}
