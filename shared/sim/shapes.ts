import { spread } from './draws.ts'
import { unreachable } from './assert.ts'
import { TRAVEL_MS_MAX } from './limits.ts'
import { halvingsOf, log2Of, normalOf, ONE, timesExp2 } from './tails.ts'
import type { LatencyShape, TailShape } from './types.ts'

/**
 * Latency shapes without transcendental functions, whose last bit differs between engines: inverse distribution functions
 * as integer tables with integer interpolation, as Linux's `tc netem` keeps them (Hemminger, "Network emulation with NetEm", 2005).
 */

/** Quantiles of a log-normal distribution with median 1 and sigma 0.4, in 1/4096, at the shares 0, 1/256, ... 1 (ends: 1/4096 and 4095/4096). */
export const LOG_NORMAL_QUANTILES: readonly number[] = [
  1015, 1413, 1557, 1655, 1731, 1794, 1850, 1899, 1944, 1986, 2025, 2061, 2095, 2128, 2159, 2189,
  2217, 2245, 2272, 2298, 2323, 2348, 2372, 2395, 2418, 2440, 2462, 2483, 2504, 2525, 2546, 2566,
  2585, 2605, 2624, 2643, 2662, 2680, 2699, 2717, 2735, 2752, 2770, 2787, 2805, 2822, 2839, 2856,
  2872, 2889, 2906, 2922, 2938, 2954, 2971, 2987, 3002, 3018, 3034, 3050, 3065, 3081, 3097, 3112,
  3127, 3143, 3158, 3173, 3189, 3204, 3219, 3234, 3249, 3264, 3279, 3294, 3309, 3324, 3339, 3354,
  3369, 3383, 3398, 3413, 3428, 3443, 3458, 3472, 3487, 3502, 3517, 3532, 3546, 3561, 3576, 3591,
  3606, 3621, 3636, 3650, 3665, 3680, 3695, 3710, 3725, 3740, 3755, 3770, 3785, 3801, 3816, 3831,
  3846, 3861, 3877, 3892, 3908, 3923, 3938, 3954, 3970, 3985, 4001, 4017, 4032, 4048, 4064, 4080,
  4096, 4112, 4128, 4144, 4161, 4177, 4193, 4210, 4227, 4243, 4260, 4277, 4294, 4311, 4328, 4345,
  4362, 4379, 4397, 4414, 4432, 4450, 4468, 4486, 4504, 4522, 4540, 4559, 4577, 4596, 4615, 4634,
  4653, 4672, 4691, 4711, 4731, 4750, 4771, 4791, 4811, 4832, 4852, 4873, 4894, 4915, 4937, 4959,
  4980, 5003, 5025, 5047, 5070, 5093, 5116, 5140, 5164, 5188, 5212, 5237, 5262, 5287, 5312, 5338,
  5365, 5391, 5418, 5445, 5473, 5501, 5529, 5558, 5588, 5618, 5648, 5679, 5710, 5742, 5774, 5807,
  5841, 5875, 5910, 5946, 5982, 6019, 6057, 6095, 6135, 6175, 6217, 6259, 6303, 6348, 6394, 6441,
  6489, 6539, 6591, 6644, 6699, 6756, 6815, 6876, 6939, 7006, 7074, 7147, 7222, 7301, 7385, 7473,
  7566, 7665, 7771, 7885, 8008, 8141, 8287, 8448, 8629, 8833, 9070, 9350, 9695, 10140, 10773, 11870,
  16525,
]

/** The value of `table` at the share `bits` / 2^32, interpolated, times `scale` and divided by 4096; whole numbers only. */
function quantile(table: readonly number[], bits: number, scale: number): number {
  const cell = bits >>> 24
  const within = (bits >>> 8) & 0xffff
  const low = table[cell] as number
  const high = table[cell + 1] as number
  const times65536 = low * 65_536 + (high - low) * within
  return Math.floor((times65536 * scale) / 268_435_456)
}

/** A travel time in whole ms, one way, for an unsigned 32-bit draw. */
export function latencyMs(shape: LatencyShape, bits: number): number {
  switch (shape.shape) {
    case 'constant': return shape.ms
    case 'uniform': return spread(bits, shape.leastMs, shape.mostMs)
    case 'log-normal': {
      const ms = quantile(LOG_NORMAL_QUANTILES, bits, shape.medianMs)
      return ms < shape.leastMs ? shape.leastMs : ms > shape.mostMs ? shape.mostMs : ms
    }
    case 'tail': {
      const ms = tailMs(shape.of, shape.medianMs, shape.spreadMs, bits)
      return ms < 0 ? 0 : ms > TRAVEL_MS_MAX ? TRAVEL_MS_MAX : ms
    }
    default: return unreachable(shape)
  }
}

/** Halvings of chance between the median and the 84th percentile (one standard deviation of a normal), in `ONE`s: log2(0.5 / 0.158655). */
const SPREAD_HALVINGS = 1_736_476

/**
 * With e halvings above the median (counted in those of the spread) and z standard deviations: normal m + s z, exponential m + s e;
 * log-normal m (1 + s/m)^z, Pareto m (1 + s/m)^e. So median and spread mean the same for all four.
 */
function tailMs(of: TailShape, medianMs: number, spreadMs: number, bits: number): number {
  switch (of) {
    case 'normal': return medianMs + Math.floor((spreadMs * normalOf(bits)) / 65_536)
    case 'exponential': return medianMs + Math.floor((spreadMs * (halvingsOf(bits) - ONE)) / SPREAD_HALVINGS)
    case 'log-normal': return timesExp2(medianMs, Math.floor((growth(medianMs, spreadMs) * normalOf(bits)) / 65_536))
    case 'pareto': return timesExp2(medianMs, Math.floor((growth(medianMs, spreadMs) * (halvingsOf(bits) - ONE)) / SPREAD_HALVINGS))
    default: return unreachable(of)
  }
}

/** log2(1 + spread/median) in `ONE`s. */
function growth(medianMs: number, spreadMs: number): number {
  return medianMs === 0 ? 0 : log2Of(medianMs + spreadMs) - log2Of(medianMs)
}
