/** Entries by name, as plain JSON. */
export type Table<V> = { [name: string]: V }

/** The entry of a name that came with a fact; undefined if there is none. An operation may be called `constructor`: what every object inherits is no entry. */
export const entryOf = <V>(table: Table<V>, name: string): V | undefined => (Object.hasOwn(table, name) ? table[name] : undefined)

/** The entry of a name, made first if there is none. */
export function entryAt<V>(table: Table<V>, name: string, make: () => NoInfer<V>): V {
  const known = entryOf(table, name)
  return known ?? (table[name] = make())
}
