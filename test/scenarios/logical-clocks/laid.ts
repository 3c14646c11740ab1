import { logicalClocks } from '../../../shared/scenarios/logical-clocks/index.ts'
import type { Action, Entry, LogicalClocks, Message, Operation, Self, Stamp } from '../../../shared/scenarios/logical-clocks/types.ts'
import type { ActionSpec, Out } from '../../../shared/sim/scenario.ts'
import { NODE_IDS } from '../../../shared/sim/types.ts'
import type { Letter, NodeEvent, OpenRequest } from '../../../shared/sim/types.ts'

/** Nodes of this mission as a test lays them out, and what comes of their actions. */

/** An operation: its name says its maker and the how manyth of it this one is. */
export function entry(name: string, stamp: Stamp, change: Partial<Entry> = {}): Entry {
  return { name, node: name.charAt(0), nth: Number(name.slice(1)), verb: 'create', order: 1, stamp, rests: stamp.slice(1).map(() => 0), ...change }
}
export const op = (n: number, from: string, one: Entry, change: Partial<Letter<Message>> = {}): Letter<Message> => ({ n, from, message: { kind: 'op', entry: one }, atMs: 90_000, handled: false, ...change })
export const got = (n: number, from: string, name: string): Letter<Message> => ({ n, from, message: { kind: 'got', name }, atMs: 90_000, handled: false })
export const place = (n: number, after: Extract<Operation, { kind: 'place' }>['after'] = null): OpenRequest<Operation> => ({ n, operation: { kind: 'place', verb: 'pay', order: 2, after }, atMs: 90_000, deadlineAtMs: 130_000 })
export const compare = (n: number): OpenRequest<Operation> => ({ n, operation: { kind: 'compare' }, atMs: 90_000, deadlineAtMs: 130_000 })

type Change = Partial<Pick<Self, 'id' | 'clockMs' | 'inbox' | 'requests'>> & Partial<LogicalClocks['disk']> & { sentAtMs?: number }

/** A node of a cluster of three, at 100 s by its clock, A unless said otherwise. */
export function node({ id = 'A', clockMs = 100_000, inbox = [], requests = [], stamp = [0, 0, 0, 0], log = [], outbox = [], sentAtMs = 99_000 }: Change = {}): Self {
  return { id, peers: NODE_IDS.slice(0, 3).filter((one) => one !== id), clockMs, timings: logicalClocks.timings('L2'), disk: { stamp, log, outbox }, memory: { sentAtMs }, inbox, requests }
}

/** What an action did to the world, in order. */
export type Done = 'sync' | [to: string, message: Message] | [request: number, reply: LogicalClocks['reply']]
const specOf = (action: Action): ActionSpec<LogicalClocks, Action> => logicalClocks.actions[action.kind] as unknown as ActionSpec<LogicalClocks, Action>

/** Performs an action, whatever its refusal says. */
export function perform(self: Self, action: Action): Done[] {
  const done: Done[] = []
  const out: Out<LogicalClocks> = {
    send: (to, message) => { done.push([to, message]) }, sync: () => { done.push('sync') }, redirect: () => { throw new Error('nobody is sent on in this mission') },
    reply: (request, reply) => { done.push([request.n, reply]); self.requests.splice(self.requests.indexOf(request), 1) },
  }
  specOf(action).perform(self, action, out)
  return done
}
export const refusal = (self: Self, action: Action): string | null => specOf(action).refusal?.(self, action) ?? null
export const warning = (self: Self, action: Action): string | null => specOf(action).warning?.(self, action) ?? null
export const filled = (self: Self, kind: Action['kind'], on: Letter<Message> | OpenRequest<Operation>): object | undefined => specOf({ kind } as Action).fill?.(self, on)
/** Kinds of actions that a card, a request or (null) the dock offers. */
export const offers = (self: Self, on: Letter<Message> | OpenRequest<Operation> | null): string[] =>
  Object.keys(logicalClocks.actions).filter((kind) => specOf({ kind } as Action).offered(self, on))

/** What a rule decides at an event; null if it is not its turn. */
export function decides(self: Self, rule: keyof typeof logicalClocks.rules & string, event: NodeEvent<LogicalClocks>): readonly Action[] | null {
  const found = logicalClocks.rules[rule]
  if (found === undefined) throw new Error(`no rule ${rule}`)
  return found.when(self, event) ? found.act(self, event, { between: (_purpose, _key, least) => least }) : null
}
export const names = (self: Self): string[] => self.disk.log.map(({ name }) => name)
