import type { Scenario } from '../sim/scenario.ts'

/** A mission, and the same in the words of another language. */
export interface Mission { english: Scenario; inWords(words: object): Scenario }

/** A mission's own types are known inside its folder only. */
const mission = (english: unknown, inWords: (words: never) => unknown): Mission => ({ english: english as Scenario, inWords: (words) => inWords(words as never) as Scenario })

/** All missions, in the order of the lesson, each loaded when it is asked for: a student's page takes the one that it plays. A mission is one folder and one line here. */
export const missions: { readonly [id: string]: () => Promise<Mission> } = {
  heartbeat: async () => import('./heartbeat/index.ts').then((its) => mission(its.heartbeat, its.heartbeatIn)),
  'logical-clocks': async () => import('./logical-clocks/index.ts').then((its) => mission(its.logicalClocks, its.logicalClocksIn)),
  'quorum-store': async () => import('./quorum-store/index.ts').then((its) => mission(its.quorumStore, its.quorumStoreIn)),
  election: async () => import('./election/index.ts').then((its) => mission(its.election, its.electionIn)),
}
