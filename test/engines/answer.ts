import { z } from 'zod'

/** What an engine is given and what it says: JSON, as it crosses the border of a process or a page. */

/** A recording as text, and the seed that it is called by. */
export const given = z.strictObject({ seed: z.int(), text: z.string() })
export type Given = z.infer<typeof given>

const digest = z.string().regex(/^[0-9a-f]{8,16}$/)

/** A history as digests tell it: number of facts, the running digest after some of them, and after all. */
const history = z.strictObject({ facts: z.int(), digests: z.array(z.tuple([z.int(), digest])), last: digest })
export type History = z.infer<typeof history>

/** `stopped`: why a recording could not be played, in the engine's words. */
const played = z.union([z.strictObject({ seed: z.int(), history }), z.strictObject({ seed: z.int(), stopped: z.string() })])
export type Played = z.infer<typeof played>

/** `agent`: what the engine calls itself. `tables`: a digest of each table of raw arithmetic, by name. */
export const answer = z.strictObject({ agent: z.string(), tables: z.record(z.string(), digest), rounds: z.array(played) })
export type Answer = z.infer<typeof answer>
