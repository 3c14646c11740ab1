import type { FaultParams, FaultRegistry } from '../../shared/sim/fault.ts'
import { bench } from '../sim/probe.ts'
import { altered, fromTo, misled } from './definition.ts'
import type { Definition } from './definition.ts'
import { DRAWS, ensure, ensureDistribution, ensureEqual, ensureMean, ensureShare } from './statistics.ts'
import { wireWith } from './wire.ts'

/** Messages that arrive twice, and messages that arrive damaged or not at all. */

const way = { from: ['A'], to: ['B'] }

/** Both copies of a message travel the link as if the other were not there. */
function eachByItself(registry: FaultRegistry): void {
  const wire = wireWith(registry, [{ type: 'duplicate', params: { ...way, share: 100 } }], { latency: { shape: 'uniform', leastMs: 100, mostMs: 899 } })
  const pairs = Array.from({ length: DRAWS }, (_, n) => wire.copies(`A>B note x #${n}`, 0).map((copy) => copy.ms))
  ensure(pairs.every((one) => one.length === 2), 'of 100% each message has one copy more')
  const uniform = (k: number): number => Math.min(1, Math.max(0, (k - 99) / 800))
  const [first, second] = [pairs.map((one) => one[0] ?? 0), pairs.map((one) => one[1] ?? 0)]
  ensureDistribution(first, uniform, 'the travel time of originals')
  ensureDistribution(second, uniform, 'the travel time of copies')
  const variance = (800 ** 2 - 1) / 12
  ensureMean(first.reduce((sum, ms, n) => sum + ((ms - 499.5) * ((second[n] ?? 0) - 499.5)) / variance, 0) / DRAWS, 0, 1 / Math.sqrt(DRAWS), 'the correlation of the two')
}

function doubled(registry: FaultRegistry): void {
  for (const share of [1, 33, 80]) {
    const wire = wireWith(registry, [{ type: 'duplicate', params: { ...way, share } }])
    const copies = Array.from({ length: DRAWS }, (_, n) => wire.copies(`A>B note x #${n}`, n).length)
    ensure(copies.every((one) => one === 1 || one === 2), 'a message arrives once or twice')
    ensureShare(copies.filter((one) => one === 2).length, DRAWS, share / 100, `${share}% arrive twice`)
  }
}

const lessOften = misled((params) => ({ ...params, share: Number(params['share']) * 0.97 }))

export const duplicate: Definition = {
  sample: { from: ['B', 'E'], to: ['A', 'E'], share: 70 },
  touches: fromTo,
  checks: {
    'its share': { holds: doubled, planted: { 'is 3% too small': lessOften, 'is lost': altered((effect) => ({ lossPpm: effect.duplicatePpm ?? 0 })) } },
    'copies travel by themselves': { holds: eachByItself, planted: { 'but a little later': altered((effect) => ({ ...effect, latency: { shape: 'constant', ms: 10 } })), 'or do not': lessOften } },
  },
}

const CAUGHT = 'caught by a checksum', THROUGH = 'let through'
const damaging = (share: number, damage: string): FaultParams => ({ ...way, share, damage })

/** What becomes of damaged messages in a running cluster, with a link that takes 100 ms. */
function fateOfDamaged(registry: FaultRegistry): void {
  const messages = 500
  for (const damage of [CAUGHT, THROUGH]) {
    const { sim, act, fault, of } = bench({ registry })
    fault(500, 'f', 'corrupt', damaging(40, damage), null)
    for (let n = 0; n < messages; n++) act(1_000 + n, 0, { kind: 'say', to: 'B', text: 'x' })
    sim.runUntil(10_000)
    ensure(of('lost').every((fact) => fact.reason === 'corrupted' && damage === CAUGHT && fact.because.length === 1), 'only what a checksum caught is thrown away')
    const sentAtMs = (message: string): number => 1_000 + Number(message.split('#')[1]) - 1
    for (const fact of [...of('lost'), ...of('delivered')]) ensureEqual(fact.atMs, sentAtMs(fact.message) + 100, 'damage shows on arrival')
    const lies = of('delivered').filter((fact) => JSON.stringify(fact.body) === '{"kind":"note","text":"not x"}')
    const truths = of('delivered').filter((fact) => JSON.stringify(fact.body) === '{"kind":"note","text":"x"}')
    ensure(lies.every((fact) => fact.because.length === 1) && truths.every((fact) => fact.because.length === 0), 'a lie names the fault, a truth does not')
    ensureEqual(of('lost').length + lies.length + truths.length, messages, 'each message is thrown away, garbled or whole')
    ensureShare(damage === CAUGHT ? of('lost').length : lies.length, messages, 0.4, `damaged and ${damage}`)
  }
}

function damaged(registry: FaultRegistry): void {
  for (const [share, damage] of [[1, CAUGHT], [40, THROUGH], [90, CAUGHT]] as const) {
    const wire = wireWith(registry, [{ type: 'corrupt', params: damaging(share, damage) }])
    const fates = Array.from({ length: DRAWS }, (_, n) => wire.copies(`A>B note x #${n}`, n)[0]?.corrupted ?? null)
    ensureShare(fates.filter((one) => one !== null).length, DRAWS, share / 100, `${share}% are damaged`)
    ensure(fates.every((one) => one === null || one.caught === (damage === CAUGHT)), `damage is ${damage}`)
  }
}

const lost = altered(({ corrupt: it }) => (it === undefined ? null : { lossPpm: it.ppm }))

export const corrupt: Definition = {
  sample: { from: ['C'], to: ['A', 'D'], share: 80, damage: THROUGH },
  touches: fromTo,
  checks: {
    'its share': { holds: damaged, planted: { 'is 3% too small': lessOften, 'is lost': lost } },
    'what becomes of damage': { holds: fateOfDamaged, planted: {
      'when it is always caught': misled((params) => ({ ...params, damage: CAUGHT })), 'when it is never caught': misled((params) => ({ ...params, damage: THROUGH })), 'when it is lost at once': lost,
    } },
  },
}
