/** Our own mistake: the simulation cannot go on. A player's mistake is a value, never this. */
export class AssertionFailed extends Error {
  override name = 'AssertionFailed'
}

/** Throws `AssertionFailed` with `what` unless `condition` holds. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new AssertionFailed(what)
}

/** Throws `AssertionFailed`: for a check in a hot place, `if (...) fail(...)`, where `assert` would make its text each time. */
export function fail(what: string): never {
  throw new AssertionFailed(what)
}

/** For the `default` of a switch over a closed union: the compiler proves that it is never reached. */
export function unreachable(value: never): never {
  throw new AssertionFailed(`unreachable: ${JSON.stringify(value)}`)
}
