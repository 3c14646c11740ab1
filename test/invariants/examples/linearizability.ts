import { linearizable } from '../../../shared/invariants/linearizable.ts'
import type { HistorySpec } from '../../../shared/sim/scenario.ts'
import type { Json, Shape } from '../../../shared/sim/types.ts'
import { example, instead } from '../example.ts'
import type { Step } from '../stage.ts'

type Asks = { f: string; key: string | null; arg: Json }
/** What puppets' customers ask is a call as it stands, and what they are answered its result. */
const register: HistorySpec<Shape> = {
  model: 'register', init: null,
  call: (operation) => (operation as unknown as { says: Asks | null }).says ?? { f: 'read', key: 'idle', arg: null },
  answer: (_operation, reply) => ({ status: 'ok', result: (reply as unknown as { says: Json }).says }),
}
const write = (arg: number): Asks => ({ f: 'write', key: 'x', arg }), read: Asks = { f: 'read', key: 'x', arg: null }

/** c0 writes, and is answered at 2 s. c1 reads twice: while the write is under way, and after it. */
const stale: Step[] = [
  { atMs: 1_500, answer: 'c1/1', says: null },
  { atMs: 2_000, answer: 'c0/1', says: null },
  { atMs: 3_000, answer: 'c1/2', says: null },
]

export const linearizability = [
  example('linearizable', 'a customer reads what was there before a write that was answered', linearizable(register), stale, instead(stale, 2, { atMs: 3_000, answer: 'c1/2', says: 1 }), { asks: [[write(1)], [read, read]] }),
]
