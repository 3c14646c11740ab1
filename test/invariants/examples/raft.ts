import { nodeIds } from '../../../shared/sim/create.ts'
import type { Claim } from '../../../shared/sim/claim.ts'
import type { Example, Told } from '../example.ts'
import { commitIndexNaive } from '../raft-log/decide.ts'
import { comesToPower, commitsNine, figure7 } from '../raft-log/figure-7.ts'
import { throughD } from '../raft-log/figure-8.ts'
import { claims, raftLog } from '../raft-log/index.ts'
import { rehearse } from '../raft-log/rehearse.ts'
import type { Habits, Rehearsal } from '../raft-log/rehearse.ts'

const mission = raftLog()

/** A and B both stand in term 1, C votes for A and loses power at once, is asked by B, and both lead who can. */
function powerCut(durable: boolean, leaders: readonly string[]): Rehearsal {
  const play = rehearse(mission, 3)
  const grant = (from: string, passMs: number): void => play.click('C', { kind: 'grant', letter: play.letter('C', from, 'ask-vote'), durable }, passMs)
  play.click('A', { kind: 'stand' })
  play.pass(1_000)
  grant('A', 0)
  play.powerCut('C')
  play.restart('C')
  play.click('B', { kind: 'stand' })
  play.pass(1_000)
  grant('B', 1_100)
  for (const node of leaders) {
    play.click(node, { kind: 'count-vote', letter: play.letter(node, 'C', 'vote') })
    play.click(node, { kind: 'lead' })
  }
  return play
}

/** A stands among five, is voted for by these, and leads. */
function stands(voters: readonly string[]): Rehearsal {
  const play = rehearse(mission, 5)
  play.click('A', { kind: 'stand' })
  play.pass(1_000)
  for (const voter of voters) play.click(voter, { kind: 'grant', letter: play.letter(voter, 'A', 'ask-vote') })
  play.pass(1_000)
  play.click('A', { kind: 'lead' })
  return play
}

/** A leads three, takes a customer's command, and answers once these have it too. */
function answers(holders: readonly string[]): Rehearsal {
  const play = rehearse(mission, 3, {}, { customers: true })
  play.elect('A', ['B', 'C'])
  for (let tries = 0; play.self('A').requests.length === 0 && tries < 60; tries++) play.pass(500)
  const fact = play.facts.findLast((one) => one.kind === 'requested' && one.node === 'A')
  const request = fact?.kind === 'requested' ? fact.request : ''
  play.click('A', { kind: 'append', request })
  for (const to of holders) play.repair('A', to)
  play.click('A', { kind: 'answer', request })
  return play
}

/** Figure 7: the leader of term 8 sends its last entry, and whoever gets it takes it. */
function takesAnything(to: string): Rehearsal {
  const play = rehearse(raftLog(figure7()), 7, { accepts: (self, message) => message.term >= self.disk.term })
  commitsNine(play)
  comesToPower(play)
  play.replicate('A', to)
  return play
}

/** Figure 8 through (d). */
function overwritten(habits: Partial<Habits>): Rehearsal {
  const play = rehearse(mission, 5, habits)
  throughD(play)
  return play
}

const told = ({ facts, settings: { nodes } }: Rehearsal): Told => ({ cluster: { nodes: nodeIds(nodes), timings: {}, majority: (nodes >> 1) + 1 }, facts })
const raftExample = (id: string, story: string, breaking: Rehearsal, nearly: Rehearsal): Example => ({ name: `${id}: ${story}`, id, claim: claims[id] as Claim, breaking: told(breaking), nearly: told(nearly) })

const naive = overwritten({ commitIndex: commitIndexNaive }), careful = overwritten({})

/** Claims of Raft's family, in a mission of their own that is played by hand. */
export const raft: readonly Example[] = [
  raftExample('one-vote', 'a vote that was not on disk is forgotten, and given again', powerCut(false, []), powerCut(true, [])),
  raftExample('election-safety', 'two votes of one node make two leaders', powerCut(false, ['A', 'B']), powerCut(false, ['A'])),
  raftExample('quorum-to-lead', 'two of five are no majority', stands(['B']), stands(['B', 'C'])),
  raftExample('quorum-before-ack', 'a leader answers while only its own disk has the command', answers([]), answers(['B'])),
  raftExample('log-matching', 'Figure 7: G takes an entry without the one before it', takesAnything('G'), takesAnything('E')),
  ...['leader-completeness', 'no-lost-commit', 'state-machine-safety'].map((id) => raftExample(id, 'Figure 8: the naive rule commits what is overwritten', naive, careful)),
]
