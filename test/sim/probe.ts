import { choice, durable, integer, letter, peer, request } from '../../shared/sim/fields.ts'
import { faults } from '../../shared/faults/index.ts'
import type { Seed } from '../../shared/sim/draws.ts'
import type { Fact, FactKind, FactOf } from '../../shared/sim/facts.ts'
import type { FaultRegistry } from '../../shared/sim/fault.ts'
import type { Input, RecordedAction } from '../../shared/sim/inputs.ts'
import type { Rule, Scenario } from '../../shared/sim/scenario.ts'
import { start } from '../../shared/sim/simulation.ts'
import type { Simulation } from '../../shared/sim/simulation.ts'
import type { Level, PlayedBy, Settings } from '../../shared/sim/types.ts'

/** The smallest mission in which every mechanism of the simulation shows: notes, a number on disk, one alarm, customers. */
interface Probe {
  disk: { value: number }
  memory: { notes: string[]; ringAtMs: number | null; started: number }
  message: { kind: 'note'; text: string }
  action:
    | { kind: 'say'; to: string; text: string }
    | { kind: 'write'; value: number; to: string; durable: boolean }
    | { kind: 'wind'; inMs: number }
    | { kind: 'aim'; atMs: number }
    | { kind: 'answer'; letter: number }
    | { kind: 'serve'; request: number }
    | { kind: 'pass'; request: number; to: string }
    | { kind: 'mark' }
  operation: { kind: 'ask'; n: number }
  reply: { kind: 'told'; value: number }
}

const rules: { [id: string]: Rule<Probe> } = {
  answer: { on: ['message note'], sort: 'handler', sentence: '', when: (_self, event) => event.on === 'message' && !event.letter.handled && !event.letter.message.text.startsWith('re'), act: (_self, event) => (event.on === 'message' ? [{ kind: 'answer', letter: event.letter.n }] : []) },
  serve: { on: ['request'], sort: 'judgement', sentence: '', when: (self) => self.requests.length > 0, act: (self) => self.requests.map((one) => ({ kind: 'serve', request: one.n })) },
  mark: { on: ['alarm ring', 'start'], sort: 'chore', sentence: '', when: () => true, act: () => [{ kind: 'mark' }] },
}

export const probe: Scenario<Probe> = {
  id: 'probe', title: 'Probe', version: 1,
  lesson: { brief: '', ruleCard: { title: '', rules: [] }, runbook: [], questions: [], glossary: {} },
  nodes: { min: 2, usual: 3, max: 9 },
  timings: () => ({}), speed: () => 1,
  latency: { shape: 'constant', ms: 100 },
  state: () => ({ disk: { value: 0 }, memory: { notes: [], ringAtMs: null, started: 0 } }),
  messages: { note: { letter: 'N', family: 'ask', name: 'NOTE', about: (message) => message.text } },
  arrive(self, from, message) { self.memory.notes.push(`${from}:${message.text}`) },
  actions: {
    say: { fields: { to: peer(), text: choice('Text', ['x', 'y', 'z', 're']) }, label: () => 'Say', offered: () => true, perform: (_self, action, out) => out.send(action.to, { kind: 'note', text: action.text }) },
    write: {
      fields: { value: integer('Value', '', 0, 99, 1), to: peer(), durable: durable() }, label: () => 'Write', offered: () => true,
      perform(self, action, out) {
        self.disk.value = action.value
        if (action.durable) out.sync()
        out.send(action.to, { kind: 'note', text: `re wrote ${action.value}` })
      },
    },
    wind: { fields: { inMs: integer('In', 'ms', 0, 60_000, 1_000) }, label: () => 'Wind', offered: () => true, perform(self, action) { self.memory.ringAtMs = self.clockMs + action.inMs } },
    aim: { fields: { atMs: integer('At', 'ms', 0, 100_000, 1_000) }, label: () => 'Aim', offered: () => true, perform(self, action) { self.memory.ringAtMs = action.atMs } },
    answer: { fields: { letter: letter('note') }, label: () => 'Answer', offered: () => true, perform(self, action, out) {
      const on = self.inbox.find((one) => one.n === action.letter)
      if (on !== undefined) out.send(on.from, { kind: 'note', text: `re ${on.message.text}` })
    } },
    serve: { fields: { request: request() }, label: () => 'Serve', offered: () => true, perform(self, action, out) {
      const on = self.requests.find((one) => one.n === action.request)
      if (on !== undefined) out.reply(on, { kind: 'told', value: self.disk.value })
    } },
    pass: { fields: { request: request(), to: peer() }, label: () => 'Pass', offered: () => true, perform(self, action, out) {
      const on = self.requests.find((one) => one.n === action.request)
      if (on !== undefined) out.redirect(on, action.to)
    } },
    mark: { fields: {}, label: () => 'Mark', offered: () => true, refusal: (self) => (self.disk.value === 99 ? 'The page is full.' : null), perform(self) { self.memory.started++ } },
  },
  alarms: (self) => ({ ring: self.memory.ringAtMs }),
  rules,
  levels: { L0: [], L1: ['mark'], L2: ['mark', 'answer'], L3: ['mark', 'answer', 'serve'] },
  misconceptions: { silent: { idea: '', replaces: { answer: null }, breaks: [], heldBy: 'one' } },
  workload: { customers: () => 1, gapMs: [1_000, 1_000], deadlineMs: 5_000, redirectMs: 50, stickyPercent: 100, operation: (_customer, n) => ({ kind: 'ask', n }) },
  claims: {}, figures: {},
  view: () => ({ role: '', fill: 'empty', pennant: false, plate: [], peers: {}, ring: null, now: null }),
  tellLetter: () => ({ text: '', why: null, stale: false }), tellRequest: () => ({ command: '', hold: '' }), tellReply: () => '',
  badge: () => ({ fill: 'empty', pennant: false, tab: '', words: '', leads: false }),
  bentClocks: true, garble: (message) => ({ ...message, text: `not ${message.text}` }), chaos: [], chaosLimits: {}, allows: () => true,
}

export interface Bench {
  sim: Simulation
  facts: Fact[]
  act(atMs: number, seat: number, action: RecordedAction): void
  fault(atMs: number, id: string, type: string, params: Extract<Input, { kind: 'fault' }>['params'], durationMs: number | null): void
  of<K extends FactKind>(kind: K): FactOf<K>[]
  /** Kinds of the facts at a node from a time on, in order. */
  kinds(node: string, fromMs?: number): string[]
}

/** A cluster of the probe with its knobs at hand: students at L0 unless said otherwise, clocks true, disk 30 ms. `mission`: what is different in it. */
export function bench(change: Partial<Settings> & { nodes?: number; by?: PlayedBy; level?: Level; seed?: Seed; registry?: FaultRegistry; mission?: Partial<Scenario> } = {}): Bench {
  const { by = 'student', nodes = 3, seed = 1, registry = faults, mission = {}, ...rest } = change
  const facts: Fact[] = []
  const settings: Settings = {
    nodes, level: 'L0', clockOffsetsMs: Array.from({ length: nodes }, () => 0), latency: probe.latency, syncMs: 30, beliefs: {},
    playedBy: Array.from({ length: nodes }, () => by), customers: false, durationMs: 600_000, ...rest,
  }
  const sim = start({ scenario: { ...(probe as unknown as Scenario), ...mission }, faults: registry, sink: (fact) => facts.push(fact) }, seed, settings)
  return {
    sim, facts,
    act: (atMs, seat, action) => sim.submit({ kind: 'act', atMs, seat, action }),
    fault: (atMs, id, type, params, durationMs) => sim.submit({ kind: 'fault', atMs, id, type, params, durationMs }),
    of: <K extends FactKind>(kind: K) => facts.filter((fact): fact is FactOf<K> => fact.kind === kind),
    kinds: (node, fromMs = 0) => facts.filter((fact) => fact.node === node && fact.atMs >= fromMs).map((fact) => fact.kind),
  }
}
