import { missions } from '../../shared/scenarios/registry.ts'
import { spanishWords } from '../../shared/scenarios/spanish.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'

/** All missions in Spanish. */
export const inSpanish: { readonly [id: string]: Scenario } = Object.fromEntries(await Promise.all(Object.entries(spanishWords).map(async ([id, words]) => [id, (await missions[id]!()).inWords(words)])))
