import { faults } from '../../shared/faults/index.ts'
import { recordInputs } from '../../shared/headless.ts'
import type { Shows } from '../../shared/invariants/shows.ts'
import type { Claim } from '../../shared/sim/claim.ts'
import { nodeIds } from '../../shared/sim/create.ts'
import type { Fact, FactOf } from '../../shared/sim/facts.ts'
import { choice, durable, peer, request } from '../../shared/sim/fields.ts'
import type { Input, RecordedAction } from '../../shared/sim/inputs.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { Json, NodeId, RequestId, Settings, SimMs, Timings } from '../../shared/sim/types.ts'
import type { Recorded } from './example.ts'

/** Nodes that decide nothing: a script says what each of them does. Texts are JSON, so that a recording holds every word. */
interface Puppet {
  disk: { page: Json }
  memory: { [name: string]: never }
  message: { kind: 'told'; says: Json }
  action:
    | { kind: 'note'; text: string }
    | { kind: 'tell'; to: NodeId; text: string }
    | { kind: 'write'; text: string; durable: boolean }
    | { kind: 'answer'; request: number; text: string }
    | { kind: 'pass'; request: number; to: NodeId }
  operation: { kind: 'asks'; says: Json }
  reply: { kind: 'answered'; says: Json }
}

/** What a script may let happen. A node is `at`; who waits with a request is found by its name, e.g. `c0/1`. */
export type Step = { atMs: SimMs } & (
  /** The node does something that shows an event, and nothing else. */
  | { at: NodeId; note: Json }
  | { at: NodeId; tell: NodeId; says: Json }
  /** The disk holds this from now on; `sync`: made to survive the loss of power, which shows as `stored`. */
  | { at: NodeId; write: Json; sync: boolean }
  | { answer: RequestId; says: Json }
  | { pass: RequestId; to: NodeId }
  | { fault: string; type: string; params: Extract<Input, { kind: 'fault' }>['params']; durationMs: number | null }
  | { heal: string }
)

/** What differs from the usual stage: three nodes, true clocks, links of 100 ms, disks of 30 ms. `asks`: what each customer asks, in turn, a second after the last answer. */
export interface Stage { nodes?: number; timings?: Timings; asks?: readonly (readonly Json[])[]; untilMs?: SimMs; latencyMs?: number }

/** A round that was played from a script. */
export interface Played extends Recorded { breaches: readonly FactOf<'breached'>[] }

const textsOf = (steps: readonly Step[]): string[] => [...new Set(steps.flatMap((step) => {
  const said = 'note' in step ? step.note : 'says' in step ? step.says : 'write' in step ? step.write : undefined
  return said === undefined ? [] : [JSON.stringify(said)]
}))]

const read = (text: string): Json => JSON.parse(text) as Json

/** The puppets' mission for one script, judged by these claims. */
export function puppets(claims: { readonly [id: string]: Claim }, steps: readonly Step[], stage: Stage = {}): Scenario {
  const { asks = [], timings = {}, latencyMs = 100 } = stage
  const text = choice('Text', textsOf(steps))
  const mission: Scenario<Puppet> = {
    id: 'puppets', title: 'Puppets', version: 1,
    lesson: { brief: '', ruleCard: { title: '', rules: [] }, runbook: [], questions: [], glossary: {} },
    nodes: { min: 1, usual: 3, max: 9 },
    timings: () => timings, speed: () => 1,
    latency: { shape: 'constant', ms: latencyMs },
    state: () => ({ disk: { page: null }, memory: {} }),
    messages: { told: { letter: 'T', family: 'order', name: 'TOLD', about: (message) => JSON.stringify(message.says) } },
    arrive() {},
    actions: {
      note: { fields: { text }, label: () => 'Note', offered: () => true, perform() {} },
      tell: { fields: { to: peer(), text }, label: () => 'Tell', offered: () => true, perform: (_self, action, out) => out.send(action.to, { kind: 'told', says: read(action.text) }) },
      write: {
        fields: { text, durable: durable() }, label: () => 'Write', offered: () => true,
        perform(self, action, out) {
          self.disk.page = read(action.text)
          if (action.durable) out.sync()
        },
      },
      answer: { fields: { request: request(), text }, label: () => 'Answer', offered: () => true, perform(self, action, out) {
        const on = self.requests.find((one) => one.n === action.request)
        if (on !== undefined) out.reply(on, { kind: 'answered', says: read(action.text) })
      } },
      pass: { fields: { request: request(), to: peer() }, label: () => 'Pass on', offered: () => true, perform(self, action, out) {
        const on = self.requests.find((one) => one.n === action.request)
        if (on !== undefined) out.redirect(on, action.to)
      } },
    },
    alarms: () => ({}), rules: {}, levels: { L0: [], L1: [], L2: [], L3: [] }, misconceptions: {},
    workload: {
      customers: () => asks.length, gapMs: [1_000, 1_000], deadlineMs: 3_600_000, redirectMs: 50, stickyPercent: 100,
      operation: (customer, n) => ({ kind: 'asks', says: asks[customer]?.[n - 1] ?? null }),
    },
    claims, figures: {},
    view: () => ({ role: '', fill: 'empty', pennant: false, plate: [], peers: {}, ring: null, now: null }),
    tellLetter: () => ({ text: '', why: null, stale: false }), tellRequest: () => ({ command: '', hold: '' }), tellReply: () => '',
    badge: () => ({ fill: 'empty', pennant: false, tab: '', words: '', leads: false }),
    bentClocks: true, chaos: [], chaosLimits: {}, allows: () => true,
  }
  return mission as unknown as Scenario
}

/** Plays a script through the real simulation, keeps its recording, and returns its facts. A step that the simulation refuses is thrown with its number: a script has no slips. */
export function script(claims: { readonly [id: string]: Claim }, steps: readonly Step[], stage: Stage = {}): Played {
  const { nodes = 3 } = stage
  const scenario = puppets(claims, steps, stage)
  const ids = nodeIds(nodes)
  const endMs = stage.untilMs ?? Math.max(0, ...steps.map((step) => step.atMs)) + 10_000
  const settings: Settings = {
    nodes, level: 'L0', clockOffsetsMs: ids.map(() => 0), latency: scenario.latency, syncMs: 30, beliefs: {},
    playedBy: ids.map(() => 'student'), customers: stage.asks !== undefined, durationMs: endMs,
  }
  const facts: Fact[] = []
  const inputs: Input[] = []
  const sim = start({ scenario, faults, sink: (fact) => facts.push(fact) }, 1, settings)
  const seatOf = (node: NodeId): number => ids.indexOf(node)
  const submit = (input: Input): void => { inputs.push(input); sim.submit(input) }
  for (const [at, step] of steps.entries()) {
    sim.runUntil(step.atMs)
    const from = facts.length
    const act = (seat: number, action: RecordedAction): void => submit({ kind: 'act', atMs: step.atMs, seat, action })
    const waitsAt = (name: RequestId): number => sim.world.nodes.findIndex((node) => Object.values(node.requestIds).includes(name))
    if ('note' in step) act(seatOf(step.at), { kind: 'note', text: JSON.stringify(step.note) })
    else if ('tell' in step) act(seatOf(step.at), { kind: 'tell', to: step.tell, text: JSON.stringify(step.says) })
    else if ('write' in step) act(seatOf(step.at), { kind: 'write', text: JSON.stringify(step.write), durable: step.sync })
    else if ('answer' in step) act(waitsAt(step.answer), { kind: 'answer', request: step.answer, text: JSON.stringify(step.says) })
    else if ('pass' in step) act(waitsAt(step.pass), { kind: 'pass', request: step.pass, to: step.to })
    else if ('fault' in step) submit({ kind: 'fault', atMs: step.atMs, id: step.fault, type: step.type, params: step.params, durationMs: step.durationMs })
    else submit({ kind: 'heal', atMs: step.atMs, id: step.heal })
    const slip = facts.slice(from).find((fact) => fact.kind === 'refused' || fact.kind === 'fault-refused')
    if (slip !== undefined && 'reason' in slip) throw new Error(`step ${at} of the script cannot be done: ${slip.reason}`)
  }
  submit({ kind: 'end', atMs: endMs })
  return {
    cluster: { nodes: ids, timings: scenario.timings('L0'), majority: (nodes >> 1) + 1 },
    facts, breaches: facts.filter((fact) => fact.kind === 'breached'), recording: recordInputs(scenario, 1, settings, inputs), scenario, steps,
  }
}

/** How a puppet's notes show events of one sort: `{ shows: sort, ...event }`. */
export function noted<E>(sort: string): Shows<E> {
  return {
    acted(fact) {
      const action = fact.action as Puppet['action']
      if (action.kind !== 'note') return null
      const event = read(action.text) as { shows?: string }
      return event.shows === sort ? (event as E) : null
    },
  }
}

/** How what puppets are told shows events of one sort: each copy that arrives is one. */
export function heard<E>(sort: string): Shows<E> {
  return {
    delivered(fact) {
      const event = (fact.body as Puppet['message']).says as { shows?: string } | null
      return event?.shows === sort ? (event as E) : null
    },
  }
}
