import type { Operation } from '../../shared/consistency/history.ts'
import type { Witness } from '../../shared/consistency/verdict.ts'
import type { Json } from '../../shared/sim/json.ts'

/**
 * What the sentence of a witness says, read back from its words and asked of the whole history: written apart from the shapes, and in terms of time alone. For histories
 * of one object, without keys and times, whose texts are too short to be abbreviated.
 */
interface Told { operations: readonly Operation[]; init: Json; witness: Witness }

const text = (value: Json | undefined): string => JSON.stringify(value ?? null)
const endOf = ({ status, ret }: Operation): number => (status === 'ok' ? ret! : Infinity)
const pairOf = ({ arg }: Operation): readonly [Json, Json] => arg as readonly [Json, Json]
/** The value left, as text, if it can have been changed to that. */
const leftBy = (one: Operation): string | null =>
  one.f === 'write' || one.f === 'put' ? text(one.arg) : one.f === 'cas' && one.result !== false && text(pairOf(one)[0]) !== text(pairOf(one)[1]) ? text(pairOf(one)[1]) : null
const foundBy = (one: Operation): string => text(one.f === 'cas' ? pairOf(one)[0] : one.result)
const heldAfter = (one: Operation): string => leftBy(one) ?? foundBy(one)
const times = (words: string): number => (words === 'once' || words === 'one' ? 1 : words === 'twice' ? 2 : Number.parseInt(words, 10))
const riseOf = ({ f, arg }: Operation): number => (f === 'read' ? 0 : f === 'increment' ? Number(arg ?? 1) : -Number(arg ?? 1))

/** The answered operations that a clause such as `client 3 read 4` may mean. */
function meant({ operations }: Told, clause: string): readonly Operation[] {
  const said = (one: Operation): string => {
    switch (one.f) {
      case 'read': return `read ${text(one.result)}`
      case 'get': return `got ${text(one.result)}`
      case 'write': return `wrote ${text(one.arg)}`
      case 'put': return `put ${text(one.arg)}`
      case 'cas': return `${one.result === true ? 'did' : 'was refused'} a compare-and-set from ${text(pairOf(one)[0])} to ${text(pairOf(one)[1])}`
      case 'acquire': case 'release': return `${one.f}d the lock`
      default: return one.f === 'dequeue' ? (one.result === null ? 'found the queue empty' : `dequeued ${text(one.result)}`) : ''
    }
  }
  return operations.filter((one) => one.status === 'ok' && clause.toLowerCase() === `client ${one.client} ${said(one)}`.toLowerCase())
}

/** The answered ones that words such as `client 3's write of 4` may mean. */
const named = ({ operations }: Told, words: string): readonly Operation[] =>
  operations.filter((one) => one.status === 'ok' && words.toLowerCase() === `client ${one.client}'s ${one.f === 'cas' ? `compare-and-set to ${text(pairOf(one)[1])}` : `${one.f} of ${text(one.arg)}`}`.toLowerCase())

const writersOf = ({ operations }: Told, value: string): readonly Operation[] => operations.filter((one) => leftBy(one) === value)

/** Whether it can hold `value` at `until`, having held one of `start` when `first` took place. */
function canHold({ operations }: Told, value: string, start: readonly string[], first: Operation, until: Operation): boolean {
  const held = new Set(start)
  for (let known = -1; held.size > known;) {
    known = held.size
    for (const one of operations) {
      const left = leftBy(one)
      if (left === null || one === first || one === until || endOf(one) < first.call || one.call > until.ret!) continue
      if (one.f !== 'cas' || held.has(foundBy(one))) held.add(left)
    }
  }
  return held.has(value)
}

/** The last writer of a value of those called before `until` was over. */
const lastWriter = (told: Told, value: string, until: Operation): Operation | undefined =>
  writersOf(told, value).filter((one) => one !== until && one.call < until.ret!).toSorted((a, b) => endOf(a) - endOf(b)).at(-1)

function canMake(wanted: string, operations: readonly Operation[], start: Json): boolean {
  const made = new Set<string>(), open = [String(start), ...operations.filter(({ f }) => f === 'put').map(({ arg }) => String(arg))]
  for (let now = open.pop(); now !== undefined; now = open.pop()) {
    if (made.has(now) || !wanted.startsWith(now)) continue
    made.add(now)
    for (const { f, arg } of operations) if (f === 'append') open.push(now + String(arg))
  }
  return made.has(wanted)
}

/** Whether a put between explains what was got. */
const putExplains = ({ operations }: Told, first: Operation, get: Operation): boolean =>
  operations.some((put) => put.f === 'put' && String(get.result).startsWith(String(put.arg)) && put.call < get.ret! && endOf(put) > first.call)

/** What a counter can hold at least and at most at `read`, from `start` on, which it held when `first` took place. */
function reach({ operations }: Told, start: number, first: Operation | null, read: Operation): readonly [least: number, most: number] {
  let least = start, most = start
  for (const one of operations) {
    if (one.call > read.ret! || (first !== null && endOf(one) < first.call)) continue
    const by = riseOf(one), must = endOf(one) < read.call && (first === null || one.call > first.ret!)
    least += must ? by : Math.min(0, by)
    most += must ? by : Math.max(0, by)
  }
  return [least, most]
}

/** The operations of the history that the witness shows, answered ones as they were. */
const shown = ({ operations, witness }: Told, f: string): readonly Operation[] => operations.filter((one) => one.f === f && witness.operations.some(({ id, status }) => id === one.id && status === 'ok'))

type Words = readonly string[]
const pairs = (first: readonly Operation[], second: readonly Operation[], hold: (a: Operation, b: Operation) => boolean): boolean => first.some((a) => second.some((b) => a !== b && hold(a, b)))
const inTurn = (first: readonly Operation[], second: readonly Operation[], hold: (a: Operation, b: Operation) => boolean): boolean => pairs(first, second, (a, b) => a.ret! < b.call && hold(a, b))
const lastBy = (client: string | undefined, last: Operation | undefined, hold: (last: Operation) => boolean): boolean => last !== undefined && String(last.client) === client && hold(last)

function turns(chain: readonly (readonly Operation[])[], hold: (first: Operation, last: Operation) => boolean): boolean {
  const go = (at: number, first: Operation | null, last: Operation | null): boolean =>
    at === chain.length ? hold(first!, last!) : chain[at]!.some((one) => (last === null || last.ret! < one.call) && go(at + 1, first ?? one, one))
  return go(0, null, null)
}

function leftOver(told: Told, one: Operation, words: Words): boolean {
  const { operations } = told, items = shown(told, 'enqueue'), [, , , value, most] = words
  const takers = operations.filter((other) => other !== one && other.f === 'dequeue' && other.call < one.ret! && (other.result === undefined || items.some(({ arg }) => text(arg) === text(other.result))))
  const later = operations.filter(({ f, arg }) => f === 'enqueue' && text(arg) === value)
  return items.length > takers.length && takers.length <= (most === undefined ? 0 : times(most)) && items.every(({ ret }) => (value === undefined ? ret! < one.call : later.every(({ call }) => ret! < call)))
}

const V = '(null|-?\\d+|"[^"]*"|\\[[^\\]]*\\])', T = '(once|twice|\\d+ times)'
const readings: readonly (readonly [pattern: string, holds: (told: Told, words: Words) => boolean])[] = [
  [`(.*), but nobody had written ${V}`, (told, [, a, v]) => meant(told, a!).some((read) => text(told.init) !== v && writersOf(told, v!).every((one) => one === read || one.call > read.ret!))],
  [`(.*) before anybody began to write ${V}: the first to do so was client (\\d+)`, (told, [, a, v, client]) => meant(told, a!).some((read) =>
    text(told.init) !== v && writersOf(told, v!).every((one) => one === read || one.call > read.ret!) && String(writersOf(told, v!).toSorted((x, y) => x.call - y.call)[0]?.client) === client)],
  [`(.*), but (client.*) was over by then, and nobody can have written ${V} after it`, (told, [, b, a, v]) => inTurn(named(told, a!), meant(told, b!), (write, read) => !canHold(told, v!, [heldAfter(write)], write, read))],
  [`(.*), but (client.*) was over by then, and ${V} had last been written before it, by client (\\d+)`, (told, [, b, a, v, client]) =>
    inTurn(named(told, a!), meant(told, b!), (write, read) => lastBy(client, lastWriter(told, v!, read), (last) => endOf(last) < write.call))],
  [`(.*), so it did not hold ${V}; and after that (.*), but nobody can have written ${V} between`, (told, [, a, v, b]) => inTurn(meant(told, a!), meant(told, b!), (refused, met) =>
    !canHold(told, v!, [text(told.init), ...told.operations.flatMap((one) => (one.call < refused.ret! ? leftBy(one) ?? [] : []))].filter((state) => state !== v), refused, met))],
  [`(.*), and after that (.*), but nobody can have written ${V} between`, (told, [, a, b, v]) => inTurn(meant(told, a!), meant(told, b!), (first, last) => !canHold(told, v!, [heldAfter(first)], first, last))],
  [`(.*), and after that (.*), but ${V} had last been written before client \\d+ asked, by client (\\d+)`, (told, [, a, b, v, client]) =>
    inTurn(meant(told, a!), meant(told, b!), (first, read) => lastBy(client, lastWriter(told, v!, read), (last) => endOf(last) < first.call))],
  [`(.*), and after that (.*), but ${V} had last been written before anybody began to write ${V}, by client (\\d+)`, (told, [, a, b, v, newer, client]) => inTurn(meant(told, a!), meant(told, b!), (first, read) =>
    lastBy(client, lastWriter(told, v!, read), (last) => foundBy(first) === newer && text(told.init) !== newer && writersOf(told, newer!).every(({ call }) => endOf(last) < call)))],
  [`(.*), but nobody can have written ${V} in that time`, (told, [, a, v]) => turns(a!.split(', then ').map((clause) => meant(told, clause)), (first, last) => writersOf(told, v!).every((one) => one.call > last.ret! || endOf(one) < first.call))],
  [`(.*), but ${V} can have been written only ${T} (by then|in that time)`, (told, [, a, v, many, when]) => turns(a!.split(', then ').map((clause) => meant(told, clause)), (first, last) =>
    writersOf(told, v!).filter((one) => one.call < last.ret! && (when === 'by then' || endOf(one) > first.call)).length <= times(many!))],
  [`(.*) and (client .*), but whichever came first, nobody can then have written what the other found`, (told, [, a, b]) => pairs(meant(told, a!), meant(told, b!), (one, other) =>
    (other.ret! < one.call || !canHold(told, foundBy(other), [heldAfter(one)], one, other)) && (one.ret! < other.call || !canHold(told, foundBy(one), [heldAfter(other)], other, one)))],
  [`(\\d+) compare-and-sets from ${V} were done, by .*, but (?:nobody can have written ${V}|${V} was written only ${T}) (between|by then)`, (told, [, many, v, , , written, when]) => {
    const taking = shown(told, 'cas').filter((one) => one.result === true && foundBy(one) === v), end = Math.max(...taking.map(endOf))
    const came = writersOf(told, v!).filter((one) => one.call < end && (when === 'by then' || !taking.every(({ call }) => endOf(one) < call))).length
    return taking.length === Number(many) && came <= (written === undefined ? 0 : times(written)) && (when === 'between' || text(told.init) !== v)
  }],
  [`(.*), though it held ${V}, the value at the start, all the time`, (told, [, a, v]) => meant(told, a!).some((refused) => text(told.init) === v && told.operations.every((one) => leftBy(one) === null || leftBy(one) === v || one.call > refused.ret!))],
  [`(.*), and after that (.*), though it held ${V} all the time: nobody can have changed it between`, (told, [, a, b, v]) => inTurn(meant(told, a!), meant(told, b!), (first, refused) =>
    heldAfter(first) === v && told.operations.every((one) => one === first || leftBy(one) === null || leftBy(one) === v || one.call > refused.ret! || endOf(one) < first.call))],
  ['(.*), but what had been put and appended by then cannot make that text', (told, [, a]) => meant(told, a!).some((get) => !canMake(String(get.result), told.operations.filter(({ call }) => call < get.ret!), told.init))],
  [`(.*) before client (\\d+) began to (put|append) ${V}, without which there is no such text`, (told, [, a, client, f, v]) => meant(told, a!).some((get) => {
    const later = told.operations.filter((one) => one.f === f && text(one.arg) === v && one.call > get.ret!)
    return later.some((one) => String(one.client) === client) && !canMake(String(get.result), told.operations.filter((one) => !later.includes(one)), told.init)
  })],
  [`(.*) was over before client (\\d+) asked for the text, but the answer ${V} lacks it, and no put between explains that`, (told, [, a, client, v]) =>
    inTurn(named(told, a!), meant(told, `client ${client} got ${v}`), (append, get) => !String(get.result).includes(String(append.arg)) && !putExplains(told, append, get))],
  ['(.*), and after that (.*), which does not begin with the earlier text, and no put between explains that', (told, [, a, b]) =>
    inTurn(meant(told, a!), meant(told, b!), (first, get) => !String(get.result).startsWith(String(first.result)) && !putExplains(told, first, get))],
  ['(.*) and (client .*): neither is the beginning of the other, and no put between explains that', (told, [, a, b]) => pairs(meant(told, a!), meant(told, b!), (one, other) => !putExplains(told, one, other) && !putExplains(told, other, one))],
  ['(.*) and (client .*), which goes on from there, but nobody can have appended the rest between, and no put between explains it', (told, [, a, b]) => pairs(meant(told, a!), meant(told, b!), (one, get) => !putExplains(told, one, get) && !putExplains(told, get, one)
    && !canMake(String(get.result), told.operations.filter((append) => append.f === 'append' && append.call < get.ret! && endOf(append) > one.call), one.result!))],
  ['(.*), and after that client (\\d+) (?:acquir|releas)ed it (?:too|again), but nobody can have (releas|acquir)ed it between', (told, [, a, client, other]) =>
    inTurn(meant(told, a!), told.operations.filter((one) => String(one.client) === client && one.status === 'ok' && one.f !== `${other}e`), (first, last) => told.operations.every((one) => one.f !== `${other}e` || one.call > last.ret! || endOf(one) < first.call))],
  ['.* (?:both|twice) (?:acquir|releas)ed the lock, but nobody can have (releas|acquir)ed it between', (told, [, other]) => {
    const both = shown(told, other === 'releas' ? 'acquire' : 'release'), begin = Math.min(...both.map(({ call }) => call)), end = Math.max(...both.map(endOf))
    return both.length === 2 && told.operations.every((one) => one.f !== `${other}e` || one.call > end || endOf(one) < begin)
  }],
  ['(.*), but it was (locked|free) at the start and nobody had (releas|acquir)ed it yet', (told, [, a, state, other]) => meant(told, a!).some((one) => told.init === (state === 'locked') && told.operations.every(({ f, call }) => f !== `${other}e` || call > one.ret!))],
  [`The lock was (?:(locked|free) at the start and )?(acquir|releas)ed ${T}, by .*, but (?:nobody can have (?:acquir|releas)ed it|can have been (?:acquir|releas)ed only ${T}) (by then|between)`, (told, [, state, f, many, most, when]) => {
    const done = shown(told, `${f}e`), begin = Math.min(...done.map(({ call }) => call)), end = Math.max(...done.map(endOf))
    const back = told.operations.filter((one) => one.f !== `${f}e` && one.call < end && (when === 'by then' || endOf(one) > begin)).length
    return done.length === times(many!) && back <= (most === undefined ? 0 : times(most)) && (state === undefined || told.init === (state === 'locked'))
  }],
  ['(client \\d+ read -?\\d+), but .*, it can have been no (less|more) than (-?\\d+)', (told, [, a, side, bound]) =>
    meant(told, a!).some((read) => { const [least, most] = reach(told, Number(told.init), null, read); return side === 'less' ? least >= Number(bound) && Number(read.result) < Number(bound) : most <= Number(bound) && Number(read.result) > Number(bound) })],
  ['(client \\d+ read -?\\d+), and after that (client \\d+ read -?\\d+), but .*, it can have been no (less|more) than (-?\\d+)', (told, [, a, b, side, bound]) =>
    inTurn(meant(told, a!), meant(told, b!), (first, read) => { const [least, most] = reach(told, Number(first.result), first, read); return side === 'less' ? least >= Number(bound) : most <= Number(bound) })],
  [`(.*), but nobody had enqueued ${V}`, (told, [, a, v]) => meant(told, a!).some((taken) => told.operations.every(({ f, arg, call }) => f !== 'enqueue' || text(arg) !== v || call > taken.ret!))],
  ['(.*) before anybody began to enqueue it: the first to do so was client (\\d+)', (told, [, a, client]) => meant(told, a!).some((taken) => {
    const all = told.operations.filter(({ f, arg }) => f === 'enqueue' && text(arg) === text(taken.result)).toSorted((x, y) => x.call - y.call)
    return all.every(({ call }) => call > taken.ret!) && String(all[0]?.client) === client
  })],
  [`${V} was dequeued ${T}, by .*, but was in the queue only ${T} by then`, (told, [, v, many, most]) => {
    const taking = shown(told, 'dequeue').filter(({ result }) => text(result) === v), end = Math.max(...taking.map(endOf)), waited = (told.init as readonly Json[]).filter((value) => text(value) === v).length
    return taking.length === times(many!) && waited + told.operations.filter(({ f, arg, call }) => f === 'enqueue' && text(arg) === v && call < end).length <= times(most!)
  }],
  [`(.*), but (client.*|\\d+ enqueues, .*) (?:was|were) over (?:by then|before anybody began to enqueue ${V}), and (?:nobody had taken .* out|at most (one|\\d+) of them can have been taken out)`, (told, words) =>
    meant(told, words[1]!).some((one) => leftOver(told, one, words))],
]

/** Whether the sentence is true of the history; null if it cannot be read. Operations that failed are left out. */
export function isTrue(witness: Witness, init: Json, operations: readonly Operation[]): boolean | null {
  const told: Told = { operations: operations.filter(({ status }) => status !== 'fail'), init, witness }
  const readable = readings.flatMap(([pattern, holds]) => { const words = new RegExp(`^${pattern}\\.$`, 'i').exec(witness.sentence); return words === null ? [] : [{ words, holds }] })
  return readable.length === 0 ? null : readable.some(({ words, holds }) => holds(told, words))
}
