import { checkHistory } from '../../shared/consistency/index.ts'
import { grouped } from '../../shared/consistency/grouped.ts'
import type { History, Operation } from '../../shared/consistency/history.ts'
import { isLinearizable } from '../../shared/consistency/linearizable/search.ts'
import { models } from '../../shared/consistency/models/index.ts'
import { Meter, STEPS_USUAL } from '../../shared/consistency/verdict.ts'
import { largeHistory } from '../consistency/large.ts'
import { loadHistory } from '../consistency/load.ts'
import { operationsOf, traffic } from '../consistency/online-events.ts'
import { outsideHistories } from '../consistency/outside.ts'

/** A history with what is known of it. */
export interface Known { name: string; history: History; linearizable: boolean }

/** Those from outside; none when the folder is absent. */
export const fromOutside = (): Known[] =>
  outsideHistories().map(({ name, text, expected }) => ({ name, history: loadHistory(text), linearizable: expected.linearizable === true }))

/** As many as stand in for those from outside, of the same size as etcd's: 5 clients, some 85 reads, writes and compare-and-sets, every eighth lost. */
const MADE = 100
const ETCD_LIKE = { type: 'cas-register', clients: 5, operations: 85, keys: 0, values: 5, lostIn1000: 125 }
/** 50 clients on 10 texts, as large as the largest that others publish of the kind. */
const KV_LIKE = { type: 'kv', clients: 50, operations: 2_024, keys: 10, values: 0, lostIn1000: 0 }

/** Like those from outside, made from seeds; in two of three an answer in the second half is that of another read. A search without limit knows the verdict. */
export function madeLikeEtcd(): Known[] {
  return Array.from({ length: MADE }, (_, seed): Known => {
    const { init, operations } = largeHistory(ETCD_LIKE, seed)
    const reads = operations.filter(({ f, status }) => f === 'read' && status === 'ok'), wrong = reads[Math.floor(reads.length * 0.75)]
    const other = reads.find(({ result }) => result !== wrong?.result)
    const told = seed % 3 === 0 || other === undefined ? operations : operations.map((one) => (one === wrong ? { ...one, result: other.result } : one))
    const model = models[ETCD_LIKE.type]!.make(init)
    return { name: `seed ${seed}`, history: { model: { type: ETCD_LIKE.type, init }, operations: told }, linearizable: isLinearizable(model, told, new Meter({ steps: Infinity })) === 'fine' }
  })
}

/** A large key-value history that is right, and the same with one get in its second half that lacks the last letter that it saw. */
export function madeKeyValue(): { right: Known; wrong: Known } {
  const { init, operations } = largeHistory(KV_LIKE, 1), model = { type: KV_LIKE.type, init }
  const get = operations.find(({ f, status, result }, at) => at > operations.length / 2 && f === 'get' && status === 'ok' && typeof result === 'string' && result.length > 1)
  if (get === undefined) throw new Error('a large history without a get')
  const lies = operations.map((one) => (one === get ? { ...one, result: String(one.result).slice(0, -1) } : one))
  return { right: { name: 'right', history: { model, operations }, linearizable: true }, wrong: { name: 'wrong', history: { model, operations: lies }, linearizable: false } }
}

/** Judges histories as a user does, witnesses included; returns how many. Throws when a verdict is not the one that is known. */
export function judgeAll(known: readonly Known[]): number {
  for (const { name, history, linearizable } of known) {
    const { verdict } = checkHistory(history, 'linearizable', { steps: STEPS_USUAL })
    if (verdict !== (linearizable ? 'fine' : 'violated')) throw new Error(`${name} is ${verdict}`)
  }
  return known.length
}

/** Decides histories without looking for a witness; returns how many. */
export function decideAll(known: readonly Known[]): number {
  for (const { name, history: { model: { type, init }, operations }, linearizable } of known) {
    const model = models[type]!.make(init), meter = new Meter({ steps: STEPS_USUAL })
    const parts = [...grouped(operations, (one) => model.partition(one)).values()]
    if (parts.every((part) => isLinearizable(model, part, meter) === 'fine') !== linearizable) throw new Error(`${name} was decided wrongly`)
  }
  return known.length
}

/** The one with the most operations of a model. */
export const largest = (known: readonly Known[], type: string): Known[] =>
  known.filter(({ history }) => history.model.type === type).sort((a, b) => b.history.operations.length - a.history.operations.length).slice(0, 1)

/** A million operations of 30 clients on one register, each write with a value of its own, all answered: rightly, and with one read near the end that answers what the first one did. */
export function million(): { right: Known; wrong: Known } {
  const operations = operationsOf(traffic(1, { clients: 30, keys: 1, operations: 1_000_000, values: null, lostPerMille: 0, wrongPerMille: 0 }))
  const isRead = ({ f, status, result }: Operation): boolean => f === 'read' && status === 'ok' && result !== null
  const first = operations.find(isRead), stale = operations.findLast(isRead)
  const model = { type: 'register', init: null }
  const lies = operations.map((one) => (one === stale ? { ...one, result: first!.result } : one))
  return { right: { name: 'a million, right', history: { model, operations }, linearizable: true }, wrong: { name: 'a million, wrong', history: { model, operations: lies }, linearizable: false } }
}
