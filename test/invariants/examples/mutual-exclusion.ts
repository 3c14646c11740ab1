import { oneHolder, writesApart } from '../../../shared/invariants/index.ts'
import { example, instead } from '../example.ts'
import { heard, noted } from '../stage.ts'
import type { Step } from '../stage.ts'

const taken = (holder: string, untilMs: number | null) => ({ shows: 'lock', change: 'taken', lock: 'the ledger', holder, untilMs })
const left = (holder: string) => ({ shows: 'lock', change: 'left', lock: 'the ledger', holder })

/** C gives out leases of 20 s, and forgets one in a crash. */
const leases: Step[] = [
  { atMs: 1_000, at: 'C', note: taken('A', 21_000) },
  { atMs: 15_000, at: 'C', note: taken('A', 35_000) },
  { atMs: 16_000, fault: 'f', type: 'crash', params: { nodes: ['C'] }, durationMs: 5_000 },
  { atMs: 25_000, at: 'C', note: taken('B', 45_000) },
]
/** A lock without a lease, which A gives back before B asks, or does not. */
const plain: Step[] = [
  { atMs: 1_000, at: 'C', note: taken('A', null) },
  { atMs: 2_000, at: 'C', note: taken('A', null) },
  { atMs: 5_000, at: 'C', note: left('B') },
  { atMs: 6_000, at: 'C', note: left('A') },
  { atMs: 7_000, at: 'C', note: taken('B', null) },
]

const write = (holder: string, grant: number) => ({ shows: 'write', resource: 'the ledger', holder, grant })
/** A stands still while it holds the lock, with one more write on its mind. */
const asleep: Step[] = [
  { atMs: 1_000, at: 'A', tell: 'C', says: write('A', 33) },
  { atMs: 2_000, fault: 'f', type: 'pause', params: { nodes: ['A'] }, durationMs: 30_000 },
  { atMs: 3_000, at: 'A', tell: 'C', says: write('A', 33) },
  { atMs: 25_000, at: 'B', tell: 'C', says: write('B', 34) },
  { atMs: 40_000, at: 'B', tell: 'C', says: write('B', 34) },
]

export const mutualExclusion = [
  example('one-holder', 'a lock service forgets a lease in a crash', oneHolder(noted('lock')), leases, instead(leases, 3, { atMs: 35_000, at: 'C', note: taken('B', 55_000) })),
  example('one-holder', 'a lock is given away before its holder has left it', oneHolder(noted('lock')), instead(plain, 3, null), plain),
  example('writes-apart', 'a holder that stood still writes late', writesApart(heard('write')), asleep,
    instead(asleep, 1, { atMs: 2_000, fault: 'f', type: 'pause', params: { nodes: ['A'] }, durationMs: 20_000 })),
]
