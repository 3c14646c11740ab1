import type { Operation, Status } from '../../shared/consistency/history.ts'
import { models } from '../../shared/consistency/models/index.ts'
import type { Json } from '../../shared/sim/json.ts'
import type { Event } from './online-events.ts'
import { randomOf, toys } from './random.ts'

/** A round of a class: customers with one request at a time each, of which many expire. Times in ms. */
export interface Round { customers: number; keys: number; durationMs: number; lostPercent: number; answerMs: readonly [least: number, most: number]; deadlineMs: number }

/** Five minutes with slow humans as nodes, where a third of the requests gets no answer. */
export const classRound: Round = { customers: 10, keys: 2, durationMs: 300_000, lostPercent: 33, answerMs: [4_000, 30_000], deadlineMs: 40_000 }

/**
 * The events of a round whose objects are right: each request takes effect at a moment before its answer; one that expires may do so minutes later, or never. Every value
 * written is another. `wrong`: how many of a hundred answers are those of the first state instead.
 */
export function roundOf(type: string, seed: number, { customers, keys, durationMs, lostPercent, answerMs: [least, most], deadlineMs }: Round, wrong = 0): Event[] {
  const random = randomOf(seed), toy = toys[type]!, states: Json[] = Array.from({ length: keys }, () => models[type]!.usualInit)
  const queue: { atMs: number; n: number; run: () => void }[] = [], events: Event[] = []
  let position = 0, id = 0, n = 0
  const at = (atMs: number, run: () => void): void => { queue.push({ atMs, n: n++, run }) }
  const ask = (): Pick<Operation, 'f' | 'arg'> => {
    const { f, arg } = toy.ask(random)
    return { f, arg: f === 'write' || f === 'enqueue' ? id : f === 'put' || f === 'append' ? `${id},` : arg }
  }
  const begin = (client: number, callMs: number): void => at(callMs, () => {
    if (callMs > durationMs) return
    const key = random(keys), lost = random(100) < lostPercent, tookMs = least + random(most - least)
    const operation: Operation = { ...ask(), id: id++, client, key: `k${key}`, status: 'info', call: position++, ret: null, result: undefined, atMs: [callMs, null] }
    events.push({ kind: 'call', operation })
    let status: Status = 'ok', result: Json | undefined
    const effect = (): void => {
      const done = toy.act(states[key] as Json, operation)
      if (done === null) {
        status = 'fail'
        return
      }
      states[key] = done.state
      const stale = random(100) < wrong ? toy.act(models[type]!.usualInit, operation) : null
      result = stale === null ? done.result : stale.result
    }
    if (!lost) at(callMs + 1 + random(tookMs - 1), effect)
    else if (random(3) > 0) at(callMs + 1 + random(random(2) === 0 ? deadlineMs : durationMs / 2), effect)
    const endMs = callMs + (lost ? deadlineMs : tookMs)
    at(endMs, () => {
      events.push({ kind: 'end', operation, status: lost ? 'info' : status, result: lost ? undefined : result, ret: position++ })
      begin(client, endMs + random(4_000))
    })
  })
  for (let client = 0; client < customers; client++) begin(client, random(5_000))
  while (queue.length > 0) {
    const first = queue.reduce((best, one, i) => (one.atMs < queue[best]!.atMs || (one.atMs === queue[best]!.atMs && one.n < queue[best]!.n) ? i : best), 0)
    queue.splice(first, 1)[0]!.run()
  }
  return events
}
