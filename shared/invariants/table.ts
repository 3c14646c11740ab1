/** Entries by name, as plain JSON. */
export type Table<V> = { [name: string]: V }

/** The entry of a name that came with a fact; undefined if there is none. An operation may be called `constructor`: what every object inherits is no entry. */
export const entryOf = <V>(table: Table<V>, name: string): V | undefined => (Object.hasOwn(table, name) ? table[name] : undefined)

/** Makes an entry, or another one. Of the name `__proto__` too, where an assignment would change what the table inherits. */
export function setEntry<V>(table: Table<V>, name: string, value: V): V {
  if (name === '__proto__') Object.defineProperty(table, name, { value, writable: true, enumerable: true, configurable: true })
  else table[name] = value
  return value
}

/** The entry of a name, made first if there is none. */
export function entryAt<V>(table: Table<V>, name: string, make: () => NoInfer<V>): V {
  const known = entryOf(table, name)
  return known ?? setEntry(table, name, make())
}
