import type { Seed } from '../../shared/sim/draws.ts'
import type { Fact } from '../../shared/sim/facts.ts'
import { request, peer } from '../../shared/sim/fields.ts'
import { headerOf } from '../../shared/headless.ts'
import type { Round } from '../../shared/export/format.ts'
import type { Rule, Scenario, Workload } from '../../shared/sim/scenario.ts'
import { probe } from '../sim/probe.ts'
import { playWild } from '../sim/wild.ts'

type Key = 'x' | 'y'
/** What a customer of the shop may ask for. */
export type Wish = { kind: 'look'; key: Key } | { kind: 'put'; key: Key; value: number } | { kind: 'swap'; key: Key; from: number; to: number }
type Reply = { kind: 'seen'; value: number | null } | { kind: 'done' } | { kind: 'swapped'; done: boolean } | { kind: 'closed' } | { kind: 'unsure' }

/** A mission whose customers read, write, and compare and set two registers; its nodes never talk about them. Answers are of every sort. */
export interface Shop {
  disk: { value: number; held: { [key: string]: number } }
  memory: { notes: string[]; ringAtMs: number | null; started: number }
  message: { kind: 'note'; text: string }
  action: { kind: 'serve'; request: number } | { kind: 'close'; request: number } | { kind: 'mumble'; request: number } | { kind: 'pass'; request: number; to: string }
  operation: Wish
  reply: Reply
}

function serve(held: { [key: string]: number }, wish: Wish): Reply {
  const now = held[wish.key] ?? null
  if (wish.kind === 'look') return { kind: 'seen', value: now }
  if (wish.kind === 'put') { held[wish.key] = wish.value; return { kind: 'done' } }
  if (now !== wish.from) return { kind: 'swapped', done: false }
  held[wish.key] = wish.to
  return { kind: 'swapped', done: true }
}

const rules: { [id: string]: Rule<Shop> } = {
  serve: { on: ['request'], sort: 'judgement', sentence: '', when: (self) => self.requests.length > 0, act: (self, _event, dice) => self.requests.map(({ n }) => {
    const draw = dice.between('how', String(n), 1, 10)
    if (draw <= 6) return { kind: 'serve', request: n }
    return draw === 7 ? { kind: 'close', request: n } : draw === 8 ? { kind: 'mumble', request: n } : { kind: 'pass', request: n, to: self.peers[n % self.peers.length] as string }
  }) },
}

const requested = (self: { requests: { n: number; operation: Wish; atMs: number; deadlineAtMs: number }[] }, n: number): (typeof self.requests)[number] | undefined => self.requests.find((one) => one.n === n)

const usualWish: Workload<Shop>['operation'] = (customer, n, dice) => {
  const key = dice.between('key', String(n), 0, 1) === 0 ? 'x' : 'y'
  const draw = dice.between('what', String(n), 1, 10)
  const value = customer * 1_000 + n
  if (draw <= 5) return { kind: 'look', key }
  return draw <= 8 ? { kind: 'put', key, value } : { kind: 'swap', key, from: dice.between('from', String(n), 0, n), to: value }
}

const own: Pick<Scenario<Shop>, 'state' | 'actions' | 'rules' | 'levels' | 'workload' | 'history' | 'misconceptions'> = {
  state: () => ({ disk: { value: 0, held: {} }, memory: { notes: [], ringAtMs: null, started: 0 } }),
  actions: {
    serve: { fields: { request: request() }, label: () => 'Serve', offered: () => true, perform(self, action, out) {
      const on = requested(self, action.request)
      if (on !== undefined) out.reply(on, serve(self.disk.held, on.operation))
    } },
    close: { fields: { request: request() }, label: () => 'Refuse', offered: () => true, perform(self, action, out) {
      const on = requested(self, action.request)
      if (on !== undefined) out.reply(on, { kind: 'closed' })
    } },
    mumble: { fields: { request: request() }, label: () => 'Mumble', offered: () => true, perform(self, action, out) {
      const on = requested(self, action.request)
      if (on !== undefined) { serve(self.disk.held, on.operation); out.reply(on, { kind: 'unsure' }) }
    } },
    pass: { fields: { request: request(), to: peer() }, label: () => 'Pass', offered: () => true, perform(self, action, out) {
      const on = requested(self, action.request)
      if (on !== undefined) out.redirect(on, action.to)
    } },
  },
  rules,
  levels: { L0: [], L1: ['serve'], L2: ['serve'], L3: ['serve'] },
  misconceptions: {},
  workload: { customers: () => 3, gapMs: [200, 900], deadlineMs: 3_000, redirectMs: 50, stickyPercent: 50, operation: usualWish },
  history: {
    model: 'cas-register', init: null,
    call: (wish) => wish.kind === 'look' ? { f: 'read', key: wish.key, arg: null } : wish.kind === 'put' ? { f: 'write', key: wish.key, arg: wish.value } : { f: 'cas', key: wish.key, arg: [wish.from, wish.to] },
    answer(_wish, reply) {
      switch (reply.kind) {
        case 'closed': return { status: 'fail', result: undefined }
        case 'unsure': return { status: 'info', result: undefined }
        case 'seen': return { status: 'ok', result: reply.value }
        case 'swapped': return { status: 'ok', result: reply.done }
        case 'done': return { status: 'ok', result: undefined }
      }
    },
  },
}

export const shop = { ...(probe as unknown as Scenario), ...(own as unknown as Scenario), id: 'shop', title: 'Shop', alarms: () => ({}), arrive: () => {} } as Scenario

/** Another shop whose customers wish for something else. `init`: what each register holds at the start. */
export function shopWith(change: { operation?: (customer: number, n: number) => Wish; init?: number; model?: string }): Scenario {
  const { history } = shop
  if (history === undefined) throw new Error('the shop has lost its history')
  const operation = (change.operation ?? usualWish) as unknown as Scenario['workload']['operation']
  const held = change.init === undefined ? {} : { x: change.init, y: change.init }
  const state = (): { disk: Shop['disk']; memory: Shop['memory'] } => ({ disk: { value: 0, held: { ...held } }, memory: { notes: [], ringAtMs: null, started: 0 } })
  return { ...shop, state, workload: { ...shop.workload, operation }, history: { ...history, init: change.init ?? history.init, model: change.model ?? history.model } }
}

/** The round of these facts, as a replay hands it to a format. */
export function roundOf(scenario: Scenario, seed: Seed, settings: Round['header']['settings'], facts: readonly Fact[]): Round {
  return { header: headerOf(scenario, seed, settings, 'Heron', 1), scenario, facts, endMs: facts.at(-1)?.atMs ?? 0, damage: null }
}

/** A round with faults, clicks and customers of all sorts, from a seed. */
export function wildRound(scenario: Scenario, seed: Seed, durationMs = 30_000, nodes = 4): Round {
  const { settings, facts } = playWild(scenario, seed, { nodes, durationMs, gapMsMost: 1_500, clicks: 'legal', faults: true, level: 'L3' })
  return roundOf(scenario, seed, settings, facts)
}

/** All that a format writes of a round, as one text. */
export function textOf(written: { ok: true; parts: Iterable<string> } | { ok: false; error: string }): string {
  if (!written.ok) throw new Error(written.error)
  return [...written.parts].join('')
}
