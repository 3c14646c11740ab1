import { models } from '../../shared/consistency/models/index.ts'
import { startOnline, verdictOf } from '../../shared/consistency/online/index.ts'
import { play, traffic } from '../consistency/online-events.ts'
import type { Traffic } from '../consistency/online-events.ts'

/** What judging a history event by event costs, in microseconds an event, and how much is kept of it, as JSON. */
export interface OnlineCost {
  title: string
  events: number
  /** The verdict at the end; anything but `fine` means that something is wrong. */
  verdict: string
  medianUs: number
  p99Us: number
  p999Us: number
  mostUs: number
  meanUs: number
  /** The most that was kept in the first ten minutes of the round, and in the whole first hour. */
  keptKb10: number
  keptKb60: number
}

/** Events that do not count, while the engine gets to know the code. */
const WARM_UP = 30_000
/** How often it is looked at how much is kept, in events. */
const LOOK_EVERY = 200
const BUSY: Traffic = { clients: 30, keys: 10, operations: 150_000, values: null, lostPerMille: 0, wrongPerMille: 0 }

/** 30 clients on 10 registers, in four sorts: each write with its own value or one of five, all answered or 5 in 1,000 not. */
export const onlineSorts: { readonly [id: string]: { title: string; traffic: Traffic } } = {
  answered: { title: 'all answered', traffic: BUSY },
  few: { title: 'all answered, 5 values', traffic: { ...BUSY, values: 5 } },
  lost: { title: '0.5% never answered', traffic: { ...BUSY, lostPerMille: 5 } },
  'lost-few': { title: '0.5% never answered, 5 values', traffic: { ...BUSY, lostPerMille: 5, values: 5 } },
}

/** Plays a history of some 300,000 events and times each by itself. */
export function measureOnline(title: string, sort: Traffic): OnlineCost {
  const model = models['register']!.make(null)
  const events = traffic(1, sort)
  const state = startOnline()
  const us = new Float64Array(events.length)
  let atMs = 0, keptKb10 = 0, keptKb60 = 0
  events.forEach((event, n) => {
    const began = performance.now()
    play(state, model, event)
    us[n] = (performance.now() - began) * 1_000
    atMs = event.operation.atMs?.[0] ?? atMs
    if (n % LOOK_EVERY !== 0 || atMs > 3_600_000) return
    const kb = JSON.stringify(state).length / 1_024
    if (atMs <= 600_000) keptKb10 = Math.max(keptKb10, kb)
    keptKb60 = Math.max(keptKb60, kb)
  })
  const counted = us.slice(WARM_UP).sort()
  const share = (part: number): number => counted[Math.floor((counted.length - 1) * part)] as number
  return {
    title, events: events.length, verdict: verdictOf(state), medianUs: share(0.5), p99Us: share(0.99), p999Us: share(0.999), mostUs: share(1),
    meanUs: counted.reduce((sum, one) => sum + one, 0) / counted.length, keptKb10, keptKb60,
  }
}
