import { texts } from '../texts/cockpit.ts'
import type { ClusterSeen, FigureSeen } from './cockpit.ts'

/** Clusters named under one question, the most telling first. */
export const NAMED_MOST = 3

type Told = (figure: FigureSeen) => string

/**
 * What the round itself says on a question of the debrief, which is bound to a figure or to a claim by its id: the figure's
 * value in each cluster, or where the claim broke. Null when the round has nothing to say. `told`: a figure's value in words.
 */
export function evidence(facts: string, clusters: readonly ClusterSeen[], nowMs: (cluster: ClusterSeen) => number, told: Told): string | null {
  const figures = clusters.flatMap((one) => one.figures(nowMs(one)).filter(({ id, value }) => id === facts && value !== null).map((figure) => ({ name: one.name, figure })))
  const first = figures[0]
  if (first !== undefined) {
    const ranked = figures.toSorted((a, b) => (b.figure.value ?? 0) - (a.figure.value ?? 0))
    return `${first.figure.title}: ${listed(ranked.map(({ name, figure }) => texts.evidence.value(told(figure), name)))}.`
  }
  const lamps = clusters.flatMap((one) => one.lamps().filter(({ claim }) => claim === facts).map(({ count }) => ({ name: one.name, count })))
  if (lamps.length === 0) return null
  const broken = lamps.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)
  return broken.length === 0 ? texts.evidence.held(facts) : texts.evidence.broke(facts, listed(broken.map(({ name, count }) => texts.evidence.brokeIn(count, name))))
}

function listed(parts: readonly string[]): string {
  const more = parts.length - NAMED_MOST
  return [...parts.slice(0, NAMED_MOST), ...(more > 0 ? [texts.evidence.more(more)] : [])].join(', ')
}
