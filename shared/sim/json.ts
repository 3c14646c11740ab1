/** Plain JSON: what world state, facts and recordings are made of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/** A copy that shares nothing with the original. World state is plain JSON, so this is exact. */
export function cloneJson<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T)
}
