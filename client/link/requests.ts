import type { ToServer } from '../../shared/wire/messages.ts'
import { texts } from '../texts/common.ts'

export type Asking = 'act' | 'answer' | 'command'
export type Answer = { ok: true } | { ok: false; reason: string }
/** Requests without an answer; a page has no need for more, and a dead link must not pile them up. */
export const OPEN_REQUESTS_MAX = 64

/** Requests without their numbers. */
export type Bodies = { [K in Asking]: Omit<ToServer[K], 'seq'> }

interface Open { type: Asking; seq: number | null; body: Bodies[Asking]; resolve(answer: Answer): void }

export interface Requests {
  /** Numbers a request, sends it if there is a link, and keeps it until it is answered. */
  add(type: Asking, body: Bodies[Asking]): Promise<Answer>
  /** The room has said hello and which number is free: everything unanswered is sent again, in order, under its old number. */
  welcomed(nextSeq: number): void
  answered(seq: number, answer: Answer): void
  /** No link now: what is added waits. */
  parted(): void
  /** The link will not come back. */
  giveUp(reason: string): void
}

/**
 * Numbered requests. A number belongs to one request for ever: sent twice, the room applies it once and answers twice,
 * and the second answer finds nobody waiting.
 */
export function makeRequests(send: (type: Asking, message: ToServer[Asking]) => void): Requests {
  let open: Open[] = [], next = 1, live = false, over: string | null = null
  const numbered = (one: Open): ToServer[Asking] => {
    const seq = one.seq ?? next++
    one.seq = seq
    return { ...one.body, seq }
  }
  return {
    add(type, body) {
      if (over !== null) return Promise.resolve({ ok: false, reason: over })
      if (open.length >= OPEN_REQUESTS_MAX) return Promise.resolve({ ok: false, reason: texts.link.tooMuch })
      return new Promise(resolve => {
        const one: Open = { type, seq: null, body, resolve }
        open.push(one)
        if (live) send(type, numbered(one))
      })
    },
    welcomed(nextSeq) {
      next = Math.max(next, nextSeq)
      live = true
      for (const one of open) send(one.type, numbered(one))
    },
    answered(seq, answer) {
      const one = open.find(each => each.seq === seq)
      if (one === undefined) return
      open = open.filter(each => each !== one)
      one.resolve(answer)
    },
    parted: () => { live = false },
    giveUp(reason) {
      over = reason
      live = false
      const left = open
      open = []
      for (const one of left) one.resolve({ ok: false, reason })
    },
  }
}
