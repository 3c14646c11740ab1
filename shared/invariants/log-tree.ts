/**
 * All logs ever seen, as one tree: a node of it stands for an entry with all entries before it, so a log is a number, and a copy of a log
 * costs nothing. Any entry is found in logarithmic time by jumps (Myers, "An applicative random-access stack", 1983). Plain JSON; one
 * tree node for each entry that a disk ever took.
 */
export interface LogTree { term: number[]; length: number[]; shorter: number[]; jump: number[] }

/** The log without entries. */
export const EMPTY_LOG = 0

export const newLogTree = (): LogTree => ({ term: [0], length: [0], shorter: [0], jump: [0] })

/** The log with one more entry. Constant time. */
export function extended(tree: LogTree, log: number, term: number): number {
  const jump = tree.jump[log] as number
  const over = tree.jump[jump] as number
  const far = (tree.length[log] as number) - (tree.length[jump] as number) === (tree.length[jump] as number) - (tree.length[over] as number)
  const id = tree.term.push(term) - 1
  tree.length.push((tree.length[log] as number) + 1)
  tree.shorter.push(log)
  tree.jump.push(far ? over : log)
  return id
}

/** The log's first `length` entries; all of it if it is no longer. Logarithmic time. */
export function cutTo(tree: LogTree, log: number, length: number): number {
  let at = log
  while ((tree.length[at] as number) > length) {
    const jump = tree.jump[at] as number
    at = (tree.length[jump] as number) >= length ? jump : (tree.shorter[at] as number)
  }
  return at
}

/** The term of an entry, counted from 1; null if the log ends before it. Logarithmic time. */
export function termAt(tree: LogTree, log: number, index: number): number | null {
  return index > (tree.length[log] as number) ? null : (tree.term[cutTo(tree, log, index)] as number)
}
