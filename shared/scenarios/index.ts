import type { Scenario } from '../sim/scenario.ts'
import { election } from './election/index.ts'
import { heartbeat } from './heartbeat/index.ts'
import { logicalClocks } from './logical-clocks/index.ts'
import { quorumStore } from './quorum-store/index.ts'

/** All missions, in the order of the lesson. A mission is one folder and one line here. */
export const scenarios: { readonly [id: string]: Scenario } = {
  heartbeat: heartbeat as unknown as Scenario,
  'logical-clocks': logicalClocks as unknown as Scenario,
  'quorum-store': quorumStore as unknown as Scenario,
  election: election as unknown as Scenario,
}

/** The mission that a class begins with until its instructor chooses another. */
export const USUAL_MISSION = 'election'
