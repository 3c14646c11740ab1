/**
 * A smallest list that still passes the test, by delta debugging (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing
 * input", 2002): chunks and their complements are tried, ever finer, until taking away any single item fails. `items` itself is taken
 * to pass. Items keep their order. `test` may refuse for reasons of its own, such as a budget: what passed before is returned.
 */
export function ddmin<T>(items: readonly T[], test: (some: readonly T[]) => boolean): readonly T[] {
  if (items.length === 0 || test([])) return []
  let least = items
  let chunks = 2
  while (least.length >= 2) {
    const smaller = smallerOf(least, Math.min(chunks, least.length), test)
    if (smaller !== null) {
      chunks = smaller.kept === 'chunk' ? 2 : Math.max(chunks - 1, 2)
      least = smaller.items
    } else {
      if (chunks >= least.length) break
      chunks = Math.min(chunks * 2, least.length)
    }
  }
  return least
}

/** One round: the first chunk that passes alone, else the first complement of one that does. */
function smallerOf<T>(items: readonly T[], chunks: number, test: (some: readonly T[]) => boolean): { kept: 'chunk' | 'rest'; items: readonly T[] } | null {
  const edge = (chunk: number): number => Math.floor((items.length * chunk) / chunks)
  for (let chunk = 0; chunk < chunks; chunk++) {
    const alone = items.slice(edge(chunk), edge(chunk + 1))
    if (test(alone)) return { kept: 'chunk', items: alone }
  }
  // Of two chunks each is the other's complement.
  for (let chunk = 0; chunks > 2 && chunk < chunks; chunk++) {
    const rest = [...items.slice(0, edge(chunk)), ...items.slice(edge(chunk + 1))]
    if (test(rest)) return { kept: 'rest', items: rest }
  }
  return null
}
