import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Playing } from '../shared/session.ts'
import type { Cluster } from './cluster.ts'
import { StoreError } from './store/types.ts'
import type { Store } from './store/types.ts'

const pack = promisify(gzip), unpack = promisify(gunzip)
/** No round's facts are longer, in bytes of text; what claims to be is not unpacked. */
const TEXT_BYTES_MAX = 256_000_000

/**
 * Keeps the facts of a finished round beside its recordings, so that another version of this program can show it as it was. A cache: what the
 * disk refuses is let go, since the recording holds all that it follows from.
 */
export async function keepFacts(store: Store, playing: Playing | null, clusters: readonly Cluster[]): Promise<void> {
  for (const [index, cluster] of clusters.entries()) {
    const recordingId = playing?.clusters[index]?.recordingId
    if (recordingId === undefined) continue
    try {
      await store.saveFacts(recordingId, await pack(JSON.stringify(cluster.facts)))
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      process.stderr.write(`The facts of a round were not kept: ${error.message}\n`)
    }
  }
}

/** Kept facts as the text of a JSON array. Rejects on what was not packed here. */
export async function factsText(kept: Uint8Array): Promise<string> {
  return (await unpack(kept, { maxOutputLength: TEXT_BYTES_MAX })).toString('utf8')
}
