import { bend, clockAt, offsetAt, trueClock } from '../../shared/sim/clocks.ts'
import type { Clock } from '../../shared/sim/clocks.ts'
import type { Fact, FactOf } from '../../shared/sim/facts.ts'
import type { FaultParams, FaultRegistry, NodeEffect } from '../../shared/sim/fault.ts'
import type { FactNo, NodeId, RequestId, Settings, SimMs } from '../../shared/sim/types.ts'
import type { World } from '../../shared/sim/world.ts'

/**
 * The laws that no input whatever may break, as one fold over facts that throws at the first fact that cannot be. It knows
 * nothing of how the simulation works inside: it holds each fact against the ones before it, and against the world's disks.
 */
export interface Physics {
  /** Holds the fact against the facts before it; and, where the world of this moment is at hand, against its disks. */
  watch(fact: Fact, world?: World): void
  /** After the last fact: what was sent was delivered, lost, or is still under way. */
  finish(world: World): void
}

interface Life {
  up: boolean
  pausedAtMs: SimMs | null
  resumedAtMs: SimMs | null
  /** Whether an alarm went off since the last waking. */
  rangSince: boolean
  lastHeldDueMs: SimMs
  last: FactNo | null
  letters: number
  disk: string
  /** Every alarm that went off since the start or the last restart, with when it was due. */
  rung: Set<string>
  waiting: Set<RequestId>
  clock: Clock
}
/** `dueMs`: when a copy may arrive that was kept back and let go; null while it is kept back. */
interface Copy { fact: FactOf<'sent'>; gone: boolean[]; dueMs: { [copy: number]: SimMs | null } }
interface Active { type: string; params: FaultParams; endsAtMs: SimMs | null; phase: number }

/** Facts that a crashed, and a paused, node may live through. */
const WHILE_DOWN = new Set(['restarted', 'refused', 'seat-changed', 'level-changed', 'clock-bent'])
const WHILE_PAUSED = new Set(['crashed', 'resumed', 'seat-changed', 'level-changed', 'clock-bent'])

/** Watches the facts of one run from its start. */
export function physics(start: World, settings: Settings, registry: FaultRegistry): Physics {
  const lives = new Map<NodeId, Life>(start.nodes.map((node, seat) => [node.self.id, {
    up: true, pausedAtMs: null, resumedAtMs: null, rangSince: false, lastHeldDueMs: -1, last: null, letters: 0,
    disk: JSON.stringify(node.syncedDisk), rung: new Set(), waiting: new Set(), clock: trueClock(settings.clockOffsetsMs[seat] ?? 0),
  }]))
  const seatOf = new Map(start.nodes.map((node, seat) => [node.self.id, seat]))
  const sent = new Map<string, Copy>()
  const active = new Map<string, Active>()
  const requested = new Map<RequestId, FactNo>()
  const session = new Map<number, FactNo>()
  const asked = new Map<RequestId, FactOf<'asked'>>()
  const deadlines = new Map<RequestId, SimMs>()
  let next = 0
  let nowMs = 0
  let ended = false

  const life = (id: NodeId): Life => {
    const found = lives.get(id)
    if (found === undefined) throw new Error(`there is no node ${id}`)
    return found
  }
  const ids = [...lives.keys()]
  let cuts = new Set<string>()
  /** The starts of faults that damage messages. */
  const corrupting = new Set<FactNo>()
  const isCut = (from: NodeId, to: NodeId): boolean => cuts.has(`${from}>${to}`)
  const rewire = (): void => {
    cuts = new Set(ids.flatMap((from) => ids.filter((to) => [...active.values()].some((one) => registry[one.type]?.link?.(one.params, from, to, { ids, phase: one.phase })?.cut === true)).map((to) => `${from}>${to}`)))
  }
  const effects = (id: NodeId): NodeEffect[] => [...active.values()].map((one) => registry[one.type]?.node?.(one.params, id, { ids, phase: one.phase }) ?? {})
  const crashing = (id: NodeId): boolean => effects(id).some(({ power }) => power === 'crash' || power === 'power-cut')
  /** A slow node handles things late; when it is slow no more, all at once in the very millisecond. */
  const slowUntil = new Map<NodeId, SimMs>()
  const isSlow = (id: NodeId, atMs: SimMs): boolean => effects(id).some(({ workMs }) => (workMs ?? 0) > 0) || slowUntil.get(id) === atMs

  /** A copy leaves the network, once. */
  function take(fact: FactOf<'delivered'> | FactOf<'lost'>): FactOf<'sent'> {
    const copy = sent.get(fact.message)
    law(copy !== undefined, fact, 'nobody sent that message')
    const copies = Math.max(1, copy.fact.arrivals.length)
    law(Number.isInteger(fact.copy) && fact.copy >= 0 && fact.copy < copies, fact, `the message has ${copies} copies`)
    law(copy.gone[fact.copy] !== true, fact, 'that copy was delivered or lost before')
    copy.gone[fact.copy] = true
    law(copy.fact.node === fact.from, fact, `it was sent by ${copy.fact.node}`)
    law(fact.before.includes(copy.fact.n), fact, 'its sending is not among its causes')
    return copy.fact
  }

  function delivered(fact: FactOf<'delivered'>, own: Life): void {
    const from = take(fact)
    law(from.to === fact.node, fact, `it was sent to ${from.to}`)
    const lied = fact.because.length === 1 && fact.because.every((n) => corrupting.has(n))
    law(lied || (fact.because.length === 0 && (from.body === fact.body || JSON.stringify(from.body) === JSON.stringify(fact.body))), fact, 'its content changed on the way')
    law(fact.letter === ++own.letters, fact, `the node had counted ${own.letters - 1} letters`)
    const kept = sent.get(fact.message)?.dueMs[fact.copy]
    law(kept !== null, fact, 'it is kept back')
    const dueMs = kept ?? from.atMs + (from.arrivals[fact.copy] ?? Infinity)
    law(fact.atMs >= dueMs, fact, `it was due at ${dueMs}`)
    if (fact.atMs > dueMs && own.resumedAtMs !== fact.atMs && isSlow(fact.node, fact.atMs)) return
    if (fact.atMs > dueMs) {
      law(own.resumedAtMs === fact.atMs, fact, `it was due at ${dueMs} and nothing held it back`)
      law(!own.rangSince, fact, 'an alarm of the waking node came before what had queued')
      law(dueMs >= own.lastHeldDueMs, fact, 'what queued at a paused node came out of order')
      own.lastHeldDueMs = dueMs
    } else law(!isCut(fact.from, fact.node) || own.resumedAtMs === fact.atMs, fact, 'the link is cut')
  }

  function lost(fact: FactOf<'lost'>): void {
    const from = take(fact)
    const planned = from.arrivals[fact.copy]
    if (planned === undefined) law(fact.atMs === from.atMs, fact, 'it was lost on sending')
    switch (fact.reason) {
      case 'cut': law(isCut(fact.from, fact.to), fact, 'the link is open'); return
      case 'loss': law(planned === undefined && fact.because.length === 1, fact, 'a fault loses it on sending'); return
      case 'crashed': law(!life(fact.to).up || crashing(fact.to), fact, `${fact.to} is up`); return
      case 'corrupted': law(planned !== undefined && fact.because.every((n) => corrupting.has(n)), fact, 'nothing damages messages'); return
      case 'rate': law(planned !== undefined && fact.because.length === 1, fact, 'a rate limit drops it'); return
      case 'overflow': law(fact.because.length === 1 || life(fact.to).pausedAtMs !== null || isSlow(fact.to, fact.atMs), fact, `${fact.to} is neither paused nor slow`)
    }
  }

  /** A copy is kept back on its link, or let go again. */
  function kept(fact: FactOf<'held'> | FactOf<'released'>): void {
    const copy = sent.get(fact.message)
    law(copy !== undefined && copy.gone[fact.copy] !== true, fact, 'there is no such copy under way')
    law(fact.kind === 'held' ? copy.dueMs[fact.copy] !== null : copy.dueMs[fact.copy] === null, fact, 'it is kept back already, or was not')
    law(fact.kind === 'released' || fact.because.length === 1, fact, 'something keeps it back')
    copy.dueMs[fact.copy] = fact.kind === 'held' ? null : fact.atMs + fact.inMs
  }

  /** A customer asks where nothing is taken up yet. */
  function asks(fact: FactOf<'asked'>): void {
    law(!deadlines.has(fact.request) && fact.deadlineAtMs > fact.atMs, fact, 'it was asked before, or its deadline is past')
    law(life(fact.to).up && (life(fact.to).pausedAtMs !== null || isSlow(fact.to, fact.atMs)), fact, `${fact.to} is neither paused nor slow`)
    deadlines.set(fact.request, fact.deadlineAtMs)
    session.set(fact.customer, fact.n)
    asked.set(fact.request, fact)
  }

  function causes(fact: Fact): void {
    const allowed = new Set<FactNo | undefined>()
    if (fact.node !== null) {
      const { last } = life(fact.node)
      if (last !== null) {
        law(fact.before.includes(last), fact, `the node's last fact, ${last}, is not among its causes`)
        allowed.add(last)
      }
    }
    if (fact.kind === 'delivered' || fact.kind === 'lost' || fact.kind === 'held' || fact.kind === 'released') allowed.add(sent.get(fact.message)?.fact.n)
    if (fact.kind === 'asked' || fact.kind === 'requested' || fact.kind === 'unreached') {
      const last = session.get(fact.customer)
      if (last !== undefined) law(fact.before.includes(last), fact, `the customer's last fact, ${last}, is not among its causes`)
      allowed.add(last)
    }
    if (fact.kind === 'expired' && fact.node === null) {
      const began = requested.get(fact.request) ?? asked.get(fact.request)?.n
      law(began === undefined || fact.before.includes(began), fact, 'nothing says what it waited for')
      allowed.add(began)
    }
    law(new Set(fact.before).size === fact.before.length, fact, 'a cause is named twice')
    for (const one of fact.before) law(allowed.has(one), fact, `fact ${one} did not happen before it`)
    for (const one of fact.because) law(Number.isInteger(one) && one >= 0 && one < fact.n, fact, `fact ${one} is no earlier one`)
  }

  function disks(fact: Fact & { node: NodeId }, world: World, disk: string): void {
    const node = world.nodes[seatOf.get(fact.node) ?? -1]
    if (node === undefined) throw new Error(`no seat of ${fact.node}`)
    law(JSON.stringify(node.syncedDisk) === disk, fact, 'the disk changed although nothing was stored')
    if (fact.kind !== 'crashed' && fact.kind !== 'restarted') return
    law(JSON.stringify(node.self.disk) === disk, fact, 'a write that was never stored outlived the crash')
    if (fact.kind === 'restarted') return
    const { self, barriers, held } = node
    law(JSON.stringify(self.memory) === '{}' && self.inbox.length + self.requests.length + barriers.length + held.length === 0, fact, 'something outlived the crash')
  }

  function own(fact: Fact & { node: NodeId }, world: World | undefined): void {
    const one = life(fact.node)
    if (!one.up) law(WHILE_DOWN.has(fact.kind), fact, 'the node is crashed')
    if (one.pausedAtMs !== null) law(WHILE_PAUSED.has(fact.kind), fact, 'the node is paused')
    if (fact.kind === 'stored') one.disk = JSON.stringify(fact.disk)
    // A process that dies leaves all that it wrote with the machine.
    if (fact.kind === 'crashed' && !fact.lostWrite && world !== undefined) one.disk = JSON.stringify(world.nodes[seatOf.get(fact.node) ?? -1]?.self.disk)
    if (fact.kind === 'crashed' && fact.lostWrite) law(effects(fact.node).some(({ power }) => power === 'power-cut'), fact, 'no power was cut')
    if (world !== undefined) disks(fact, world, one.disk)
    switch (fact.kind) {
      case 'delivered': delivered(fact, one); break
      case 'sent': {
        law(fact.to !== fact.node && lives.has(fact.to), fact, 'it can reach nobody')
        law(!sent.has(fact.message), fact, 'a message of this identity was sent before')
        law(fact.arrivals.every((ms) => Number.isInteger(ms) && ms >= 0), fact, 'a travel time is a whole number of ms')
        sent.set(fact.message, { fact, gone: [], dueMs: {} })
        break
      }
      case 'timer': {
        const shows = clockAt(one.clock, fact.atMs)
        law(fact.dueMs <= shows, fact, `the node's clock shows ${shows}`)
        law(!one.rung.has(`${fact.name} ${fact.dueMs}`), fact, 'this alarm went off before')
        one.rung.add(`${fact.name} ${fact.dueMs}`)
        one.rangSince = true
        break
      }
      case 'clock-bent': {
        const before = offsetAt(one.clock, fact.atMs)
        bend(one.clock, fact.atMs, fact.byMs, fact.driftPpm)
        law(offsetAt(one.clock, fact.atMs) - before === fact.byMs && offsetAt(one.clock, fact.atMs) === fact.offsetMs, fact, 'the clock is bent by another amount')
        // What lies ahead of it again may come again.
        for (const alarm of one.rung) if (Number(alarm.slice(alarm.lastIndexOf(' '))) > clockAt(one.clock, fact.atMs)) one.rung.delete(alarm)
        break
      }
      case 'crashed': {
        one.up = false
        one.pausedAtMs = null
        one.waiting.clear()
        break
      }
      case 'restarted': {
        one.up = true
        one.rung.clear()
        break
      }
      case 'paused': one.pausedAtMs = fact.atMs; break
      case 'resumed': {
        law(fact.pausedMs === fact.atMs - (one.pausedAtMs ?? -1), fact, 'it was paused for another time')
        one.pausedAtMs = null
        one.resumedAtMs = fact.atMs
        one.rangSince = false
        one.lastHeldDueMs = -1
        break
      }
      case 'requested': {
        law(!one.waiting.has(fact.request), fact, 'it waits here already')
        const before = asked.get(fact.request)
        law(fact.hop > 0 || (before === undefined ? fact.because.length === 0 : before.to === fact.node && fact.because[0] === before.n && JSON.stringify(before.operation) === JSON.stringify(fact.operation)), fact, 'another thing was asked')
        law(fact.atMs <= fact.deadlineAtMs && (deadlines.get(fact.request) ?? fact.deadlineAtMs) === fact.deadlineAtMs, fact, 'its deadline is past or moved')
        deadlines.set(fact.request, fact.deadlineAtMs)
        one.waiting.add(fact.request)
        requested.set(fact.request, fact.n)
        break
      }
      case 'replied': case 'redirected': {
        law(one.waiting.delete(fact.request), fact, 'it does not wait here')
        law(fact.atMs <= (deadlines.get(fact.request) ?? -1), fact, 'its deadline is past')
        session.set(fact.customer, fact.n)
        break
      }
      case 'expired': {
        law(fact.atMs === deadlines.get(fact.request), fact, 'this is not its deadline')
        one.waiting.delete(fact.request)
        break
      }
      default:
    }
    one.last = fact.n
  }

  function finish(world: World): void {
    const underway = new Set(world.queue.flatMap(({ event }) => (event.kind === 'deliver' ? [`${event.flight.message} ${event.flight.copy}`] : [])))
    for (const node of world.nodes) for (const one of node.held) if (one.kind === 'deliver') underway.add(`${one.flight.message} ${one.flight.copy}`)
    for (const { flight } of world.parked) underway.add(`${flight.message} ${flight.copy}`)
    for (const [message, { fact, gone }] of sent) {
      for (let copy = 0; copy < Math.max(1, fact.arrivals.length); copy++) {
        law(gone[copy] === true || underway.has(`${message} ${copy}`), fact, `copy ${copy} was neither delivered nor lost, nor is it under way`)
      }
    }
  }

  return {
    watch(fact, world) {
      law(fact.n === next++, fact, `the fact before it was ${next - 2}`)
      law(Number.isInteger(fact.atMs) && fact.atMs >= nowMs, fact, `it was ${nowMs} ms before it`)
      law(!ended, fact, 'the round is over')
      nowMs = fact.atMs
      causes(fact)
      if (fact.node !== null) own(fact as Fact & { node: NodeId }, world)
      else if (fact.kind === 'asked') asks(fact)
      else if (fact.kind === 'lost') lost(fact)
      else if (fact.kind === 'held' || fact.kind === 'released') kept(fact)
      else if (fact.kind === 'fault-started') {
        law(!active.has(fact.fault), fact, 'it is active already')
        active.set(fact.fault, { type: fact.type, params: fact.params as FaultParams, endsAtMs: fact.endsAtMs, phase: 0 })
        if (fact.links.some(([from, to]) => registry[fact.type]?.link?.(fact.params as FaultParams, from, to, { ids, phase: 0 })?.corrupt !== undefined)) corrupting.add(fact.n)
        rewire()
      } else if (fact.kind === 'fault-turned') {
        const one = active.get(fact.fault)
        law(one !== undefined && fact.phase === one.phase + 1, fact, 'it does not act, or turned otherwise')
        one.phase = fact.phase
        rewire()
      } else if (fact.kind === 'fault-ended') {
        const one = active.get(fact.fault)
        law(one !== undefined, fact, 'it was not active')
        law(fact.healed ? one.endsAtMs === null || fact.atMs <= one.endsAtMs : fact.atMs === one.endsAtMs, fact, `it was to end at ${one.endsAtMs}`)
        for (const id of ids) if (isSlow(id, fact.atMs)) slowUntil.set(id, fact.atMs)
        active.delete(fact.fault)
        rewire()
      } else if (fact.kind === 'ended') {
        ended = true
        if (world !== undefined) finish(world)
      }
    },
    finish,
  }
}

function law(holds: boolean, fact: Fact, why: string): asserts holds {
  if (!holds) throw new Error(`physics: fact ${fact.n} (${fact.kind} at ${fact.node ?? 'the world'}, ${fact.atMs} ms) cannot be: ${why}. ${JSON.stringify(fact)}`)
}
