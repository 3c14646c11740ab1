import type { FaultParams, FaultRegistry } from '../../shared/sim/fault.ts'
import { altered, fromTo, misled } from './definition.ts'
import type { Definition } from './definition.ts'
import { DRAWS, ensure, ensureMean, ensureShare } from './statistics.ts'
import { wireWith } from './wire.ts'

/** Even loss, and loss in spells, against their rates. */

const scaled = (factor: number, ...names: string[]) => misled((params) => ({ ...params, ...Object.fromEntries(names.map((name) => [name, Number(params[name]) * factor])) }))

const evenly = (share: number): FaultParams => ({ from: ['A'], to: ['B'], share })

function even(registry: FaultRegistry): void {
  for (const share of [1, 20, 50, 97]) {
    const wire = wireWith(registry, [{ type: 'loss', params: evenly(share) }])
    const lost = Array.from({ length: DRAWS }, (_, n) => 'lost' in wire.fate(`A>B note x #${n}`, n * 10))
    ensureShare(lost.filter(Boolean).length, DRAWS, share / 100, `${share}% are lost`)
    if (share === 1) continue
    // Of pairs that have no message in common, both are lost as often as if neither knew of the other. At 1% they are too few to tell.
    const both = lost.filter((one, n) => n % 2 === 0 && one && lost[n + 1] === true).length
    ensureShare(both, DRAWS / 2, (share / 100) ** 2, `of ${share}%, two in a row`)
  }
}

function whole(registry: FaultRegistry): void {
  const wire = wireWith(registry, [{ type: 'loss', params: evenly(100) }])
  for (let n = 0; n < DRAWS; n++) ensure('lost' in wire.fate(`A>B note x #${n}`, n), 'of 100% nothing is left')
}

export const loss: Definition = {
  sample: { from: ['A', 'C'], to: ['B', 'C', 'D'], share: 60 },
  touches: fromTo,
  checks: {
    'its share': { holds: even, planted: {
      'is 3% too small': scaled(0.97, 'share'),
      'is what arrives': misled((params) => ({ ...params, share: 100 - Number(params['share']) })),
      'comes in spells': altered((effect) => ({ burst: { pPpm: (effect.lossPpm ?? 0) / 10, rPpm: (1_000_000 - (effect.lossPpm ?? 0)) / 10, lossBadPpm: 1_000_000, lossGoodPpm: 0 } })),
    } },
    'a share of 100%': { holds: whole, planted: { 'is a little less': scaled(0.9999, 'share') } },
  },
}

/** Seconds that pass before anything is counted: a channel begins in its good state. */
const BEFORE = 1_000
const bursts = (p: number, r: number, lossBad: number, lossGood: number): FaultParams => ({ from: ['A'], to: ['B'], p, r, lossBad, lossGood })

function lostEachSecond(registry: FaultRegistry, params: FaultParams): boolean[] {
  const wire = wireWith(registry, [{ type: 'burst-loss', params }])
  return Array.from({ length: DRAWS }, (_, n) => 'lost' in wire.fate(`A>B note x #${n}`, (BEFORE + n) * 1_000))
}

/** The share lost in the long run. What the seconds have in common fades by 1 - p - r a second, which the standard error has to reckon with. */
function stationary(registry: FaultRegistry, p: number, r: number, lossBad: number, lossGood: number): void {
  const bad = p / (p + r)
  const wanted = (bad * lossBad + (1 - bad) * lossGood) / 100
  const memory = (100 - p - r) / 100
  const shared = (bad * (1 - bad) * ((lossBad - lossGood) / 100) ** 2 * 2 * memory) / (1 - memory)
  const lost = lostEachSecond(registry, bursts(p, r, lossBad, lossGood)).filter(Boolean).length
  ensureMean(lost / DRAWS, wanted, Math.sqrt((wanted * (1 - wanted) + shared) / DRAWS), `the share lost with p ${p}, r ${r}, 1-h ${lossBad}, 1-k ${lossGood}`)
}

/** With everything lost in a spell and nothing between, the runs of losses are the spells: geometric, 1/r seconds long, 1/p seconds apart. */
function spells(registry: FaultRegistry, p: number, r: number): void {
  const lengths: { bad: number[]; good: number[] } = { bad: [], good: [] }
  let run = 0
  let last: boolean | null = null
  for (const lost of lostEachSecond(registry, bursts(p, r, 100, 0))) {
    if (last !== null && lost !== last) {
      lengths[last ? 'bad' : 'good'].push(run)
      run = 0
    }
    run++
    last = lost
  }
  for (const [state, leaves] of [['bad', r / 100], ['good', p / 100]] as const) {
    // The first run began before the count did.
    const found = lengths[state].slice(1)
    const mean = found.reduce((sum, one) => sum + one, 0) / found.length
    ensureMean(mean, 1 / leaves, Math.sqrt(1 - leaves) / leaves / Math.sqrt(found.length), `the mean length in s of ${state} times with p ${p}, r ${r}`)
    ensureShare(found.filter((one) => one === 1).length, found.length, leaves, `${state} times of one second with p ${p}, r ${r}`)
  }
}

/** Two hundred messages a second tell a spell, in which 70% are lost, from the time between, in which 2% are. */
function inAndOut(registry: FaultRegistry): void {
  const wire = wireWith(registry, [{ type: 'burst-loss', params: bursts(20, 20, 70, 2) }])
  const each = 200
  const seconds = Array.from({ length: DRAWS / each }, (_, second) =>
    Array.from({ length: each }, (_one, n) => 'lost' in wire.fate(`A>B note x #${second}.${n}`, (BEFORE + second) * 1_000 + n * 5)).filter(Boolean).length)
  for (const [what, inSpell, wanted] of [['in spells', true, 0.7], ['between spells', false, 0.02]] as const) {
    const counts = seconds.filter((lost) => lost > each * 0.36 === inSpell)
    ensureShare(counts.reduce((sum, one) => sum + one, 0), counts.length * each, wanted, `the share lost ${what}`)
  }
}

const swapped = (a: string, b: string) => misled((params) => ({ ...params, [a]: params[b] ?? 0, [b]: params[a] ?? 0 }))

export const burstLoss: Definition = {
  sample: { from: ['A'], to: ['D', 'E'], p: 90, r: 10, lossBad: 100, lossGood: 40 },
  touches: fromTo,
  checks: {
    'the share lost in the long run': {
      holds(registry) {
        stationary(registry, 5, 20, 100, 0)
        stationary(registry, 3, 6, 70, 2)
        stationary(registry, 90, 60, 80, 10)
      },
      planted: { 'with r and p swapped': swapped('r', 'p'), 'with r 10% too small': scaled(0.9, 'r'), 'with half the loss in spells': scaled(0.5, 'lossBad'), 'with the good and the bad swapped': swapped('lossBad', 'lossGood') },
    },
    'how long spells are, and how far apart': {
      holds(registry) {
        spells(registry, 5, 20)
        spells(registry, 70, 80)
      },
      planted: {
        'with r and p both 10% too large': scaled(1.1, 'r', 'p'),
        'when all is even': altered(({ burst }) => (burst === undefined ? null : { lossPpm: (burst.pPpm * burst.lossBadPpm + burst.rPpm * burst.lossGoodPpm) / (burst.pPpm + burst.rPpm) })),
      },
    },
    'the shares lost in spells and between them': { holds: inAndOut, planted: { 'doubled between them': scaled(2, 'lossGood'), 'lowered by 3% in them': scaled(0.97, 'lossBad') } },
  },
}
