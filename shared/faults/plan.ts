import { drawBetween } from '../sim/draws.ts'
import type { Seed } from '../sim/draws.ts'
import type { Input } from '../sim/inputs.ts'
import type { Json, NodeId } from '../sim/types.ts'
import type { PlannedFault } from '../sim/scenario.ts'

type FaultInput = Extract<Input, { kind: 'fault' }>

/**
 * A random plan: faults of the allowed kinds between `fromMs` and `untilMs`, every one of them over by `untilMs`. The same
 * seed gives the same plan. For tests that search: hostile on purpose, about one fault every 12 s, overlapping freely.
 */
export function randomPlan(seed: Seed, allowed: readonly string[], nodes: readonly NodeId[], fromMs: number, untilMs: number): FaultInput[] {
  const plan: FaultInput[] = []
  const pick = (what: string, n: number, least: number, most: number): number => drawBetween(seed, `plan ${what}`, n, 0, least, most)
  const some = (what: string, n: number, most: number): NodeId[] => {
    const count = pick(`${what} count`, n, 1, most)
    const pool = [...nodes]
    return Array.from({ length: count }, (_, i) => pool.splice(pick(`${what} ${i}`, n, 0, pool.length - 1), 1)[0] as NodeId)
  }
  let atMs = fromMs
  for (let n = 0; ; n++) {
    atMs += pick('gap', n, 1_000, 24_000)
    const type = allowed[pick('type', n, 0, allowed.length - 1)] as string
    const most = type === 'crash' ? 30_000 : type === 'pause' ? 45_000 : 60_000
    const durationMs = pick('duration', n, 2_000, most)
    if (atMs + durationMs > untilMs) return plan
    plan.push({ kind: 'fault', atMs, id: `p${n}`, type, params: paramsFor(type, n, pick, some, nodes), durationMs })
  }
}

function paramsFor(
  type: string, n: number, pick: (what: string, n: number, least: number, most: number) => number,
  some: (what: string, n: number, most: number) => NodeId[], nodes: readonly NodeId[],
): { [name: string]: Json } {
  const links = { from: some('from', n, nodes.length), to: some('to', n, nodes.length) }
  switch (type) {
    case 'partition': return { side: some('side', n, nodes.length - 1) }
    case 'one-way': return links
    case 'loss': return { ...links, share: pick('share', n, 5, 60) }
    case 'duplicate': return { ...links, share: pick('share', n, 10, 80) }
    case 'latency': return { ...links, extraMs: pick('extra', n, 500, 25_000), share: pick('share', n, 10, 100), shape: ['constant', 'uniform', 'log-normal'][pick('shape', n, 0, 2)] as string }
    default: return { nodes: some('nodes', n, type === 'crash' ? nodes.length : 2) }
  }
}

/**
 * The fault input of a planned fault. Its parameters may hold `"leader"` for a node that is found when the time comes:
 * `leader` is who leads then, or the first node if nobody does.
 */
export function inputOf(planned: PlannedFault, id: string, atMs: number, leader: NodeId, nodes: readonly NodeId[]): FaultInput {
  const resolve = (value: unknown): Json => {
    if (value === 'leader') return leader
    if (value === 'others') return nodes.filter((node) => node !== leader)
    return Array.isArray(value) ? value.flatMap((one) => resolve(one) as Json) : (value as Json)
  }
  const params = Object.fromEntries(Object.entries(planned.params).map(([name, value]) => [name, resolve(value)]))
  return { kind: 'fault', atMs, id, type: planned.type, params, durationMs: planned.durationMs }
}
