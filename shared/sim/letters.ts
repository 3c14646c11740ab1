import type { Letter, MessageId } from './types.ts'
import type { NodeWorld } from './world.ts'

/** Where a letter came from: the message, and which copy of it. The node's world keeps one for each letter in the inbox, in the same order. */
export interface Origin { message: MessageId; copy: number }

/** Where in the inbox letter `n` lies; -1 when it is gone. The one that is asked for is mostly the latest. */
export function placeOf(inbox: readonly Letter<unknown>[], n: number): number {
  let at = inbox.length - 1
  while (at >= 0 && inbox[at]?.n !== n) at--
  return at
}

function idOf({ message, copy }: Origin): string {
  // Each copy is a card of its own.
  return copy === 0 ? message : `${message} copy ${copy}`
}

/** The identity of letter `n` of a node, by which a recording names it; undefined when it is gone. */
export function letterIdOf(node: NodeWorld, n: number): string | undefined {
  const origin = node.origins[placeOf(node.self.inbox, n)]
  return origin === undefined ? undefined : idOf(origin)
}

/** The node's own number of the letter with this identity; undefined when it is gone. */
export function letterOfId(node: NodeWorld, id: string): number | undefined {
  return node.self.inbox[node.origins.findIndex((one) => idOf(one) === id)]?.n
}
