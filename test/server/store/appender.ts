import { openSqliteStore } from '../../../server/store/sqlite.ts'

/**
 * A process to be killed in the middle of its work: appends to class C of the folder named by its first argument as
 * fast as it can, a few appends in flight at once, and prints the number of each acknowledged record.
 */
const APPENDS_IN_FLIGHT = 4

const store = await openSqliteStore({ folder: process.argv[2] ?? '' })
const { ownerEpoch } = await store.claim('C')
const last = await store.lastSeq('C')
process.stdout.write(`from ${last}\n`)
const inFlight: Promise<void>[] = []
for (let seq = last + 1; ; seq += 1) {
  const record = { round: 1, cluster: null, author: 'host', clientSeq: seq, body: { seq, text: 'x'.repeat(seq % 500) } }
  inFlight.push(store.append('C', ownerEpoch, seq, [record]).then(({ lastSeq }) => { process.stdout.write(`${lastSeq}\n`) }))
  if (inFlight.length >= APPENDS_IN_FLIGHT) await inFlight.shift()
}
