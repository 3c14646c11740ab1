import type { Scenario } from '../sim/scenario.ts'
import { electionIn } from './election/index.ts'
import { spanish as election } from './election/words/es.ts'
import { heartbeatIn } from './heartbeat/index.ts'
import { spanish as heartbeat } from './heartbeat/words/es.ts'

/** The missions in Spanish: one line each, as in the registry. */
export const inSpanish: { readonly [id: string]: Scenario } = {
  heartbeat: heartbeatIn(heartbeat) as unknown as Scenario,
  election: electionIn(election) as unknown as Scenario,
}
