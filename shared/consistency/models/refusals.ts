import type { Json } from '../../sim/json.ts'

/** `"read", "write" or "cas"`, for a message. */
const listed = (names: readonly string[]): string => `${names.slice(0, -1).map((name) => `"${name}"`).join(', ')} or "${names.at(-1) ?? ''}"`

/** What `f` should have been. */
export const otherF = (...names: readonly string[]): string => `f must be ${listed(names)}`

/** For operations whose answer says only that they happened. `null` counts as no answer, since some files write it so. */
export const saysNothing = (what: string, result: Json | undefined): string | null =>
  result === undefined || result === null ? null : `${what} answers nothing: leave result out`

export const takesNothing = (what: string, arg: Json): string | null => (arg === null ? null : `${what} takes no arg`)
