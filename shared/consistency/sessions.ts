import { grouped } from './grouped.ts'
import type { History, Operation } from './history.ts'
import { fewest } from './register-witness.ts'
import { INITIAL, keyOf, refuseRegisters } from './registers.ts'
import type { Registers } from './registers.ts'
import { decideSessions } from './sessions/decide.ts'
import type { SessionBreak } from './sessions/decide.ts'
import { GUARANTEES } from './sessions/edges.ts'
import type { Guarantee, VersionEdge } from './sessions/edges.ts'
import { tellSessions } from './sessions/words.ts'
import { Meter } from './verdict.ts'
import type { Budget, Check, Edge, Verdict, Witness } from './verdict.ts'

/** The accesses that a break is about, and the writes that were read. Only a break that needed no guess is so small; of others all. */
function suspectsOf({ operations }: Registers, found: SessionBreak): readonly Operation[] {
  switch (found.kind) {
    case 'thin-air': return [operations[found.read]!]
    case 'circle': {
      const on = new Set(found.edges.flatMap(({ from, to, first, second }) => [from, to, first, second]))
      return operations.filter((_, at) => on.has(at))
    }
    case 'no-assignment': return operations
  }
}

/** A guarantee as a label for an arrow, e.g. `read your writes`. */
const labelOf = ({ guarantee }: VersionEdge): string => guarantee.replaceAll('-', ' ')

/** The circle as reasons between operations. The initial value is no operation: there the read that saw it stands in. */
function reasonsOf({ operations }: Registers, found: SessionBreak): Edge[] {
  if (found.kind !== 'circle') return []
  const id = (at: number): number => operations[at]!.id
  const [only] = found.edges
  if (only !== undefined && only.to === INITIAL) return [{ from: id(only.from), to: id(only.second), why: labelOf(only) }, { from: id(only.second), to: id(only.from), why: 'it read the initial value' }]
  if (only !== undefined && only.from === only.to) return [{ from: id(only.from), to: id(only.first), why: 'its value was read there' }, { from: id(only.first), to: id(only.from), why: labelOf(only) }]
  return found.edges.map((edge) => ({ from: id(edge.from), to: id(edge.to), why: labelOf(edge) }))
}

function witnessOf(history: History, key: string, whole: { registers: Registers; found: SessionBreak }, chosen: ReadonlySet<Guarantee>, promised: string, meter: Meter): Witness {
  const { init } = history.model
  const look = (some: readonly Operation[]) => decideSessions(some, init, chosen, meter)
  // Each guarantee by itself allows some reads of what the client writes only later, so nothing rules a write out beforehand.
  const suspects = suspectsOf(whole.registers, whole.found)
  const few = fewest(history, suspects, () => false, (some) => look(some).verdict === 'violated')
  const again = look(few)
  // A budget that ends here leaves what was found first: larger, and as true.
  const { operations, registers, found } = again.verdict === 'violated' ? { ...again, operations: few } : { ...whole, operations: suspects }
  return { operations, partition: key, from: [init], edges: reasonsOf(registers, found), shape: found.kind, sentence: tellSessions(registers, found, promised) }
}

function check(title: string, words: string, guarantees: readonly Guarantee[], promised: string, prevention: string): Check {
  const chosen = new Set(guarantees)
  return {
    title, words, concept: 'session guarantees', prevention,
    run(history: History, budget: Budget): Verdict {
      const refused = refuseRegisters(history, 'A session guarantee')
      if (refused !== null) return { verdict: 'unknown', why: refused }
      const meter = new Meter(budget)
      let unknown = false
      for (const [key, operations] of grouped(history.operations, keyOf)) {
        const decided = decideSessions(operations, history.model.init, chosen, meter)
        if (decided.verdict === 'violated') return { verdict: 'violated', witness: witnessOf(history, key, decided, chosen, promised, meter) }
        if (decided.verdict === 'unknown') unknown = true
      }
      return unknown ? { verdict: 'unknown', why: UNKNOWN_WHY } : { verdict: 'fine' }
    },
  }
}

const UNKNOWN_WHY = 'Many writes have equal values, and the budget ended before all ways to tell them apart were tried.'

/**
 * The session guarantees of Terry and others (1994), for histories of registers: `read` and `write`, or `get` and `put`. For other operations the verdict is
 * `unknown`, which says so. A history keeps a guarantee when there is, for each object, some order of all versions (its writes, with the initial value
 * before them) such that within each session, which is one client:
 * - read your writes: a write w before a read means w <= the version read;
 * - monotonic reads: a read before a read means the version of the first <= that of the second;
 * - monotonic writes: a write before a write means the first < the second;
 * - writes follow reads: a read before a write means the version read < the write. So to read what the same client writes only later breaks it: no store
 *   can show what was not written yet. (Linearizability and all causal checks forbid it too; the other three guarantees say nothing of it.)
 *
 * The order is one for all clients, as with a store whose copies converge; so two clients that see two writes in different orders break monotonic reads,
 * although causal memory allows that. A client alone hardly ever breaks anything: what one session says of an order is refuted by what others say.
 * Monotonic writes alone can never be refuted: it orders the writes of each client as that client made them, and such orders of different clients always
 * fit together. It takes a reader that saw two of them the other way round, whose own guarantee is monotonic reads or read your writes. That is why there is
 * `sessions`, all four together: it finds the circles that lead through several clients, such as "c1 wrote 1 and then 2, c2 read 2 and then 1".
 *
 * A read of what nobody wrote breaks each of them. An unanswered write comes after what its client did before, and before nothing: nobody waited for it.
 * If values are equal, a history is fine when some way to tell them apart is: a search, until the budget ends. Where they differ linear, but for
 * reads of own writes that were overwritten long before, by which `read-your-writes` alone is quadratic at worst.
 */
export const sessionChecks = {
  'read-your-writes': check('Read your writes', 'A client that wrote never reads an older version.', ['read-your-writes'], 'read your writes', 'Remember the version of your last write, and read only from a copy that has it.'),
  'monotonic-reads': check('Monotonic reads', 'A client never reads an older version than it has read.', ['monotonic-reads'], 'monotonic reads', 'Remember the newest version that you read, and read only from a copy that has it.'),
  'monotonic-writes': check('Monotonic writes', 'The writes of a client take effect in its order.', ['monotonic-writes'], 'monotonic writes', 'Let a copy take a write only when it has the earlier writes of that session.'),
  'writes-follow-reads': check('Writes follow reads', 'A write comes after the versions that its client had read.', ['writes-follow-reads'], 'that writes follow reads', 'Let a copy take a write only when it has what its session had read before.'),
  sessions: check('Session guarantees', 'Each object has one order of its versions that no client sees go backwards.', GUARANTEES, 'all four session guarantees', 'Carry the versions that a session wrote and read along with its requests, and serve it only from copies that have them.'),
} as const satisfies { readonly [id: string]: Check }
