/** What a measurement is held against. A check throws `Deviation`, and nothing else, when the world is not as its definition says. */
export class Deviation extends Error {
  override name = 'Deviation'
}

export function ensure(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Deviation(what)
}

/** Draws of a statistical test. */
export const DRAWS = 100_000

/** Both sides as JSON: the first place where they differ is in the message. */
export function ensureEqual(found: unknown, wanted: unknown, what: string): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
  if (a === b) return
  let at = 0
  while (a?.[at] === b?.[at]) at++
  const near = (text: string | undefined): string => String(text).slice(Math.max(0, at - 60), at + 60)
  throw new Deviation(`${what}: ...${near(a)}... is not ...${near(b)}...`)
}

/** That a mean of draws lies within three standard errors of what it should be. */
export function ensureMean(mean: number, wanted: number, standardError: number, what: string): void {
  ensure(Math.abs(mean - wanted) <= 3 * standardError, `${what}: ${mean} is ${((mean - wanted) / standardError).toFixed(1)} standard errors off ${wanted}`)
}

/** That `hits` of `draws` independent ones are a share of `wanted`, within three standard errors. */
export function ensureShare(hits: number, draws: number, wanted: number, what: string): void {
  ensureMean(hits / draws, wanted, Math.sqrt((wanted * (1 - wanted)) / draws), what)
}

/** Kolmogorov's critical value at 0.1%, times the root of the number of draws. For whole numbers, whose distribution has steps, it is stricter still. */
const KOLMOGOROV = 1.9495

/** Kolmogorov-Smirnov: that whole numbers are distributed as `atMost`, the chance of at most k, says. */
export function ensureDistribution(drawn: readonly number[], atMost: (k: number) => number, what: string): void {
  const sorted = Float64Array.from(drawn).sort()
  let worst = 0
  let worstAt = 0
  const look = (k: number, share: number): void => {
    const off = Math.abs(share - atMost(k))
    if (off > worst) { worst = off; worstAt = k }
  }
  for (let n = 0; n < sorted.length; n++) {
    const k = sorted[n] as number
    // Between two values drawn the sample's share stands still: it is farthest off just before the next one.
    if (n === 0 || sorted[n - 1] !== k) look(k - 1, n / sorted.length)
    if (sorted[n + 1] !== k) look(k, (n + 1) / sorted.length)
  }
  const critical = KOLMOGOROV / Math.sqrt(sorted.length)
  ensure(worst <= critical, `${what}: the distribution is ${worst.toFixed(5)} off at ${worstAt}, more than ${critical.toFixed(5)}`)
}

/** The chance that a standard normal draw is at most z: by its series near the middle, by the continued fraction of Mills' ratio in the tails. */
export function normalAtMost(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  if (Math.abs(z) < 3) {
    let term = z
    let sum = z
    for (let n = 3; Math.abs(term) > 1e-17; n += 2) { term *= (z * z) / n; sum += term }
    return 0.5 + density * sum
  }
  let fraction = 0
  for (let n = 60; n > 0; n--) fraction = n / (Math.abs(z) + fraction)
  const tail = density / (Math.abs(z) + fraction)
  return z > 0 ? 1 - tail : tail
}
