/**
 * The event queue: a binary heap in a plain array, so that it clones through JSON as it is.
 * Ordered by due time, then by the number given at scheduling: events of one millisecond run in the order they were made.
 */
export interface Queued {
  atMs: number
  order: number
}

function before(a: Queued, b: Queued): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}

/** Adds an item in logarithmic time. */
export function push<T extends Queued>(heap: T[], item: T): void {
  let at = heap.length
  heap.push(item)
  while (at > 0) {
    const up = (at - 1) >> 1
    const parent = heap[up] as T
    if (!before(item, parent)) break
    heap[at] = parent
    at = up
  }
  heap[at] = item
}

/** Removes and returns the earliest item, or undefined when the heap is empty; logarithmic time. */
export function pop<T extends Queued>(heap: T[]): T | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (first === undefined || last === undefined || heap.length === 0) return first
  let at = 0
  for (;;) {
    let down = 2 * at + 1
    if (down >= heap.length) break
    if (down + 1 < heap.length && before(heap[down + 1] as T, heap[down] as T)) down++
    if (!before(heap[down] as T, last)) break
    heap[at] = heap[down] as T
    at = down
  }
  heap[at] = last
  return first
}
