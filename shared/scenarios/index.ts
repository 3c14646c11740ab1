import type { Scenario } from '../sim/scenario.ts'
import { missions } from './registry.ts'

/** All missions, loaded, in the order of the registry. */
export const scenarios: { readonly [id: string]: Scenario } = Object.fromEntries(await Promise.all(Object.entries(missions).map(async ([id, load]) => [id, (await load()).english])))

/** The mission that a class begins with until its instructor chooses another. */
export const USUAL_MISSION = 'election'
