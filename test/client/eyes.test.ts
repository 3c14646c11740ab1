import { describe, expect, test } from 'vitest'
import { above } from '../../client/model/above.ts'
import { passing } from '../../client/model/passing.ts'
import { touchedBy } from '../../client/model/fault-preview.ts'
import { placeOf } from '../../client/model/fact-place.ts'
import { clockOf, hearLooked, knownTo, seenScene } from '../../client/pages/host/see-as.ts'
import { cockpit } from '../../client/model/cockpit.ts'
import { faults } from '../../shared/faults/index.ts'
import { recordRound } from '../../shared/headless.ts'
import { replay } from '../../shared/replay.ts'
import { cursorOf } from '../../shared/replay-cursor.ts'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import type { FaultRegistry } from '../../shared/sim/fault.ts'

const election = scenarios['election']!, registry: FaultRegistry = faults
const ids = ['A', 'B', 'C', 'D', 'E']

const replayed = replay(recordRound(election, { seed: 3, nodes: 5, durationMs: 120_000, rules: 'good', chaos: 'monkey' }))
const { facts } = replayed

describe('what a node sees of packets', () => {
  const seen = above(replayed.recording.header.nodes, election)
  seen.add(facts)

  test.each(['A', 'B', 'C', 'D', 'E'])('[EYES-1] %s sees its own leave and others\' arrive, and nothing that it cannot know', (node) => {
    const sent = facts.filter((fact) => fact.kind === 'sent' && fact.node === node), came = facts.filter((fact) => fact.kind === 'delivered' && fact.node === node)
    let leaving = 0, arriving = 0
    for (let atMs = 500; atMs < 120_000; atMs += 500) {
      for (const packet of passing(seen, node, atMs)) {
        expect([packet.from, packet.to], 'only its own links').toContain(node)
        const leaves = packet.from === node
        expect(packet.fate, 'its true fate stays hidden').toBe(leaves ? 'fades' : 'arrives')
        expect(leaves && packet.endShare !== undefined).toBe(false)
        expect(leaves || packet.arriveMs <= atMs, 'nothing is seen before it is there').toBe(true)
        if (leaves) leaving++
        else arriving++
      }
    }
    expect(sent.length === 0).toBe(leaving === 0)
    expect(came.length === 0).toBe(arriving === 0)
  })

  test('[EYES-2] a lost, a doubled and a delivered message leave alike, once each', () => {
    const look = { from: 'A', to: 'B', family: 'beat', letter: 'H', hollow: false, departMs: 1_000, arriveMs: 3_000 } as const
    const packets = [{ ...look, key: '7', fate: 'lost', endShare: 0.3 }, { ...look, key: '8.0', fate: 'delivered' }, { ...look, key: '8.1', fate: 'delivered' }, { ...look, key: '9.0', fate: 'kept' }, { ...look, key: '9.0/1', fate: 'kept', waits: 'far' }] as const
    const leaving = passing({ packetsBetween: () => [...packets] }, 'A', 1_200)
    expect(leaving.map(({ key }) => key)).toEqual(['7', '8.0', '9.0'])
    expect(new Set(leaving.map((packet) => JSON.stringify({ ...packet, key: '' }))).size).toBe(1)
  })
})

describe('the stage through a node\'s eyes', () => {
  const made = cockpit(election, 'L2')
  made.snapshot({ round: 1, clusters: [{ cluster: 0, name: 'Heron', nodes: ids, clockOffsetsMs: [1_500, -700, 0, 0, 0], nowMs: 60_000, facts: facts.filter(({ atMs }) => atMs <= 60_000) as Fact[], badges: [], plans: [] }] }, 0)
  const cluster = made.clusters[0]!, eyes = { cluster: 0, seat: 0, node: 'A' }
  const known = (over: { frozen?: boolean } = {}) => ({ round: 1, scenario: 'election', level: 'L2' as const, self: { ...structuredClone(cursorOf(replayed).at(60_000).selves[0]!), clockMs: 55_000 }, seen: [], frozen: false, crashed: null, ...over })

  test('[EYES-3] the own clock runs on with true time, and stands while the node does', () => {
    expect(clockOf(cluster, eyes, known(), 61_000)).toBe(62_500)
    expect(clockOf(cluster, eyes, known({ frozen: true }), 61_000)).toBe(55_000)
  })

  test('[EYES-4] no cut, no true state and no other\'s clock is in the picture', () => {
    const scene = seenScene(cluster, eyes, known(), election, 60_000, () => false)
    expect(scene.viewport).toBe('student')
    expect(scene.cuts).toEqual([])
    expect(scene.nodes.map(({ state }) => state).filter((state) => state === 'paused')).toEqual([])
    expect(JSON.stringify(scene.nodes)).not.toContain('clock')
    expect(scene.nodes.find(({ own }) => own)?.id).toBe(known().self.id)
  })

  test('[EYES-5] what was said of another node is not shown for this one', () => {
    hearLooked({ cluster: 0, seat: 1, snapshot: known() })
    expect(knownTo(eyes)).toBeNull()
    hearLooked({ cluster: 0, seat: 0, snapshot: known() })
    expect(knownTo(eyes)?.self.clockMs).toBe(55_000)
    made.close()
  })
})

describe('where on the stage', () => {
  test('[PLACE-1] every fact of a round has a place among its nodes and links', () => {
    for (const fact of facts) {
      const { nodes, links } = placeOf(fact)
      for (const id of [...nodes, ...links.flat()]) expect(ids).toContain(id)
      const goesTo = 'to' in fact && fact.kind !== 'redirected' && fact.kind !== 'asked' && fact.kind !== 'unreached' ? [fact.to] : []
      expect(links.flat()).toEqual(expect.arrayContaining(goesTo))
      expect(nodes).toEqual(expect.arrayContaining(fact.node === null ? [] : [fact.node]))
    }
    expect(new Set(facts.map(({ kind }) => kind)).size).toBeGreaterThan(12)
  })

  test('[BLAST-1] a node at either end of a touched link is touched, and no other', () => {
    expect([...touchedBy(registry['partition']!, { side: ['A'] }, ids)].toSorted()).toEqual(ids)
    expect([...touchedBy(registry['crash']!, { nodes: ['B', 'D'] }, ids)].toSorted()).toEqual(['B', 'D'])
    expect([...touchedBy(registry['loss']!, { from: ['A'], to: ['C'], share: 50, percent: 50 }, ids)].toSorted()).toEqual(['A', 'C'])
  })
})
