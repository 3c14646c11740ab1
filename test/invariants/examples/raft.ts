import { recordInputs } from '../../../shared/headless.ts'
import { nodeIds } from '../../../shared/sim/create.ts'
import type { Claim } from '../../../shared/sim/claim.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { Example, Recorded } from '../example.ts'
import { comesToPower, commitsNine, figure7 } from '../raft-log/figure-7.ts'
import { throughD } from '../raft-log/figure-8.ts'
import { claims, raftLog } from '../raft-log/index.ts'
import { rehearse } from '../raft-log/rehearse.ts'
import type { Rehearsal } from '../raft-log/rehearse.ts'
import { stands } from '../raft-log/stands.ts'

const mission = raftLog()

/** A and B both stand in term 1, C votes for A and loses power at once, is asked by B, and both get ready to lead; these do. */
function powerCut(durable: boolean, leaders: readonly string[]): Rehearsal {
  const play = rehearse(mission, 3)
  const grant = (from: string, onDisk: boolean, passMs: number): void => play.click('C', { kind: 'grant', letter: play.letter('C', from, 'ask-vote'), durable: onDisk }, passMs)
  play.click('A', { kind: 'stand' })
  play.pass(1_000)
  grant('A', durable, 0)
  play.powerCut('C')
  play.restart('C')
  play.click('B', { kind: 'stand' })
  play.pass(1_000)
  grant('B', true, 1_100)
  if (leaders.length > 0) for (const node of ['A', 'B']) play.click(node, { kind: 'count-vote', letter: play.letter(node, 'C', 'vote') })
  for (const node of leaders) play.click(node, { kind: 'lead' })
  return play
}

/** A leads three, takes a customer's command, sends it to B, who accepts it or not, and answers. */
function answers(accepted: boolean): Rehearsal {
  const play = rehearse(mission, 3, {}, { customers: true })
  play.elect('A', ['B', 'C'])
  for (let tries = 0; play.self('A').requests.length === 0 && tries < 60; tries++) play.pass(500)
  const fact = play.facts.findLast((one) => one.kind === 'requested' && one.node === 'A')
  const request = fact?.kind === 'requested' ? fact.request : ''
  play.click('A', { kind: 'append', request })
  play.click('A', { kind: 'replicate', to: 'B' })
  play.pass(1_000)
  if (accepted) play.click('B', { kind: 'accept', letter: play.letter('B', 'A', 'append') })
  play.click('A', { kind: 'answer', request })
  return play
}

/** Figure 7: the leader of term 8 sends its last entry to E, which has the one before it, and to G, which has not. E takes it; G takes it or not. */
function sendsLast(answer: 'accept' | 'reject'): Rehearsal {
  const play = rehearse(raftLog(figure7()), 7)
  commitsNine(play)
  comesToPower(play)
  for (const to of ['E', 'G']) play.click('A', { kind: 'replicate', to })
  play.pass(1_000)
  play.click('E', { kind: 'accept', letter: play.letter('E', 'A', 'append') })
  play.click('G', { kind: answer, letter: play.letter('G', 'A', 'append') })
  return play
}

/** Figure 8 through (d). At (c) the entry of term 2 is on three of five, and A does this much about it. */
function overwritten(commits: boolean, applied: number): Rehearsal {
  const play = rehearse(mission, 5)
  throughD(play, () => {
    if (commits) play.click('A', { kind: 'commit', index: 2, term: 2 })
    for (let index = 1; index <= applied; index++) play.click('A', { kind: 'apply', index, command: index })
  })
  return play
}

/** What was played, with its recording. Its steps are the inputs, at whatever time. */
function recorded(play: Rehearsal): Recorded {
  if (play.inputs.at(-1)?.kind !== 'end') play.end()
  const { facts, inputs, settings } = play, scenario = play.mission as unknown as Scenario
  return {
    cluster: { nodes: nodeIds(settings.nodes), timings: {}, majority: (settings.nodes >> 1) + 1 }, facts, scenario,
    recording: recordInputs(scenario, 1, settings, inputs), steps: inputs.map(({ atMs: _whenever, ...step }) => step),
  }
}
const raftExample = (id: string, story: string, breaking: Rehearsal, nearly: Rehearsal): Example =>
  ({ name: `${id}: ${story}`, id, claim: claims[id] as Claim, breaking: recorded(breaking), nearly: recorded(nearly) })

/** Claims of Raft's family, in a mission of their own that is played by hand. */
export const raft: readonly Example[] = [
  raftExample('one-vote', 'a vote that was not on disk is forgotten, and given again', powerCut(false, []), powerCut(true, [])),
  raftExample('election-safety', 'two votes of one node make two leaders', powerCut(false, ['A', 'B']), powerCut(false, ['A'])),
  raftExample('quorum-to-lead', 'two of five are no majority', stands(mission, ['B']), stands(mission, ['B', 'C'])),
  raftExample('quorum-before-ack', 'a leader answers while only its own disk has the command', answers(false), answers(true)),
  raftExample('log-matching', 'Figure 7: G takes an entry without the one before it', sendsLast('accept'), sendsLast('reject')),
  ...['leader-completeness', 'no-lost-commit'].map((id) => raftExample(id, 'Figure 8: a leader commits an entry of an earlier term, and it is overwritten', overwritten(true, 0), overwritten(false, 0))),
  raftExample('state-machine-safety', 'Figure 8: a leader applies what it should not have committed', overwritten(true, 2), overwritten(true, 1)),
]
