import { sameJson } from '../../shared/consistency/json.ts'
import type { Claim, ClusterInfo, Judge } from '../../shared/sim/claim.ts'
import type { Fact, FactKind, FactOf } from '../../shared/sim/facts.ts'
import { cloneJson } from '../../shared/sim/json.ts'
import type { FactNo, Json, SimMs } from '../../shared/sim/types.ts'
import type { Told } from './example.ts'

/** What a claim said of some facts. */
export interface Said { key: string; atMs: SimMs; witness: readonly FactNo[]; values: { readonly [name: string]: Json }; sentence: string }

/**
 * Lays facts before a fresh claim, in order, and lets time run to `untilMs`; looks that are due come before the facts of their millisecond.
 * `kept`: what becomes of the state between two facts, e.g. a copy through JSON.
 */
export function judged(claim: Claim, cluster: ClusterInfo, facts: readonly Fact[], untilMs: SimMs, kept: (state: unknown) => unknown = (state) => state): Said[] {
  const { init, folds, due, sentence } = claim as unknown as Claim<unknown>
  const said: Said[] = []
  const looks: { atMs: SimMs; key: string }[] = []
  let nowMs = 0
  const judge: Judge = {
    get nowMs() { return nowMs },
    breach: (key, witness, values) => { if (!said.some((one) => one.key === key)) said.push({ key, atMs: nowMs, witness, values, sentence: sentence(values) }) },
    checkAt: (atMs, key) => { looks.push({ atMs: Math.max(atMs, nowMs), key }) },
  }
  let state = kept(init(cluster, judge))
  const pass = (atMs: SimMs): void => {
    for (;;) {
      let first = -1
      looks.forEach((one, at) => { if (one.atMs <= atMs && (first < 0 || one.atMs < (looks[first]?.atMs ?? 0))) first = at })
      const [look] = first < 0 ? [] : looks.splice(first, 1)
      if (look === undefined) break
      nowMs = look.atMs
      due?.(state, look.key, judge, cluster)
      state = kept(state)
    }
    nowMs = atMs
  }
  for (const fact of facts) {
    pass(fact.atMs)
    const fold = folds[fact.kind] as ((state: unknown, fact: FactOf<FactKind>, judge: Judge, cluster: ClusterInfo) => void) | undefined
    // Facts that a claim does not fold leave its state as it is, and a copy of a copy shows nothing new.
    if (fold === undefined) continue
    fold(state, fact, judge, cluster)
    state = kept(state)
  }
  pass(Math.max(nowMs, untilMs))
  return said
}

const same = (a: Pick<Said, 'key' | 'sentence' | 'values'>, b: Pick<Said, 'key' | 'sentence' | 'values'>): boolean =>
  a.key === b.key && a.sentence === b.sentence && sameJson(a.values, b.values)

/** What is wrong with the sentence of a breach. */
function ofSentence(claim: Claim, breach: FactOf<'breached'>): string[] {
  const missing: string[] = []
  const watched = new Proxy(breach.values, { get: (values, name) => {
    if (typeof name === 'string' && values[name] === undefined) missing.push(name)
    return values[name as string]
  } })
  const text = claim.sentence(watched)
  return [
    ...missing.map((name) => `its sentence uses the value ${name}, which is not there`),
    ...(/undefined|NaN|\[object/.test(text) ? [`its sentence says: ${text}`] : []),
    ...(/^\S.*\S\.$/.test(text) ? [] : [`its sentence is none: ${text}`]),
    ...(text === claim.sentence(cloneJson(breach.values)) ? [] : ['its values are no plain JSON']),
  ]
}

/** What is wrong with the witness of a breach: folded alone, it must break the claim in the same words, and without any of its facts not. */
function ofWitness(claim: Claim, { cluster, facts }: Told, breach: FactOf<'breached'>): string[] {
  const numbers = breach.because
  const witness = numbers.flatMap((n) => facts[n] ?? [])
  const sentence = claim.sentence(breach.values)
  const breaks = (some: readonly Fact[]): boolean => judged(claim, cluster, some, breach.atMs).some((one) => same(one, { ...breach, sentence }))
  if (numbers.some((n, at) => n >= breach.n || (at > 0 && n <= (numbers[at - 1] as number)))) return [`its witness ${numbers.join(', ')} is not in order`]
  if (witness.some((fact) => fact.before.some((n) => n >= fact.n))) return ['a fact of its witness comes before its causes']
  if (!breaks(witness)) {
    const alone = judged(claim, cluster, witness, breach.atMs).map((one) => one.sentence)
    return [`its witness ${numbers.join(', ')} alone does not break it so, but gives: ${alone.join(' ') || 'nothing'}`]
  }
  return witness.flatMap((fact, at) => (breaks(witness.toSpliced(at, 1)) ? [`its witness needs no fact ${fact.n}`] : []))
}

/** What is wrong with one breach of a claim: its sentence, and its witness. */
export const ofBreach = (claim: Claim, told: Told, breach: FactOf<'breached'>): string[] => [...ofSentence(claim, breach), ...ofWitness(claim, told, breach)].map((text) => `breach ${breach.key}: ${text}`)

/**
 * The contract of all claims, held against one round: what is wrong, in words; nothing when all is well. `id`: under which name the claim stands
 * in the round's mission. Every breach is true of its witness alone, which is minimal and in causal order; the state is plain JSON at
 * every fact; the sentence is made of the values.
 */
export function complaints(id: string, claim: Claim, told: Told): string[] {
  const { cluster, facts } = told
  const breaches = facts.filter((fact): fact is FactOf<'breached'> => fact.kind === 'breached' && fact.claim === id)
  const endMs = facts[facts.length - 1]?.atMs ?? 0
  // The keys of an object may come in another order out of a store, as they may for the digest.
  const asInRound = (kept?: (state: unknown) => unknown): boolean =>
    sameJson(judged(claim, cluster, facts, endMs, kept).map(({ key, witness, values }) => [key, witness, values]), breaches.map(({ key, because, values }) => [key, because, values]))
  return [
    ...[claim.words, claim.prevention].filter((text) => !/^[A-Z].*\.$/.test(text)).map((text) => `this is no sentence: ${text}`),
    ...(asInRound() ? [] : ['a fresh claim says something else of these facts']),
    ...(asInRound(cloneJson) ? [] : ['its state is no plain JSON: copied, it judges otherwise']),
    ...breaches.flatMap((breach) => ofBreach(claim, told, breach)),
  ]
}

/** How many steps lie between what two rounds have in common at the beginning and at the end. */
export function stepsApart(one: readonly object[], other: readonly object[]): number {
  const alike = (a: object | undefined, b: object | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)
  const shorter = Math.min(one.length, other.length)
  let head = 0, tail = 0
  while (head < shorter && alike(one[head], other[head])) head++
  while (tail < shorter - head && alike(one[one.length - 1 - tail], other[other.length - 1 - tail])) tail++
  return Math.max(one.length, other.length) - head - tail
}
