import type { Shape } from '../../../shared/sim/types.ts'
import type { Seen } from '../../../shared/visibility.ts'
import type { Heard } from './bare-page.ts'

/** How long a student looks before they click, in ms. */
const LOOKS_MS_LEAST = 400, LOOKS_MS_MOST = 2_500

/** What a student does, and after how long. */
export interface Click { afterMs: number; action: { kind: string } & { [field: string]: string | number | boolean } }

/**
 * A student at level L2 as a page would have them: stands when the node's patience ends, votes for whoever asks first in a term,
 * leads with a majority, and answers customers while leading. Quick rather than careful: the load is what counts.
 */
export class Player {
  readonly #chance: () => number
  #nodes = 0
  #votes = 0
  #term = 0
  #leads = false

  constructor(chance: () => number) {
    this.#chance = chance
  }

  /** What to do about what came in. */
  hear(heard: Heard): Click[] {
    if (heard.type === 'self') {
      const { self } = heard.body
      const isFirst = this.#nodes === 0
      this.#nodes = self.peers.length + 1
      // The first of each cluster does not wait for its node's patience to end: else nothing travels for half a minute.
      return isFirst && self.id === 'A' ? [this.#click({ kind: 'stand', durable: true })] : []
    }
    return heard.type === 'step' ? heard.body.seen.flatMap((seen) => this.#see(seen)) : []
  }

  #see(seen: Seen): Click[] {
    switch (seen.kind) {
      case 'timer': return seen.name === 'stand' ? [this.#click({ kind: 'stand', durable: true })] : []
      case 'requested': return this.#leads ? [this.#click({ kind: 'serve', request: seen.request })] : []
      case 'delivered': return this.#read(seen.letter, seen.body)
      case 'acted': this.#note(seen.action); return this.#leads || this.#votes * 2 <= this.#nodes ? [] : [this.#click({ kind: 'lead' })]
      case 'restarted': this.#leads = false; this.#votes = 0; return []
      default: return []
    }
  }

  #read(letter: number, body: Shape['message']): Click[] {
    const term = 'term' in body && typeof body.term === 'number' ? body.term : 0
    if (term > this.#term) { this.#leads = false; this.#votes = 0 }
    if (body.kind !== 'ask-vote' || term <= this.#term) { this.#term = Math.max(this.#term, term); return [] }
    this.#term = term
    return [this.#click({ kind: 'grant', letter, durable: true })]
  }

  #note(action: Shape['action']): void {
    if (action.kind === 'stand') { this.#term++; this.#votes = 1; this.#leads = false }
    if (action.kind === 'count-vote') this.#votes++
    if (action.kind === 'lead') this.#leads = true
    if (action.kind === 'step-down') { this.#leads = false; this.#votes = 0 }
  }

  #click(action: Click['action']): Click {
    return { afterMs: LOOKS_MS_LEAST + this.#chance() * (LOOKS_MS_MOST - LOOKS_MS_LEAST), action }
  }
}
