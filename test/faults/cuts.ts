import type { Fault, FaultParams, FaultRegistry } from '../../shared/sim/fault.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { NodeId } from '../../shared/sim/types.ts'
import { bench } from '../sim/probe.ts'
import { altered, fromTo, linksWhere, misled, nodesOf } from './definition.ts'
import type { Definition, Touched } from './definition.ts'
import { DRAWS, ensure, ensureEqual } from './statistics.ts'
import { cutBy, numbers } from './wire.ts'

/** Cuts: which links exactly, for clusters of three to nine nodes, and when. */

const SIZES = [3, 4, 5, 6, 7, 8, 9]
const named = ({ links }: Touched): string[] => links.map(([from, to]) => `${from}>${to}`)

function ensureCut(registry: FaultRegistry, type: string, params: FaultParams, nodes: number, wanted: Touched, phase = 0): void {
  ensureEqual(cutBy(registry, { type, params, phase }, nodes), named(wanted), `${type} of ${nodes} nodes with ${JSON.stringify(params)}`)
}

/** All sets of nodes that are neither empty nor everybody. */
function sides(ids: readonly NodeId[]): NodeId[][] {
  return Array.from({ length: 2 ** ids.length - 2 }, (_, n) => ids.filter((_id, place) => Math.floor((n + 1) / 2 ** place) % 2 === 1))
}

const across = (side: readonly NodeId[], ids: readonly NodeId[]): Touched => {
  const rest = ids.filter((id) => !side.includes(id))
  return linksWhere(ids, (from, to) => (side.includes(from) && rest.includes(to)) || (rest.includes(from) && side.includes(to)))
}

/** A copy that leaves one link open, and one that cuts one more. */
const oneLinkOpen = (fault: Fault): Fault => ({ ...fault, link: (params, from, to, turn) => (from === 'C' && to === 'A' ? null : fault.link?.(params, from, to, turn) ?? null) })
const oneLinkMore = (fault: Fault): Fault => ({ ...fault, link: (params, from, to, turn) => (from === 'A' && to === 'B' ? { cut: true } : fault.link?.(params, from, to, turn) ?? null) })
const backwards = (fault: Fault): Fault => ({ ...fault, link: (params, from, to, turn) => fault.link?.(params, to, from, turn) ?? null })

export const partition: Definition = {
  sample: { side: ['B', 'D'] },
  touches: (params, ids) => across(nodesOf(params, 'side'), ids),
  checks: {
    // 64,000 links or so for each phase of both faults that cut sides off.
    'every side of every cluster': {
      holds(registry) {
        for (const nodes of SIZES) {
          const ids = nodeIds(nodes)
          for (const side of sides(ids)) ensureCut(registry, 'partition', { side }, nodes, across(side, ids))
        }
      },
      planted: { 'with one link open': oneLinkOpen, 'with one link more': oneLinkMore, 'one way only': (fault) => ({ ...fault, link: (params, from, to, turn) => (nodesOf(params, 'side').includes(from) ? fault.link?.(params, from, to, turn) ?? null : null) }) },
    },
  },
}

export const oneWay: Definition = {
  sample: { from: ['A', 'C'], to: ['B', 'C'] },
  touches: fromTo,
  checks: {
    'both ends of every cluster': {
      holds(registry) {
        const next = numbers('one way')
        for (let links = 0; links < DRAWS;) {
          const nodes = SIZES[next(0, SIZES.length - 1)] ?? 3
          const ids = nodeIds(nodes)
          const all = [...sides(ids), ids]
          const [from, to] = [all[next(0, all.length - 1)] ?? ids, all[next(0, all.length - 1)] ?? ids]
          ensureCut(registry, 'one-way', { from, to }, nodes, fromTo({ from, to }, ids))
          links += nodes * (nodes - 1)
        }
      },
      planted: { 'backwards': backwards, 'with one link open': oneLinkOpen, 'both ways': (fault) => ({ ...fault, link: (params, from, to, turn) => fault.link?.(params, from, to, turn) ?? fault.link?.(params, to, from, turn) ?? null }) },
    },
  },
}

export const bridge: Definition = {
  sample: { bridge: 'C', side: ['A', 'D'] },
  touches: (params, ids) => across(nodesOf(params, 'side'), ids.filter((id) => id !== params['bridge'])),
  checks: {
    'every bridge of every cluster': {
      holds(registry) {
        for (const nodes of SIZES) {
          const ids = nodeIds(nodes)
          for (const one of ids) {
            const others = ids.filter((id) => id !== one)
            for (const side of sides(others)) ensureCut(registry, 'bridge', { bridge: one, side }, nodes, across(side, others))
          }
        }
      },
      planted: {
        'that reaches one side only': (fault) => ({ ...fault, link: (params, from, to, turn) => (nodesOf(params, 'side').includes(from) && to === params['bridge'] ? { cut: true } : fault.link?.(params, from, to, turn) ?? null) }),
        'that is not the one asked for': misled((params) => ({ ...params, bridge: params['bridge'] === 'A' ? 'B' : 'A' })),
      },
    },
  },
}

/** Neighbours by walking round the circle, as many on each side as it takes for a majority. */
function circle(ids: readonly NodeId[]): Touched {
  let steps = 1
  while ((2 * steps + 1) * 2 <= ids.length) steps++
  const reached = (from: NodeId): NodeId[] => {
    const place = ids.indexOf(from)
    return Array.from({ length: 2 * steps + 1 }, (_, n) => ids[(place - steps + n + ids.length) % ids.length] ?? from)
  }
  return linksWhere(ids, (from, to) => !reached(from).includes(to))
}

export const ring: Definition = {
  sample: {},
  touches: (_params, ids) => circle(ids),
  checks: {
    'who reaches whom': {
      holds(registry) {
        for (const nodes of SIZES.filter((one) => one >= 4)) {
          ensureCut(registry, 'ring', {}, nodes, circle(nodeIds(nodes)))
          const cut = new Set(cutBy(registry, { type: 'ring', params: {} }, nodes))
          const ids = nodeIds(nodes)
          const reached = ids.map((from) => ids.filter((to) => !cut.has(`${from}>${to}`)))
          ensure(reached.every((one) => one.length * 2 > nodes), `of ${nodes} nodes each reaches a majority`)
          ensureEqual(new Set(reached.map((one) => one.join())).size, nodes, 'no two nodes reach the same majority')
          ensure([...cut].every((link) => cut.has(link.split('>').toReversed().join('>'))), 'a link is cut both ways or not at all')
        }
      },
      planted: { 'with one link open': oneLinkOpen, 'with one link more': oneLinkMore, 'turned into halves': (fault) => ({ ...fault, link: (_params, from, to, { ids }) => (ids.indexOf(from) < ids.length / 2 === ids.indexOf(to) < ids.length / 2 ? null : { cut: true }) }) },
    },
  },
}

/** A cut that turns every 700 ms on a link that takes no time: 100,000 messages at times of their own, each lost when it is cut then. */
function onAndOff(registry: FaultRegistry): void {
  for (let round = 0; round < 10; round++) {
    const everyMs = 500 + round * 100, startedMs = 777
    const { act, fault, of, sim } = bench({ registry, seed: round, latency: { shape: 'constant', ms: 0 } })
    fault(startedMs, 'f', 'flapping', { side: ['A'], everyMs }, null)
    const next = numbers(`flapping ${round}`)
    const lost: number[] = []
    let atMs = startedMs
    for (let n = 1; n <= DRAWS / 10; n++) {
      atMs += next(0, 20)
      act(atMs, 0, { kind: 'say', to: 'B', text: 'x' })
      if (Math.floor((atMs - startedMs) / everyMs) % 2 === 0) lost.push(n)
    }
    sim.runUntil(atMs)
    ensureEqual(of('lost').map((fact) => Number(fact.message.split('#')[1])), lost, `what is lost, turning every ${everyMs} ms`)
  }
}

const phased = (wanted: (phase: number) => number) => (fault: Fault): Fault => ({ ...fault, link: (params, from, to, turn) => fault.link?.(params, from, to, { ...turn, phase: wanted(turn.phase) }) ?? null })

export const flapping: Definition = {
  sample: { side: ['E'], everyMs: 2_000 },
  touches: (params, ids) => across(nodesOf(params, 'side'), ids),
  checks: {
    'every side of every cluster, in every phase': {
      holds(registry) {
        for (const nodes of SIZES) {
          const ids = nodeIds(nodes)
          for (const side of sides(ids)) for (const phase of [0, 1, 2]) ensureCut(registry, 'flapping', { side, everyMs: 1_000 }, nodes, phase === 1 ? { nodes: [], links: [] } : across(side, ids), phase)
        }
      },
      planted: { 'with one link open': oneLinkOpen, 'that never opens': phased(() => 0) },
    },
    'when it is cut': { holds: onAndOff, planted: { 'that begins open': phased((phase) => phase + 1), '2 ms late at each turn': (fault) => ({ ...fault, phaseMs: (params) => Number(params['everyMs']) + 2 }), 'a hold, not a cut': altered(() => ({ hold: true })) } },
  },
}
