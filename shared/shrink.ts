import { ddmin } from './ddmin.ts'
import { cutAt, shownIn } from './failure.ts'
import type { Failure, Round } from './failure.ts'
import { withoutSeats } from './fewer-nodes.ts'
import { recordInputs } from './headless.ts'
import { encodeRecording } from './recording.ts'
import { readRecording, replay } from './replay.ts'
import { assert } from './sim/assert.ts'
import { nodeIds } from './sim/create.ts'
import type { Input } from './sim/inputs.ts'
import { DURATION_MS_MIN } from './sim/limits.ts'
import type { Scenario } from './sim/scenario.ts'
import { shorter, simpler, simplicityOf } from './simpler-faults.ts'

/** How large a round is. `ms`: to its end. */
export interface Size { inputs: number; nodes: number; ms: number; facts: number }

export interface Shrunk {
  round: Round
  /** Its recording, as text; it was read back and played again, and the failure shows in it. */
  text: string
  before: Size
  after: Size
  /** Rounds played. */
  runs: number
  /** Nothing more can be taken away; false when the budget ran out first. */
  smallest: boolean
}

/** `runsMax`: rounds that may be played; the first look at the round is free. `enough`: asked before each; once it says so, what was reached is the result. */
export interface ShrinkOptions { runsMax: number; enough?: () => boolean }

/** Rounds that shrinking may play: one of a monkey's, of five minutes, takes 10 to 150. */
export const SHRINK_RUNS_MAX = 1_000

/**
 * Makes a round smaller while the same failure shows: cuts off what follows it, then leaves out inputs (delta debugging), nodes,
 * and time, nodes and chance of what faults are left, until nothing more can go. The result is at most as large as the round in every
 * respect. Null when the failure does not show in the round at all. Throws `AssertionFailed` when the result's recording does not show it.
 */
export function shrink(scenario: Scenario, round: Round, failure: Failure, options: ShrinkOptions): Shrunk | null {
  const before = sizeOf(recordInputs(scenario, round.seed, round.settings, round.inputs))
  const search = new Search(scenario, failure, before, options)
  if (!search.begin(round)) return null
  do search.changed = false
  while (pass(search) && search.changed)
  const recording = recordInputs(scenario, round.seed, search.round.settings, search.round.inputs)
  const text = encodeRecording(recording)
  const wrong = wrongWith(scenario, text, failure)
  assert(wrong === null, `a round shrunk for ${failure.id}, seed ${round.seed}, ${wrong ?? ''}`)
  return { round: search.round, text, before, after: sizeOf(recording), runs: search.runs, smallest: !search.spent }
}

function sizeOf({ header, entries }: ReturnType<typeof recordInputs>): Size {
  const closed = entries.find((entry) => entry.t === 'closed')
  assert(closed !== undefined, 'a recorded round has an end')
  return { inputs: entries.filter((entry) => entry.t === 'input').length, nodes: header.settings.nodes, ms: closed.atMs, facts: closed.facts }
}

/** What keeps a recording from showing a failure, when it is read and played again by itself; null when it does show it. */
export function wrongWith(scenario: Scenario, text: string, failure: Failure): string | null {
  const read = readRecording(text)
  if (!read.ok) return `cannot be read: ${read.error}`
  const { header, entries } = read.recording
  const again = replay(read.recording, read.damage)
  if (again.damage !== null) return `is damaged: ${again.damage}`
  if (!again.digestOk) return `replays to another digest from fact ${again.divergedAtFact} on`
  const inputs = entries.flatMap((entry) => (entry.t === 'input' ? [entry.input] : []))
  const shown = failure.kind === 'claim'
    ? again.breaches.some((one) => one.claim === failure.id)
    : shownIn(scenario, { seed: header.seed, settings: header.settings, inputs }, failure) !== null
  return shown ? null : `does not show it`
}

/** The round as small as it is now, and what was tried. */
class Search {
  readonly scenario: Scenario
  readonly #failure: Failure
  readonly #most: Size
  readonly #options: ShrinkOptions
  readonly #failed = new Set<string>()
  #round: Round | null = null
  runs = 0
  changed = false
  spent = false

  constructor(scenario: Scenario, failure: Failure, most: Size, options: ShrinkOptions) {
    this.scenario = scenario
    this.#failure = failure
    this.#most = most
    this.#options = options
  }

  get round(): Round {
    assert(this.#round !== null, 'a search begins with a round that fails')
    return this.#round
  }

  /** Takes the round, cut off after its failure; false when there is none. */
  begin(round: Round): boolean {
    this.#round = this.#played(round)
    return this.#round !== null
  }

  /** Whether this one is smaller and fails all the same; then it is the round from now on. */
  attempt(candidate: Round): boolean {
    const key = JSON.stringify([candidate.settings, candidate.inputs])
    if (this.#failed.has(key)) return false
    if (this.spent || this.runs + this.#runsOfOne > this.#options.runsMax || this.#options.enough?.() === true) {
      this.spent = true
      return false
    }
    const cut = this.#played(candidate)
    if (cut === null || !isLess(weightOf(cut), weightOf(this.round))) {
      this.#failed.add(key)
      return false
    }
    this.#round = cut
    this.changed = true
    return true
  }

  /** A figure is compared with the same round without misconceptions. */
  get #runsOfOne(): number {
    return this.#failure.kind === 'claim' ? 1 : 2
  }

  #played(candidate: Round): Round | null {
    this.runs += this.#runsOfOne
    const shown = shownIn(this.scenario, candidate, this.#failure)
    // Without a fault it may take longer to fail: never longer than it took at first, nor with more facts. One more is the end itself.
    if (shown === null || shown.atMs > this.#most.ms || shown.facts + 1 > this.#most.facts) return null
    return cutAt(candidate, shown, DURATION_MS_MIN)
  }
}

/** What counts, the first before the second: a round must lose something, or the search might go in circles. */
function weightOf({ settings, inputs }: Round): number[] {
  const simplicities = inputs.flatMap((input) => (input.kind === 'fault' ? [simplicityOf(input)] : []))
  const sum = (of: (one: (typeof simplicities)[number]) => number): number => simplicities.reduce((total, one) => total + of(one), 0)
  return [inputs.length, settings.nodes, sum((one) => one.durationMs), sum((one) => one.named), sum((one) => one.byChance), inputs.at(-1)?.atMs ?? 0]
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, place) => value !== other[place])
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0)
}

/** Tries once to leave out each sort of thing. */
function pass(search: Search): boolean {
  fewerInputs(search)
  fewerNodes(search)
  simplerFaults(search)
  return !search.spent
}

const endless = (inputs: readonly Input[]): Input[] => inputs.filter((input) => input.kind !== 'end')

function fewerInputs(search: Search): void {
  const { round } = search
  const ends = round.inputs.filter((input) => input.kind === 'end')
  ddmin(endless(round.inputs), (some) => search.attempt({ ...round, inputs: [...some, ...ends] }))
}

/** A cluster of one less may be no smaller a majority, so two at a time are tried as well. */
function fewerNodes(search: Search): void {
  const { scenario } = search
  for (const count of [1, 2]) {
    while (search.round.settings.nodes - count >= scenario.nodes.min) {
      const seats = Array.from({ length: search.round.settings.nodes }, (_, seat) => seat).toReversed()
      const sets = count === 1 ? seats.map((seat) => [seat]) : seats.flatMap((one) => seats.filter((other) => other < one).map((other) => [one, other]))
      if (!sets.some((dropped) => search.attempt(withoutSeats(scenario, search.round, dropped)))) break
    }
  }
}

/** Takes from each fault what it can do without, one thing after the other. */
function simplerFaults(search: Search): void {
  for (let at = 0; at < search.round.inputs.length; at++) {
    for (let again = true; again;) {
      const { round } = search
      const input = round.inputs[at]
      if (input?.kind !== 'fault') break
      const choices = [...shorter(input, round.inputs.at(-1)?.atMs ?? 0), ...simpler(input, nodeIds(round.settings.nodes))]
      again = choices.some((choice) => search.attempt({ ...round, inputs: round.inputs.with(at, choice) }))
    }
  }
}
