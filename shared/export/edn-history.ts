import type { Fact, FactOf } from '../sim/facts.ts'
import type { Asked, OpenCalls } from '../invariants/calls.ts'
import { callEventOf } from './calls.ts'
import { edn, ednFields, ednMap, keyword } from './edn.ts'
import { faultEventOf } from './fault-events.ts'
import { NS_PER_MS } from './format.ts'
import type { Round } from './format.ts'

/**
 * A history as Jepsen keeps it: one map a line, `:index` from 0 without gaps, `:time` in ns, processes that do one thing at a time. A
 * process that got `:info` may not be used again, so its customer goes on as another one whose number is greater by the number of clients,
 * as Jepsen's threads do. The nemesis says each thing twice, as it begins and as it is done.
 */

/** An operation as Jepsen writes it: `:f` and `:value`, both EDN. */
export interface EdnCall { f: string; value: string }
/** Its end. A failed or unknown one keeps the value of its call, as checkers demand. `more`: further fields. */
export type EdnAnswer = { type: 'ok'; value: string; more?: { readonly [name: string]: string } } | { type: 'fail' | 'info' }

/** How operations read in a history. */
export interface EdnReading {
  /** Done by a client of its own before anything else: what the object holds at the start. */
  setUp: readonly EdnCall[]
  /** Null when the operation is not to be told. */
  call(asked: Asked): EdnCall | null
  answer(asked: Asked, replied: FactOf<'replied'>): EdnAnswer
}

/** The lines of a round. Operations still open at its end get `:info` then. */
export function* ednLines(round: Round, reading: EdnReading): Generator<string, void, void> {
  const customers = round.scenario.workload.customers(round.header.settings.nodes)
  const clients = customers + (reading.setUp.length > 0 ? 1 : 0)
  const processes = Array.from({ length: clients }, (_, client) => client)
  const processOf = (customer: number): string => String(processes[customer])
  let index = 0
  const line = (type: string, process: string, { f, value }: EdnCall, atMs: number, more: { readonly [name: string]: string } = {}): string =>
    ednMap({ index: String(index++), type: keyword(type), process, f, value, time: String(atMs * NS_PER_MS), ...more })
  const given = (fact: FactOf<'expired' | 'unreached'>): string => (fact.kind === 'expired' ? ':timeout' : ':unreached')
  const unknown = (asked: Asked, call: EdnCall, atMs: number, error: string): string => {
    const written = line('info', processOf(asked.customer), call, atMs, { error })
    processes[asked.customer] = (processes[asked.customer] ?? asked.customer) + clients
    return written
  }

  for (const call of reading.setUp) {
    yield line('invoke', processOf(customers), call, 0)
    yield line('ok', processOf(customers), call, 0)
  }
  const open: OpenCalls = {}
  for (const fact of round.facts) {
    for (const done of nemesisCalls(fact)) yield line('info', ':nemesis', done, fact.atMs)
    const event = callEventOf(open, fact)
    const call = event === null ? null : reading.call(event.asked)
    if (event === null || call === null) continue
    switch (event.kind) {
      case 'called': yield line('invoke', processOf(event.asked.customer), call, fact.atMs, { node: edn(event.asked.kind === 'asked' ? event.asked.to : event.asked.node) }); break
      case 'given-up': yield event.taken ? unknown(event.asked, call, fact.atMs, given(event.fact)) : line('fail', processOf(event.asked.customer), call, fact.atMs, { error: given(event.fact) }); break
      case 'answered': {
        const answer = reading.answer(event.asked, event.fact)
        if (answer.type === 'info') { yield unknown(event.asked, call, fact.atMs, ':unknown'); break }
        yield line(answer.type, processOf(event.asked.customer), { f: call.f, value: answer.type === 'ok' ? answer.value : call.value }, fact.atMs,
          { node: edn(event.fact.node), ...(answer.type === 'ok' ? answer.more : {}) })
        break
      }
    }
  }
  for (const { asked } of Object.values(open)) {
    const call = reading.call(asked)
    if (call !== null) yield unknown(asked, call, round.endMs, ':round-ended')
  }
}

/** What the nemesis says of a fault: what it was asked for, and whom it touched. */
function nemesisCalls(fact: Fact): EdnCall[] {
  const event = faultEventOf(fact)
  if (event === null) return []
  const f = keyword(event.f)
  if (event.fact.kind === 'fault-ended') return [{ f, value: 'nil' }, { f, value: event.fact.healed ? ':healed' : ':over' }]
  const { params, nodes, links } = event.fact
  const asked = typeof params === 'object' && params !== null ? ednFields(params) : edn(params)
  return [{ f, value: asked }, { f, value: ednFields({ nodes, links }) }]
}
