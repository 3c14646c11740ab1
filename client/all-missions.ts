import { loadAll } from './missions.ts'

/** All missions, for pages that choose among them. */
export const scenarios = await loadAll()
