import { sayingsOf } from '../sim/said.ts'
import type { Sayings } from '../sim/said.ts'
import { english as electionEnglish } from './election/words/en.ts'
import { spanish as election } from './election/words/es.ts'
import { english as heartbeatEnglish } from './heartbeat/words/en.ts'
import { spanish as heartbeat } from './heartbeat/words/es.ts'
import { spanish as quorumStore } from './quorum-store/words/es.ts'
import { english as quorumStoreEnglish } from './quorum-store/words/en.ts'
import { english as logicalClocksEnglish } from './logical-clocks/words/en.ts'
import { spanish as logicalClocks } from './logical-clocks/words/es.ts'

/** The missions' words in Spanish: one line each, as in the registry. */
export const spanishWords: { readonly [id: string]: object } = { heartbeat, 'logical-clocks': logicalClocks, 'quorum-store': quorumStore, election }

/** Why keys of the missions cannot be pressed, and what they warn of, by the English sentence. */
export const refusals: Sayings = { ...sayingsOf(heartbeatEnglish.keys, heartbeat.keys), ...sayingsOf(logicalClocksEnglish.keys, logicalClocks.keys), ...sayingsOf(quorumStoreEnglish.keys, quorumStore.keys), ...sayingsOf(electionEnglish.keys, election.keys) }
