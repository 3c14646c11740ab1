import { drawHashed, spread } from './draws.ts'
import type { Seed } from './draws.ts'
import { hashOnce, hashText } from './hash.ts'
import type { Dice } from './scenario.ts'

/** The dice of a node or a customer: its draws are keyed by its name, so that no two share one. Make it once: purposes are hashed when they first come. */
export function diceOf(seed: Seed, name: string): Dice {
  const purposes = new Map<string, number>()
  const hashOf = (purpose: string): number => {
    const hash = hashText(`${name} ${purpose}`)
    purposes.set(purpose, hash)
    return hash
  }
  return {
    between: (purpose, key, least, most) => spread(drawHashed(seed, purposes.get(purpose) ?? hashOf(purpose), hashOnce(key), 0), least, most),
  }
}
