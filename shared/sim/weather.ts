import { drawHashed } from './draws.ts'
import type { Seed } from './draws.ts'
import type { Burst } from './fault.ts'
import type { SimMs } from './types.ts'

/**
 * What changes on a link from second to second: the state of a Gilbert-Elliott channel, and latency that is like that of the second
 * before. Neither is stored. Each second has a draw of its own, and the state at any second is found by looking back to the last
 * draw that decided it; so a message more or less moves no other's fate, and a fork draws the same weather.
 */

/** A second of a link's weather, in ms. */
export const WEATHER_MS = 1_000
const MILLION = 1_000_000

/** Whether an unsigned 32-bit draw falls within a share in millionths. */
export const below = (bits: number, ppm: number): boolean => bits < Math.floor((ppm * 4_294_967_296) / MILLION)

/** Where the weather comes from: the round's seed, a purpose that names the fault, the link, and since when the fault acts. */
export interface Weather { seed: Seed; purpose: number; link: number; sinceMs: SimMs }

const secondOf = (weather: Weather, atMs: SimMs): number => Math.floor((atMs - weather.sinceMs) / WEATHER_MS)
const drawOf = (weather: Weather, second: number): number => drawHashed(weather.seed, weather.purpose, weather.link, second)

/**
 * Whether the channel is in its bad state at `atMs`; it begins good. One draw a second does for both states: with p + r at most 1, a
 * draw below p leads to the bad state from either, one at or above 1 - r to the good one, and one between leaves things as they are.
 * With p + r above 1 a draw in the overlap turns the state round. So the last draw outside the middle decides.
 */
export function isBad(weather: Weather, burst: Burst, atMs: SimMs): boolean {
  const stays = MILLION - burst.rPpm
  let turned = false
  // The state during second n follows from the draws of the seconds 1 to n.
  for (let second = secondOf(weather, atMs); second > 0; second--) {
    const bits = drawOf(weather, second)
    const [toBad, fromBad] = [below(bits, burst.pPpm), !below(bits, stays)]
    if (toBad && fromBad) turned = !turned
    else if (toBad || fromBad) return toBad !== turned
  }
  return turned
}

/**
 * The second whose draw holds at `atMs`: each second is like the one before it with the given chance, in millionths, else it draws
 * afresh (a discrete autoregressive process: Jacobs and Lewis, 1978). Draws k seconds apart then correlate by chance^k, and each has exactly the shape's distribution.
 */
export function freshSecond(weather: Weather, correlationPpm: number, atMs: SimMs): number {
  let second = secondOf(weather, atMs)
  while (second > 0 && below(drawOf(weather, second), correlationPpm)) second--
  return second
}
