import type { Scenario } from '../sim/scenario.ts'
import { electionIn } from './election/index.ts'
import { spanish as election } from './election/words/es.ts'
import { heartbeatIn } from './heartbeat/index.ts'
import { spanish as heartbeat } from './heartbeat/words/es.ts'
import { quorumStoreIn } from './quorum-store/index.ts'
import { spanish as quorumStore } from './quorum-store/words/es.ts'

/** The missions in Spanish: one line each, as in the registry. */
export const inSpanish: { readonly [id: string]: Scenario } = {
  heartbeat: heartbeatIn(heartbeat) as unknown as Scenario,
  'quorum-store': quorumStoreIn(quorumStore) as unknown as Scenario,
  election: electionIn(election) as unknown as Scenario,
}
