/**
 * What the libraries have to say goes to stderr, one line each and no more than a few a minute: whoever sends broken frames by
 * the thousand shall not fill the disk with their traces.
 */
const LINES_PER_MINUTE = 20
const LINE_LENGTH_MAX = 300

export interface Logger {
  debug(...parts: unknown[]): void
  trace(...parts: unknown[]): void
  info(...parts: unknown[]): void
  warn(...parts: unknown[]): void
  error(...parts: unknown[]): void
}

/** `write` takes a line, `now` tells wall ms. */
export function quietLogger(write: (line: string) => void, now: () => number): Logger {
  let fromMs = -Infinity
  let lines = 0
  const say = (...parts: unknown[]): void => {
    if (now() - fromMs >= 60_000) {
      if (lines > LINES_PER_MINUTE) write(`... and ${lines - LINES_PER_MINUTE} more like it.\n`)
      fromMs = now()
      lines = 0
    }
    lines++
    if (lines > LINES_PER_MINUTE) return
    const first = parts.map(String).join(' ').split('\n')[0] ?? ''
    write(`${first.slice(0, LINE_LENGTH_MAX)}\n`)
  }
  const nothing = (): void => {}
  return { debug: nothing, trace: nothing, info: nothing, warn: say, error: say }
}
