import type { Operation } from '../../shared/consistency/history.ts'
import type { Json } from '../../shared/sim/json.ts'
import type { Random } from './random.ts'
import { randomOf, toys } from './random.ts'

/** A large history of a real object. `lostIn1000`: of a thousand operations so many are never answered, half of them never happened. */
export interface Large { type: string; clients: number; operations: number; keys: number; values: number; lostIn1000: number }

function ask(type: string, random: Random, values: number, client: number, serial: number): Pick<Operation, 'f' | 'arg'> {
  switch (type) {
    case 'kv': {
      const f = random(100) < 48 ? 'get' : random(100) < 90 ? 'append' : 'put'
      return { f, arg: f === 'get' ? null : `x ${client} ${serial} y` }
    }
    case 'cas-register': {
      const kind = random(100)
      return kind < 40 ? { f: 'read', arg: null } : kind < 65 ? { f: 'write', arg: random(values) } : { f: 'cas', arg: [random(values), random(values)] }
    }
    case 'register': return random(2) === 0 ? { f: 'read', arg: null } : { f: 'write', arg: random(values) }
    case 'queue': return random(2) === 0 ? { f: 'dequeue', arg: null } : { f: 'enqueue', arg: random(values) }
    default: {
      const toy = toys[type]
      if (toy === undefined) throw new Error(`no toy for the model ${type}`)
      return toy.ask(random)
    }
  }
}

/** Linearizable, since each operation took effect on a real object between its call and its answer. */
export function largeHistory({ type, clients: clientCount, operations: count, keys, values, lostIn1000 }: Large, seed: number): { init: Json; operations: Operation[] } {
  const random = randomOf(seed), toy = toys[type]
  if (toy === undefined) throw new Error(`no toy for the model ${type}`)
  const init = toy.inits[0] as Json
  const states = new Map<string, Json>()
  interface Open { operation: Operation; acted: boolean; result: Json | undefined }
  const clients = Array.from({ length: clientCount }, (_, client) => ({ client, open: null as Open | null }))
  const operations: Operation[] = []
  let now = 0, newcomers = clientCount
  for (let turn = 0; turn < 100 * count; turn++) {
    const who = clients[random(clientCount)] as (typeof clients)[number]
    if (who.open === null) {
      if (operations.length === count) continue
      const key = keys === 0 ? null : String(random(keys)), asked = ask(type, random, values, who.client, operations.length)
      const operation: Operation = { id: operations.length, client: who.client, ...asked, key, status: 'info', call: now++, ret: null, result: undefined }
      operations.push(operation)
      who.open = { operation, acted: false, result: undefined }
      continue
    }
    const { open } = who, { operation } = open
    if (random(1000) < lostIn1000 / 2) {
      // Its client goes on under a new number, as a crashed process does.
      who.client = newcomers++
      who.open = null
    } else if (!open.acted) {
      const outcome = toy.act(states.get(operation.key ?? '') ?? init, operation)
      if (outcome === null) {
        // Refused, so that not all wait for a lock for ever.
        if (random(4) > 0) continue
        Object.assign(operation, { status: 'fail', ret: now++ })
        who.open = null
        continue
      }
      states.set(operation.key ?? '', outcome.state)
      open.acted = true
      open.result = outcome.result
    } else {
      Object.assign(operation, { status: 'ok', ret: now++, result: open.result })
      who.open = null
    }
  }
  return { init, operations }
}
