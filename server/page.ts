import type { ToClient } from '../shared/wire/messages.ts'

/** A page that is connected now: the only thing that the room knows of a socket. */
export interface Page {
  send<K extends keyof ToClient>(type: K, body: ToClient[K]): void
  /** Ends the line for good. `reason` is a sentence for the page. */
  close(code: number, reason: string): void
}
