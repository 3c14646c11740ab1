/** How often this process looks whether it was held up, in ms. */
const BEAT_MS = 1
/** A stamp that may be later than this is no measure of the server, in ms. */
const DOUBT_MS_MAX = 3

let last = performance.now(), before = last

setInterval(() => {
  before = last
  last = performance.now()
}, BEAT_MS).unref()

/**
 * How late a stamp taken now may be, in ms: since the beat before the last one this process has read everything that lay there. So a stall of its own (its
 * garbage collector, another program on its core) is known by the beats that it missed, whatever came in then.
 */
export function doubtMs(nowMs: number): number {
  return nowMs - before
}

export function isDoubtful(doubt: number): boolean {
  return doubt > DOUBT_MS_MAX
}
