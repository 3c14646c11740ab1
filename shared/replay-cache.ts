import { z } from 'zod'
import { endOf } from './recording.ts'
import type { Header, Recording } from './recording.ts'
import { Digests, REPLAY_FACTS_MAX, versionOf } from './replay.ts'
import type { Replayed } from './replay.ts'
import { digestFact, digestHex } from './sim/digest.ts'
import { FACT_KINDS } from './sim/facts.ts'
import type { Fact, FactOf } from './sim/facts.ts'

/**
 * The facts of a finished round, kept beside its recording: a cache that may be thrown away. A recording that another version made
 * need not replay to the same facts, so it is shown from these; nothing is played on from them.
 */

const causes = z.array(z.int().min(0))
const fact = z.looseObject({ n: z.int().min(0), atMs: z.int().min(0), kind: z.string(), node: z.string().nullable(), before: causes, because: causes })
const kinds: ReadonlySet<string> = new Set(FACT_KINDS)

/** Reads kept facts; null when they are not the facts of this header's cluster in words that this version knows. */
export function readFacts(text: string, header: Header): Fact[] | null {
  let value: unknown
  try { value = JSON.parse(text) } catch { return null }
  const read = z.array(fact).max(REPLAY_FACTS_MAX).safeParse(value)
  if (!read.success) return null
  let lastMs = 0
  for (const [index, one] of read.data.entries()) {
    const earlier = [...one.before, ...one.because].every((cause) => cause < index)
    if (one.n !== index || one.atMs < lastMs || !earlier || !kinds.has(one.kind) || (one.node !== null && !header.nodes.includes(one.node))) return null
    lastMs = one.atMs
  }
  // The fields of each kind are those that this program wrote, maybe at another version of itself.
  return read.data as unknown as Fact[]
}

/** What a replay would show, from kept facts: the digest is reckoned over them and compared, the worlds are not there. */
export function fromCache(recording: Recording, damage: string | null, facts: readonly Fact[]): Replayed {
  const digests = new Digests(recording.entries)
  const running: [number, number] = [0, 0]
  for (const one of facts) {
    digestFact(running, one)
    digests.see(one.n, () => digestHex(running))
  }
  const end = recording.entries.findLast((entry) => entry.t === 'closed')
  if (end?.t === 'closed') digests.compare(end.facts, end.digest === digestHex(running) && end.facts === facts.length)
  return {
    recording, facts, damage, breaches: facts.filter((one): one is FactOf<'breached'> => one.kind === 'breached'), checkpoints: [], fromCache: true,
    digest: digestHex(running), digestOk: digests.divergedAt === null, digestsCompared: digests.compared, divergedAtFact: digests.divergedAt,
    endMs: Math.max(endOf(recording), facts[facts.length - 1]?.atMs ?? 0), version: versionOf(recording.header), closed: end !== undefined,
  }
}
