import { describe, expect, test } from 'vitest'
import { quorumBeforeAck } from '../../shared/invariants/index.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { court } from '../scenarios/court.ts'
import { raftLog } from './raft-log/index.ts'
import { rehearse } from './raft-log/rehearse.ts'
import type { Rehearsal } from './raft-log/rehearse.ts'
import { sentences, witnessFaults } from './raft-log/said.ts'

const mission = raftLog()

/** A leads three nodes and takes a customer's command into its log. */
function asked(): { play: Rehearsal; request: string } {
  const play = rehearse(mission, 3, {}, { customers: true })
  play.elect('A', ['B', 'C'])
  for (let tries = 0; play.self('A').requests.length === 0; tries++) {
    if (tries > 60) throw new Error('no customer came to A')
    play.pass(500)
  }
  const fact = play.facts.findLast((one) => one.kind === 'requested' && one.node === 'A')
  const request = fact?.kind === 'requested' ? fact.request : ''
  play.click('A', { kind: 'append', request })
  return { play, request }
}

describe('quorum-before-ack', () => {
  test('breaks when a leader answers while only its own disk has the command', () => {
    const { play, request } = asked()
    play.click('A', { kind: 'answer', request })
    expect(sentences(mission, play.facts)).toEqual(['quorum-before-ack: A answered a customer when 1 of 3 disks had taken entry 1 of term 1: A. It takes 2.'])
    expect(witnessFaults(mission, 3, play.facts)).toEqual([])
  })

  test('holds when it answers after one of two others has it on disk', () => {
    const { play, request } = asked()
    play.repair('A', 'B')
    play.commit('A')
    play.click('A', { kind: 'answer', request })
    expect(play.facts.filter((fact) => fact.kind === 'replied')).toHaveLength(1)
    expect(play.breaches()).toEqual([])
  })

  test('holds when one that had it on disk has crashed before the answer', () => {
    const { play, request } = asked()
    play.repair('A', 'B')
    play.commit('A')
    play.powerCut('B')
    play.click('A', { kind: 'answer', request })
    expect(play.breaches()).toEqual([])
  })

  test('breaks when the other only said so: its disk had not taken the command when it lost power', () => {
    const { play, request } = asked()
    play.click('A', { kind: 'replicate', to: 'B' })
    play.pass(1_000)
    // Acceptance and power cut fall into the same millisecond.
    play.click('B', { kind: 'accept', letter: play.letter('B', 'A', 'append'), durable: false }, 0)
    play.powerCut('B')
    play.pass(1_000)
    play.click('A', { kind: 'note-ack', letter: play.letter('A', 'B', 'append-ack') })
    play.commit('A')
    play.click('A', { kind: 'answer', request })
    expect(sentences(mission, play.facts)).toContain('quorum-before-ack: A answered a customer when 1 of 3 disks had taken entry 1 of term 1: A. It takes 2.')
    expect(witnessFaults(mission, 3, play.facts)).toEqual([])
  })

  test('an entry may be called what every object has, and a disk that took it and lost it has taken it', () => {
    type Entry = { name: string; written: number }
    const claim = quorumBeforeAck<Entry>({ disks: { stored: (fact) => fact.disk as unknown as { node: string; entries: Entry[] } }, nameOf: (entry) => entry.name }, { replied: (fact) => ({ node: fact.node, rests: (fact.reply as unknown as { rests: string }).rests }) })
    const one = court({ ...mission, claims: { ack: claim } } as unknown as Scenario, 'ack', 3)
    const stores = (node: string, ...names: string[]): void => { one.lay(0, { kind: 'stored', node, disk: { node, entries: names.map((name, at) => ({ name, written: at + 1 })) }, before: [], because: [] }) }
    one.answers(0, 'A', { rests: 'constructor' } as unknown as { kind: string })
    stores('A', 'constructor')
    stores('B', 'constructor')
    stores('B')
    one.answers(0, 'C', { rests: 'constructor' } as unknown as { kind: string })
    expect(one.verdicts.map((verdict) => verdict.sentence)).toEqual(['A answered a customer when 0 of 3 disks had taken constructor. It takes 2.'])
  })
})
