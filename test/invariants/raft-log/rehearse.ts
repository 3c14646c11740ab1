import { faults } from '../../../shared/faults/index.ts'
import { nodeIds } from '../../../shared/sim/create.ts'
import type { Fact, FactOf } from '../../../shared/sim/facts.ts'
import type { Input, RecordedAction } from '../../../shared/sim/inputs.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { start } from '../../../shared/sim/simulation.ts'
import type { NodeId, Settings } from '../../../shared/sim/types.ts'
import { mayAccept, mayGrant } from './rules.ts'
import { commitIndexRaft } from './decide.ts'
import type { Message, RaftLog, Self } from './types.ts'

/** One way, for every message: long enough for any write to be done before an answer. */
export const LATENCY_MS = 1_000
/** After a click, until its writes are done. */
const CLICK_MS = 100

/** Judgements that a script may make otherwise than a careful node would. */
export interface Habits {
  grants: typeof mayGrant
  accepts: typeof mayAccept
  commitIndex(self: Self): number
  /** Whether votes and acceptances are said only once they are on disk. */
  durable: boolean
}
export const careful: Habits = { grants: mayGrant, accepts: mayAccept, commitIndex: commitIndexRaft, durable: true }

/** What a stage of a script is about, with the logs of all nodes as terms, before the fact of this number. */
export interface Caption { before: number; text: string; logs: string }

/** A round that a script plays by hand, every click an input of a recording. */
export interface Rehearsal {
  readonly mission: Scenario<RaftLog>
  readonly facts: Fact[]
  readonly inputs: Input[]
  readonly settings: Settings
  self(node: NodeId): Self
  breaches(): FactOf<'breached'>[]
  /** One click, and `passMs` until the next, enough for its writes unless said otherwise. Throws when physics refuses it: a script says what it means. */
  click(node: NodeId, action: RecordedAction, passMs?: number): void
  /** The name of the latest message of this kind that one node heard from another, for clicks that answer it. */
  letter(node: NodeId, from: NodeId, kind: Message['kind']): string
  pass(ms: number): void
  crash(node: NodeId): void
  powerCut(node: NodeId): void
  restart(node: NodeId): void
  /** A node takes over the term of the latest message of this kind from another. */
  adopt(node: NodeId, from: NodeId, kind: Message['kind']): void
  /** Stands, is voted for by those of `asked` who would, and leads if these are enough. Returns whether it leads. */
  elect(candidate: NodeId, asked: readonly NodeId[]): boolean
  /** A leader writes a command into its log. */
  write(leader: NodeId, command: number): void
  /** Sends what the other lacks, as far as the leader knows; it is accepted or rejected, and the answer noted. Returns whether it was accepted. */
  replicate(leader: NodeId, to: NodeId): boolean
  /** `replicate` until the logs are the same. */
  repair(leader: NodeId, to: NodeId): void
  /** Commits what the leader's rule allows, and applies it. */
  commit(leader: NodeId): void
  /** Applies all that the node knows to be committed. */
  apply(node: NodeId): void
  /** Remembers how all logs stand, for a reader of the transcript. */
  caption(text: string): void
  readonly captions: readonly Caption[]
  /** Ends the round; the inputs are a whole recording then. */
  end(): void
}

export function rehearse(mission: Scenario<RaftLog>, nodes: number, habits: Partial<Habits> = {}, change: Partial<Settings> = {}): Rehearsal {
  const { grants, accepts, commitIndex, durable } = { ...careful, ...habits }
  const facts: Fact[] = []
  const inputs: Input[] = []
  const ids = nodeIds(nodes)
  const settings: Settings = {
    nodes, level: 'L0', clockOffsetsMs: ids.map(() => 0), latency: { shape: 'constant', ms: LATENCY_MS }, syncMs: 30, beliefs: {},
    playedBy: ids.map(() => 'student' as const), customers: false, durationMs: 600_000, ...change,
  }
  const sim = start({ scenario: mission as unknown as Scenario, faults, sink: (fact) => facts.push(fact) }, 1, settings)
  sim.runUntil(CLICK_MS)

  const seatOf = (node: NodeId): number => ids.indexOf(node)
  const self = (node: NodeId): Self => sim.self(seatOf(node)) as unknown as Self
  const submit = (input: Input): void => { inputs.push(input); sim.submit(input) }
  const pass = (ms: number): void => sim.runUntil(sim.world.nowMs + ms)
  /** The latest message of a kind that one node heard from another. */
  function heard<K extends Message['kind']>(node: NodeId, from: NodeId, kind: K): { letter: string; message: Extract<Message, { kind: K }> } {
    const fact = facts.findLast((one) => one.kind === 'delivered' && one.node === node && one.from === from && one.body.kind === kind)
    if (fact?.kind !== 'delivered') throw new Error(`${node} has heard no ${kind} from ${from}`)
    return { letter: fact.message, message: fact.body as Extract<Message, { kind: K }> }
  }
  function click(node: NodeId, action: RecordedAction, passMs = CLICK_MS): void {
    const refused = facts.length
    submit({ kind: 'act', atMs: sim.world.nowMs, seat: seatOf(node), action })
    const refusal = facts.slice(refused).find((fact) => fact.kind === 'refused')
    if (refusal?.kind === 'refused') throw new Error(`${node} cannot ${action.kind}: ${refusal.reason}`)
    pass(passMs)
  }
  let down = 0
  const started = new Map<NodeId, string>()
  const halt = (node: NodeId, type: 'crash' | 'power-cut'): void => {
    const id = `${type}-${++down}`
    started.set(node, id)
    submit({ kind: 'fault', atMs: sim.world.nowMs, id, type, params: { nodes: [node] }, durationMs: 30_000 })
    if (sim.world.nodes[seatOf(node)]?.up !== false) throw new Error(`${node} did not go down`)
  }
  const replicate = (leader: NodeId, to: NodeId): boolean => {
    click(leader, { kind: 'replicate', to })
    pass(LATENCY_MS)
    const { letter, message } = heard(to, leader, 'append')
    const accepted = accepts(self(to), message)
    click(to, accepted ? { kind: 'accept', letter, durable } : { kind: 'reject', letter })
    pass(LATENCY_MS)
    click(leader, { kind: 'note-ack', letter: heard(leader, to, 'append-ack').letter })
    return accepted
  }
  const apply = (node: NodeId): void => {
    const { disk, memory } = self(node)
    for (let index = memory.applied + 1; index <= memory.committed; index++) click(node, { kind: 'apply', index, command: disk.log[index - 1]?.command ?? null })
  }
  const captions: Caption[] = []
  const logOf = (node: NodeId): string => {
    const { disk, memory } = self(node)
    const role = sim.world.nodes[seatOf(node)]?.up !== true ? ' (down)' : memory.role === 'leader' ? ` (leads term ${disk.term})` : ''
    return `${node}: ${disk.log.map((entry) => entry.term).join(' ')}${role}`
  }
  return {
    captions, caption: (text) => { captions.push({ before: facts.length, text, logs: ids.map(logOf).join('   ') }) },
    letter: (node, from, kind) => heard(node, from, kind).letter,
    mission, facts, inputs, settings, self, click, pass, replicate, apply,
    breaches: () => facts.filter((fact): fact is FactOf<'breached'> => fact.kind === 'breached'),
    crash: (node) => halt(node, 'crash'),
    powerCut: (node) => halt(node, 'power-cut'),
    restart(node) {
      submit({ kind: 'heal', atMs: sim.world.nowMs, id: started.get(node) ?? '' })
      pass(CLICK_MS)
    },
    adopt: (node, from, kind) => click(node, { kind: 'adopt-term', letter: heard(node, from, kind).letter }),
    elect(candidate, asked) {
      click(candidate, { kind: 'stand' })
      pass(LATENCY_MS)
      for (const voter of asked) {
        const { letter, message } = heard(voter, candidate, 'ask-vote')
        click(voter, grants(self(voter), candidate, message) ? { kind: 'grant', letter, durable } : { kind: 'deny', letter })
      }
      pass(LATENCY_MS)
      for (const voter of asked) {
        const { letter, message } = heard(candidate, voter, 'vote')
        if (message.granted && message.term === self(candidate).disk.term) click(candidate, { kind: 'count-vote', letter })
      }
      if (self(candidate).memory.votes.length * 2 <= nodes) return false
      click(candidate, { kind: 'lead' })
      pass(LATENCY_MS)
      return true
    },
    write: (leader, command) => click(leader, { kind: 'write', command }),
    repair(leader, to) {
      // Each rejection takes the leader one entry back, so there are no more of them than entries.
      for (let tries = self(leader).disk.log.length + 1; tries > 0; tries--) if (replicate(leader, to)) return
      throw new Error(`${to} never accepted`)
    },
    commit(leader) {
      const index = commitIndex(self(leader))
      if (index > self(leader).memory.committed) click(leader, { kind: 'commit', index, term: self(leader).disk.log[index - 1]?.term ?? 0 })
      apply(leader)
    },
    end: () => submit({ kind: 'end', atMs: sim.world.nowMs }),
  }
}
