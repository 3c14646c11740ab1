/** Handlers of messages, by their names. */
type Handlers = { [name: string]: (message: never) => void }

/**
 * The same handlers, of which some messages first need something that takes time: what comes after such a message waits for it, and is heard in the
 * order in which it came. `needs`: what a message waits for, which never rejects; null for nothing.
 */
export function inOrder<H extends Handlers>(handlers: H, needs: (name: keyof H, message: unknown) => Promise<unknown> | null): H {
  const waiting: (() => void)[] = []
  let busy = false
  const take = (name: keyof H, message: never): void => {
    if (busy) { waiting.push(() => take(name, message)); return }
    const needed = needs(name, message)
    if (needed === null) { handlers[name]?.(message); return }
    busy = true
    void needed.then(() => {
      busy = false
      handlers[name]?.(message)
      // One of them may have to wait itself: those behind it line up again, in their order.
      for (const next of waiting.splice(0)) next()
    })
  }
  return Object.fromEntries(Object.keys(handlers).map((name) => [name, (message: never) => take(name, message)])) as H
}
