import { hashText } from './hash.ts'

/**
 * Chance, by counter: a draw is a function of (seed, purpose, key, n) and of nothing else, so that removing one cause
 * leaves every other draw as it was. Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", 2011): additions, rotations and exclusive ors of 32-bit words, exact in every engine.
 */

/** A seed is a whole number from 0 to 2^53 - 1. */
export type Seed = number

const PARITY = 0x1bd11bda

/** First word of Threefry-2x32-20 under the key (k0, k1) at the counter (c0, c1), unsigned. `second` gives the other word. */
export function threefry(k0: number, k1: number, c0: number, c1: number, second = false): number {
  const k2 = PARITY ^ k0 ^ k1
  let x = (c0 + k0) | 0
  let y = (c1 + k1) | 0
  for (let block = 1; block <= 5; block++) {
    if ((block & 1) === 1) {
      x = (x + y) | 0; y = ((y << 13) | (y >>> 19)) ^ x
      x = (x + y) | 0; y = ((y << 15) | (y >>> 17)) ^ x
      x = (x + y) | 0; y = ((y << 26) | (y >>> 6)) ^ x
      x = (x + y) | 0; y = ((y << 6) | (y >>> 26)) ^ x
    } else {
      x = (x + y) | 0; y = ((y << 17) | (y >>> 15)) ^ x
      x = (x + y) | 0; y = ((y << 29) | (y >>> 3)) ^ x
      x = (x + y) | 0; y = ((y << 16) | (y >>> 16)) ^ x
      x = (x + y) | 0; y = ((y << 24) | (y >>> 8)) ^ x
    }
    const first = block % 3 === 0 ? k0 : block % 3 === 1 ? k1 : k2
    const next = block % 3 === 0 ? k1 : block % 3 === 1 ? k2 : k0
    x = (x + first) | 0
    y = (y + next + block) | 0
  }
  return (second ? y : x) >>> 0
}

/** An unsigned 32-bit draw for (seed, purpose, key, n). `key` is a hash (`hashText`) or any 32-bit integer. */
export function draw(seed: Seed, purpose: string, key: number, n: number): number {
  return drawHashed(seed, hashText(purpose), key, n)
}

/** `draw` for a purpose that was hashed before. */
export function drawHashed(seed: Seed, purposeHash: number, key: number, n: number): number {
  return threefry(seed | 0, (Math.floor(seed / 4_294_967_296) ^ purposeHash) | 0, key | 0, n | 0)
}

/** The 32-bit draw `bits` mapped onto the whole numbers from `least` to `most`, both included; `most - least` below 2^21. */
export function spread(bits: number, least: number, most: number): number {
  return least + Math.floor((bits * (most - least + 1)) / 4_294_967_296)
}

/** A whole number from `least` to `most`, both included, for (seed, purpose, key, n). */
export function drawBetween(seed: Seed, purpose: string, key: number, n: number, least: number, most: number): number {
  return spread(draw(seed, purpose, key, n), least, most)
}
