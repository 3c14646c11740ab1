import { describe, expect, test } from 'vitest'
import { faults } from '../../shared/faults/index.ts'
import { recordInputs } from '../../shared/headless.ts'
import type { Fact, FactOf } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import { commitIndexNaive } from './raft-log/decide.ts'
import { throughD, throughE } from './raft-log/figure-8.ts'
import { raftLog } from './raft-log/index.ts'
import { rehearse } from './raft-log/rehearse.ts'
import type { Rehearsal } from './raft-log/rehearse.ts'
import { sentences, witnessFaults } from './raft-log/said.ts'
import { keptTranscript, transcriptOf } from './raft-log/transcript.ts'

const mission = raftLog()
const careful = (): Rehearsal => rehearse(mission, 5)
const naive = (): Rehearsal => rehearse(mission, 5, { commitIndex: commitIndexNaive })
const terms = (play: Rehearsal, node: string): string => play.self(node).disk.log.map((entry) => entry.term).join(' ')
const all = (play: Rehearsal): string[] => ['A', 'B', 'C', 'D', 'E'].map((id) => terms(play, id))
/** The terms of all logs, from A to E, at each stage that the figure shows. */
const stagesOf = ({ captions }: Rehearsal): { [stage: string]: string[] } => Object.fromEntries(captions.flatMap(({ text, logs }) => {
  const stage = /^\((.)\)/.exec(text)?.[1]
  return stage === undefined ? [] : [[stage, logs.split('   ').map((one) => one.replace(/^.: | \(.*\)$/g, ''))]]
}))
const witnessOf = (play: Rehearsal, claim: string): Fact[] =>
  (play.breaches().find((fact) => fact.claim === claim) as FactOf<'breached'>).because.map((n) => play.facts[n] as Fact)

describe('Figure 8', () => {
  test.each([['the rule of the paper', careful], ['the naive rule', naive]])('at each stage the logs are those of the figure, with %s', (_rule, begin) => {
    const d = begin(), e = begin()
    throughD(d)
    throughE(e)
    const abc = { a: ['1 2', '1 2', '1', '1', '1'], b: ['1 2', '1 2', '1', '1', '1 3'], c: ['1 2 4', '1 2', '1 2', '1', '1 3'] }
    expect(stagesOf(d)).toEqual({ ...abc, d: ['1 3', '1 3', '1 3', '1 3', '1 3'] })
    expect(stagesOf(e)).toEqual({ ...abc, e: ['1 2 4', '1 2 4', '1 2 4', '1', '1 3'] })
  })

  test('(d) with the rule of the paper, A commits nothing of term 2, E overwrites it, and nothing breaks, also when A is back', () => {
    const play = careful()
    expect(throughD(play)).toBe(true)
    expect(all(play)).toEqual(['1 3', '1 3 5', '1 3 5', '1 3 5', '1 3 5'])
    expect(play.facts.filter((fact) => fact.kind === 'acted' && fact.action.kind === 'commit').map((fact) => fact.node)).toEqual(['A', 'E'])
    expect(play.breaches()).toEqual([])
  })

  test('(e) once an entry of term 4 is on a majority, A commits both, E is not elected, and nothing breaks', () => {
    const play = careful()
    expect(throughE(play)).toBe(false)
    expect(play.facts.filter((fact) => fact.kind === 'acted' && fact.action.kind === 'commit')).toMatchObject([
      { node: 'A', action: { index: 1, term: 1 } }, { node: 'A', action: { index: 3, term: 4 } }, { node: 'B', action: { index: 4, term: 6 } },
    ])
    expect(all(play)).toEqual(['1 2 4', '1 2 4 6', '1 2 4 6', '1 2 4 6', '1 2 4 6'])
    expect(play.breaches()).toEqual([])
  })

  test('[leader-completeness] [no-lost-commit] [state-machine-safety] (d) with the naive rule, all three break, each with a witness that stands alone', () => {
    const play = naive()
    expect(throughD(play)).toBe(true)
    expect(sentences(mission, play.facts)).toEqual([
      'leader-completeness: E led term 5 without entry 2 of term 2, which A committed as leader of term 4: E had one of term 3 in its place.',
      'no-lost-commit: A committed entry 2 of term 2, but the disks of B, D and E did not have it: at most 2 of 5 had. It takes 3.',
      'state-machine-safety: At index 2, A applied command 2, and E applied command 3.',
    ])
    expect(witnessOf(play, 'leader-completeness')).toMatchObject([
      { kind: 'sent', node: 'A', body: { kind: 'append', term: 4 } }, { kind: 'acted', node: 'A', action: { kind: 'commit', index: 2, term: 2 } },
      { kind: 'stored', node: 'E', disk: { log: [{ term: 1 }, { term: 3 }] } }, { kind: 'sent', node: 'E', body: { kind: 'append', term: 5 } },
    ])
    expect(witnessFaults(mission, 5, play.facts)).toEqual([])
  })

  test('the naive rule does no harm when (e) happens instead', () => {
    const play = naive()
    expect(throughE(play)).toBe(false)
    expect(play.breaches()).toEqual([])
  })

  test('its recording plays again to the same facts', () => {
    const play = naive()
    throughD(play)
    const scenario = mission as unknown as Scenario
    const recording = recordInputs(scenario, 1, play.settings, play.inputs)
    const facts: Fact[] = []
    const sim = start({ scenario, faults, sink: (fact) => facts.push(fact) }, recording.header.seed, recording.header.settings)
    for (const entry of recording.entries) if (entry.t === 'input') sim.submit(entry.input)
    expect(facts).toEqual(play.facts)
    expect(recording.entries.at(-1)).toMatchObject({ t: 'closed', facts: facts.length, digest: sim.digest() })
  })

  test('the story of how the naive rule loses an entry', () => {
    const play = naive()
    throughD(play)
    const text = transcriptOf(mission, 'Figure 8 of the Raft paper. A commits whatever a majority has, of whichever term.', play)
    expect(text).toBe(keptTranscript('figure-8-naive.txt', text))
  })
})
