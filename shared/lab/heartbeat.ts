import { hashText } from '../sim/hash.ts'
import { drawHashed } from '../sim/draws.ts'
import type { Seed } from '../sim/draws.ts'

/**
 * The heartbeat experiment: how often does a failure detector suspect a node that lives, and how soon does it notice one that died? Nodes beat every `interval`; now and then
 * a beat is late by some extra time, which lengthens the gap, and an observer over an instant network asks at every poll how long ago the last beat was. All times in s.
 */
export interface LabSettings {
  intervalS: number
  /** How often a beat is late, 0 to 1, and by how much, evenly spread. */
  slowShare: number
  extraS: readonly [least: number, most: number]
  /** A node is suspected while its last beat is longer ago than this. */
  timeoutS: number
  pollS: number
  nodes: number
}

/** The lesson's own numbers. */
export const LESSON: LabSettings = { intervalS: 0.2, slowShare: 0.2, extraS: [0.2, 0.8], timeoutS: 0.8, pollS: 0.2, nodes: 3 }

/** What may be set, least and most. */
export const LAB_LIMITS = { intervalS: [0.01, 10], slowShare: [0, 1], extraS: [0, 60], timeoutS: [0.01, 120], pollS: [0.01, 10], nodes: [1, 9] } as const

/** What is wrong with settings, in a sentence; null when nothing is. */
export function wrongLab(settings: LabSettings): string | null {
  for (const name of ['intervalS', 'slowShare', 'timeoutS', 'pollS', 'nodes'] as const) {
    const value = settings[name], [least, most] = LAB_LIMITS[name]
    if (!(value >= least && value <= most)) return `${name} must be from ${least} to ${most}, not ${value}.`
  }
  const [least, most] = settings.extraS, [from, to] = LAB_LIMITS.extraS
  if (!(least >= from && most <= to && least <= most)) return `extraS must be two times from ${from} to ${to}, the lesser first, not ${least} and ${most}.`
  return Number.isInteger(settings.nodes) ? null : `nodes must be a whole number, not ${settings.nodes}.`
}

/** One point of the charts. `detectionS`: from a crash at any time to the first poll that says so, on average; 0 for one that was suspected already. */
export interface LabPoint { timeoutS: number; polls: number; suspectedPolls: number; suspectedShare: number; detectionS: number }

const MICRO = 1_000_000
const micros = (seconds: number): number => Math.round(seconds * MICRO)
const LATE = hashText('lab late'), EXTRA = hashText('lab extra'), PHASE = hashText('lab phase')

/** The gaps between one node's beats in a run, one after the other, in whole microseconds. */
export function gapsOf(settings: LabSettings, seed: Seed, node: number): () => number {
  const interval = micros(settings.intervalS), least = micros(settings.extraS[0]), width = micros(settings.extraS[1]) - least
  const late = Math.round(settings.slowShare * 4_294_967_296)
  let n = 0
  return () => {
    n++
    return drawHashed(seed, LATE, node, n) < late ? interval + least + Math.floor((drawHashed(seed, EXTRA, node, n) / 4_294_967_296) * width) : interval
  }
}

/** When a run's first poll falls, in microseconds: at any time within the first poll's interval. */
const phaseOf = (settings: LabSettings, seed: Seed): number => Math.floor((drawHashed(seed, PHASE, 0, 0) / 4_294_967_296) * micros(settings.pollS))

/**
 * Plays `seeds` runs of so many seconds each, and says for each timeout how it would have done. All timeouts judge the same beats, so the share of polls that suspect never
 * rises with the timeout. One pass, one step a gap and timeout; what a crash costs is averaged exactly over all times at which it could come.
 */
export function labCurve(settings: LabSettings, timeoutsS: readonly number[], seeds: number, seconds: number, firstSeed: Seed = 1): LabPoint[] {
  const poll = micros(settings.pollS), lasts = micros(seconds), timeouts = timeoutsS.map(micros)
  const suspected = timeouts.map(() => 0), waits = timeouts.map(() => 0)
  let polls = 0, whole = 0
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const phase = phaseOf(settings, seed)
    const pollsTo = (at: number): number => Math.floor((at - phase) / poll)
    for (let node = 0; node < settings.nodes; node++) {
      const next = gapsOf(settings, seed, node)
      for (let at = 0; at < lasts;) {
        const gap = next(), until = at + gap, seen = pollsTo(until)
        whole += gap
        polls += seen - pollsTo(at)
        for (let one = 0; one < timeouts.length; one++) {
          const timeout = timeouts[one] ?? 0, before = pollsTo(at + timeout)
          if (gap > timeout) suspected[one] = (suspected[one] ?? 0) + seen - before
          // Crashed at age a of the gap, it is noticed at the first poll after the timeout: the integral of what is left over a.
          const noticed = phase + (before + 1) * poll - at, open = Math.min(gap, noticed)
          waits[one] = (waits[one] ?? 0) + (noticed * open - (open * open) / 2) / MICRO
        }
        at = until
      }
    }
  }
  return timeoutsS.map((timeoutS, one) => ({
    timeoutS, polls, suspectedPolls: suspected[one] ?? 0, suspectedShare: polls === 0 ? 0 : (suspected[one] ?? 0) / polls, detectionS: (waits[one] ?? 0) / whole,
  }))
}

/**
 * The same share by calculus: a node is suspected for what of each gap is beyond the timeout, so in the long run for the mean of that over the mean gap
 * (the renewal-reward theorem). With the lesson's numbers 1/45.
 */
export function expectedShare({ intervalS, slowShare, extraS: [least, most], timeoutS }: LabSettings): number {
  const beyond = (gapS: number): number => Math.max(0, gapS - timeoutS), rest = timeoutS - intervalS
  // Of an extra time, evenly spread, the part above what the timeout leaves.
  const from = Math.min(most, Math.max(least, rest))
  const late = most === least ? beyond(intervalS + least) : ((most - rest) ** 2 - (from - rest) ** 2) / (2 * (most - least))
  const mean = intervalS + (slowShare * (least + most)) / 2
  return ((1 - slowShare) * beyond(intervalS) + slowShare * Math.max(0, late)) / mean
}

/** One node in one run: its beats, and from when to when it would be suspected. */
export interface LabStrip { beatsS: number[]; suspectedS: { fromS: number; toS: number }[] }

/** What a strip chart draws: the first so many seconds of a run. */
export function labStrips(settings: LabSettings, seed: Seed, seconds: number): LabStrip[] {
  return Array.from({ length: settings.nodes }, (_, node) => {
    const next = gapsOf(settings, seed, node), strip: LabStrip = { beatsS: [0], suspectedS: [] }
    for (let at = 0; at < seconds;) {
      const until = at + next() / MICRO
      if (until - at > settings.timeoutS && at + settings.timeoutS < seconds) strip.suspectedS.push({ fromS: at + settings.timeoutS, toS: Math.min(seconds, until) })
      if (until <= seconds) strip.beatsS.push(until)
      at = until
    }
    return strip
  })
}
