import type { LogEntry } from '../../../shared/invariants/logs.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import type { NodeId } from '../../../shared/sim/types.ts'
import type { Message, RaftLog } from './types.ts'

/**
 * The claims of Raft a second time, as plainly as the paper says them and from all facts of a round at once: every log against every other, every
 * commit against every leader. Deliberately slow, and shares no code with the claims.
 */
export interface DumbVerdict {
  'one-vote': boolean; 'election-safety': boolean; 'quorum-to-lead': boolean
  'log-matching': boolean; 'leader-completeness': boolean; 'no-lost-commit': boolean
  'state-machine-safety': boolean; 'quorum-before-ack': boolean
}

type Log = readonly LogEntry[]
interface Commit { node: NodeId; led: number; index: number; term: number }
const has = (log: Log | undefined, { index, term }: { index: number; term: number }): boolean => log?.[index - 1]?.term === term
const sameTo = (a: Log, b: Log, index: number): boolean =>
  a.slice(0, index).every((entry, at) => entry.term === b[at]?.term && JSON.stringify(entry.command) === JSON.stringify(b[at].command))

function matching(logs: readonly Log[]): boolean {
  const different = [...new Map(logs.map((log) => [JSON.stringify(log.map(({ term, command }) => [term, command])), log])).values()]
  return different.every((a) => different.every((b) => a.every((entry, at) => entry.term !== b[at]?.term || sameTo(a, b, at + 1))))
}

/** Which claims a round keeps. */
export function keeps(facts: readonly Fact[], nodes: readonly NodeId[]): DumbVerdict {
  const logs: Log[] = []
  const disks = new Map<NodeId, Log>()
  const leaders: { node: NodeId; term: number; log: Log | undefined }[] = []
  const commits: Commit[] = []
  const applied: { index: number; command: number }[] = []
  const stored: { node: NodeId; index: number; term: number }[] = []
  const enough = (holders: number): boolean => holders * 2 > nodes.length
  const votes: { node: NodeId; term: number; to: NodeId }[] = []
  const heard: { node: NodeId; term: number; from: NodeId }[] = []
  const led: { node: NodeId; term: number; voters: number }[] = []
  let kept = true, quorum = true
  /** Whether so many nodes may have each committed entry that they are a majority: those not known to lack it. */
  const look = (): void => { kept &&= commits.every((commit) => enough(nodes.filter((node) => !disks.has(node) || has(disks.get(node), commit)).length)) }
  for (const fact of facts) {
    if (fact.kind === 'stored') {
      const { log } = fact.disk as RaftLog['disk']
      logs.push(log)
      disks.set(fact.node, log)
      for (const [at, { term }] of log.entries()) stored.push({ node: fact.node, index: at + 1, term })
      look()
    } else if (fact.kind === 'sent') {
      const message = fact.body as Message
      const { kind, term } = message
      if (kind === 'ask-vote') votes.push({ node: fact.node, term, to: fact.node })
      if (kind === 'vote' && message.granted) votes.push({ node: fact.node, term, to: fact.to })
      if (kind === 'append' && led.every((one) => one.node !== fact.node || one.term !== term)) {
        const voters = new Set([fact.node, ...heard.filter((one) => one.node === fact.node && one.term === term).map((one) => one.from)])
        led.push({ node: fact.node, term, voters: voters.size })
      }
      if (kind === 'append' && leaders.every((one) => one.node !== fact.node || one.term < term)) leaders.push({ node: fact.node, term, log: disks.get(fact.node) })
    } else if (fact.kind === 'delivered') {
      const message = fact.body as Message
      if (message.kind === 'vote' && message.granted) heard.push({ node: fact.node, term: message.term, from: fact.from })
    } else if (fact.kind === 'acted') {
      const action = fact.action as RaftLog['action']
      if (action.kind === 'apply') applied.push(action)
      if (action.kind !== 'commit') continue
      commits.push({ node: fact.node, led: Math.max(...leaders.filter((one) => one.node === fact.node).map((one) => one.term)), index: action.index, term: action.term })
      look()
    } else if (fact.kind === 'replied') {
      const reply = fact.reply as RaftLog['reply']
      quorum &&= enough(new Set(stored.filter((one) => one.index === reply.index && one.term === reply.term).map((one) => one.node)).size)
    }
  }
  return {
    'one-vote': votes.every((a) => votes.every((b) => a.node !== b.node || a.term !== b.term || a.to === b.to)),
    'election-safety': led.every((a) => led.every((b) => a.term !== b.term || a.node === b.node)),
    'quorum-to-lead': led.every((one) => enough(one.voters)),
    'log-matching': matching(logs),
    'leader-completeness': commits.every((commit) => leaders.every((one) => one.term <= commit.led || one.log === undefined || has(one.log, commit))),
    'no-lost-commit': kept && commits.every((a) => commits.every((b) => a.index !== b.index || a.term === b.term)),
    'state-machine-safety': applied.every((a) => applied.every((b) => a.index !== b.index || a.command === b.command)),
    'quorum-before-ack': quorum,
  }
}
