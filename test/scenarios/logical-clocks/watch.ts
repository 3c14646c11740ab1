import type { Fact, FactOf } from '../../../shared/sim/facts.ts'
import type { FactNo, NodeId } from '../../../shared/sim/types.ts'
import { CLAIMS, History } from './oracle.ts'
import type { Judged } from './oracle.ts'

/** How a claim broke first. `place`: with the wrong stamp itself, or with an event that came later. `shown`: the witness has the wrong stamp itself, not only what built on it. */
interface First { place: 'own' | 'later'; shown: boolean }
export interface Watched { events: number; complaints: string[]; first: { [C in Judged]?: First } }
export interface Watcher {
  history: History
  take(fact: Fact): void
  /** The next event of this node has a wrong stamp; null: after all none has. */
  wrongNext(node: NodeId | null): void
  finish(): Watched
}

/**
 * Compares what the judge says of stamps with the oracle, event by event. While all stamps are right they are the true ones, and nothing is breached. A pair of events that breaks a claim
 * is named as soon as it is there: before any other fact, and by its own two events. Nothing else is named, and of what is at least one event is wrong, or builds on one that is.
 */
export function watch(nodes: readonly NodeId[]): Watcher {
  const history = new History(nodes), complaints: string[] = [], first: Watched['first'] = {}
  const tainted = new Set<number>(), depths = new Map<number, number>()
  let wrongAt: NodeId | null = null, wrong = -1
  /** The newest event, until another fact than a breach follows. */
  let newest: { place: number; named: { [C in Judged]: number[] } } | null = null

  const breached = (fact: FactOf<'breached'>, claim: Judged): void => {
    const { because } = fact, places = because.map((n: FactNo) => history.all.findIndex((one) => one.fact === n)), [early, late] = places
    const says = `${claim} named ${because.join(' and ')}`
    if (newest === null || places.length !== 2 || early === undefined || late !== newest.place) { complaints.push(`${says}, which is not what just happened and one before it.`); return }
    newest.named[claim].push(early, late)
    if (!history.broken(claim, late).includes(early)) complaints.push(`${says}, which do not break it.`)
    if (!tainted.has(early) && !tainted.has(late)) complaints.push(`${says}, which have right stamps and know of no wrong one.`)
    if (claim === 'clock-condition' && late !== wrong) complaints.push(`${says}, of which the wrong stamp is not the later one.`)
  }

  const settle = (): void => {
    if (newest === null) return
    const { place, named } = newest
    newest = null
    for (const claim of CLAIMS) {
      if (first[claim] !== undefined || history.broken(claim, place).length === 0) continue
      first[claim] = { place: place === wrong ? 'own' : 'later', shown: named[claim].includes(wrong) }
      if (named[claim].length === 0) complaints.push(`${claim} broke with fact ${history.all[place]?.fact}, and nobody said so.`)
    }
  }

  const happened = (place: number, node: NodeId): void => {
    newest = { place, named: { 'clock-condition': [], 'vector-exactness': [] } }
    const event = history.all[place]
    if (node === wrongAt) { wrongAt = null; wrong = place; tainted.add(place) }
    if (event?.edges.some((at) => tainted.has(at)) === true) tainted.add(place)
    if (wrong < 0 && String(history.truth(place, depths)) !== String(event?.stamp)) complaints.push(`The stamp ${String(event?.stamp)} of fact ${event?.fact} is right by the rules, and not the true one, ${String(history.truth(place, depths))}.`)
  }

  return {
    history,
    take(fact) {
      if (fact.kind === 'breached') { const claim = CLAIMS.find((one) => one === fact.claim); if (claim !== undefined) breached(fact, claim); return }
      settle()
      const place = history.take(fact)
      if (place !== null && fact.node !== null) happened(place, fact.node)
    },
    wrongNext(node) { wrongAt = node },
    finish() { settle(); return { events: history.all.length, complaints, first } },
  }
}
