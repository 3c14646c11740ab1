import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import { Numbering } from './numbering.ts'
import { unanswered } from './relax.ts'

/** `operations`: at most six, in the order of their calls, relaxed as a witness is; they break the check alone. */
export type ByZones = { verdict: 'fine' } | { verdict: 'violated'; operations: readonly Operation[] }

/**
 * Whether a register's history is linearizable, when every value is written once at most and the first value never: Gibbons and
 * Korach's zones ("Testing shared memories", 1997), with unanswered writes and a first value. Null when it does not apply: other
 * operations than `read` and `write`, or a value written twice. O(n log n) for n operations in any order, in fact one pass
 * and a sort of the zones.
 *
 * Why it is exact. Put each write and the reads of its value into one *cluster*; the reads of the first value form one with a write that
 * ended before all else. Failed operations, reads without a known answer and unanswered writes that nobody read explain nothing and hinder
 * nothing, so they are left out; an unanswered write that was read did happen, some time after its call, as one whose end is never.
 * Between a write and the next one all reads return its value, so an order that explains the answers is clusters in a row, each its
 * write first. One cluster can be laid out in itself exactly when none of its reads ended before its write began. Cluster A has to
 * stand before B when one of A's operations ended before one of B's began, that is when `firstEnd(A) < lastCall(B)`: written A -> B. A
 * row exists exactly when these arrows have no circle, and laid out so, the operations of one cluster by their calls after its write,
 * nothing stands after what it ended before.
 *
 * If there is a circle, there is one of two: take on it the cluster A with the least `firstEnd`, B before it (B -> A) and C before B.
 * Then `firstEnd(A) <= firstEnd(C) < lastCall(B)`, so A -> B as well. Hence only pairs need a look. Call the stretch between
 * `firstEnd` and `lastCall` the zone, *forward* if `firstEnd` comes first. Two forward zones conflict exactly when they overlap, a
 * forward one and a backward one exactly when the backward lies inside, and two backward ones never. So the forward zones are sorted, each
 * is compared with the next, and each backward one with the last forward one that begins before it.
 */
export function decideByZones(operations: readonly Operation[], init: Json): ByZones | null {
  const values = new Numbering()
  values.add(init)
  /** The place in `operations` of each cluster's write; cluster 0, of the first value, has none. */
  const writeOf: number[] = [-1]
  for (let at = 0; at < operations.length; at++) {
    const { f, status, arg } = operations[at]!
    if (f === 'read' || (f === 'write' && status === 'fail')) continue
    if (f !== 'write' || !values.add(arg)) return null
    writeOf.push(at)
  }

  const clusters = new Clusters(operations, writeOf)
  for (let at = 0; at < operations.length; at++) {
    const read = operations[at]!
    if (read.f !== 'read' || read.status !== 'ok' || read.result === undefined) continue
    const cluster = values.of(read.result)
    if (cluster === undefined) return { verdict: 'violated', operations: [read] }
    const write = writeOf[cluster]!
    if (write >= 0 && endOf(read) < operations[write]!.call) return { verdict: 'violated', operations: [read, unanswered(operations[write]!)] }
    clusters.add(cluster, at)
  }

  const pair = clusters.conflict()
  return pair === null ? { verdict: 'fine' } : { verdict: 'violated', operations: clusters.smallest(...pair) }
}

/** When it was over; an unanswered one never. */
const endOf = ({ status, ret }: Operation): number => (status === 'ok' && ret !== null ? ret : Infinity)

class Clusters {
  private readonly operations: readonly Operation[]
  private readonly writeOf: readonly number[]
  private readonly firstEnd: Float64Array
  private readonly lastCall: Float64Array
  /** The places of the operations that ended first and were called last; -1 for the write before all. */
  private readonly endsFirst: Int32Array
  private readonly calledLast: Int32Array

  constructor(operations: readonly Operation[], writeOf: readonly number[]) {
    this.operations = operations
    this.writeOf = writeOf
    this.firstEnd = new Float64Array(writeOf.length).fill(-Infinity)
    this.lastCall = new Float64Array(writeOf.length).fill(-Infinity)
    this.endsFirst = Int32Array.from(writeOf)
    this.calledLast = Int32Array.from(writeOf)
    for (let cluster = 1; cluster < writeOf.length; cluster++) {
      const write = operations[writeOf[cluster]!]!
      this.firstEnd[cluster] = endOf(write)
      this.lastCall[cluster] = write.call
    }
  }

  /** Puts the read at that place into the cluster. */
  add(cluster: number, at: number): void {
    const read = this.operations[at]!, end = endOf(read)
    if (end < this.firstEnd[cluster]!) { this.firstEnd[cluster] = end; this.endsFirst[cluster] = at }
    if (read.call > this.lastCall[cluster]!) { this.lastCall[cluster] = read.call; this.calledLast[cluster] = at }
  }

  /** Two clusters each of which has to stand before the other, or null. */
  conflict(): [number, number] | null {
    const { firstEnd, lastCall } = this
    const forward: number[] = []
    for (let cluster = 0; cluster < firstEnd.length; cluster++) if (firstEnd[cluster]! < lastCall[cluster]!) forward.push(cluster)
    forward.sort((a, b) => firstEnd[a]! - firstEnd[b]!)
    for (let at = 1; at < forward.length; at++) {
      if (firstEnd[forward[at]!]! < lastCall[forward[at - 1]!]!) return [forward[at - 1]!, forward[at]!]
    }
    for (let cluster = 0; cluster < firstEnd.length; cluster++) {
      if (firstEnd[cluster]! <= lastCall[cluster]!) continue
      let least = 0, beyond = forward.length
      while (least < beyond) {
        const middle = (least + beyond) >> 1
        if (firstEnd[forward[middle]!]! < lastCall[cluster]!) least = middle + 1
        else beyond = middle
      }
      const around = forward[least - 1]
      if (around !== undefined && firstEnd[cluster]! < lastCall[around]!) return [around, cluster]
    }
    return null
  }

  /**
   * The fewest operations of two conflicting clusters that show it: for each arrow one that ended and one that was called after,
   * and the writes, so that their values come from somewhere. A write whose end shows nothing is relaxed to an unanswered one.
   */
  smallest(a: number, b: number): readonly Operation[] {
    let best: { ended: number[]; all: Set<number> } | null = null
    for (const there of this.arrows(a, b)) {
      for (const back of this.arrows(b, a)) {
        const ended = [...there.slice(0, 1), ...back.slice(0, 1)]
        const all = new Set([...there, ...back, this.writeOf[a]!, this.writeOf[b]!].filter((at) => at >= 0))
        if (best === null || all.size < best.all.size) best = { ended, all }
      }
    }
    const { ended, all } = best!
    return [...all]
      .map((at) => (this.operations[at]!.f === 'write' && !ended.includes(at) ? unanswered(this.operations[at]!) : this.operations[at]!))
      .sort((one, other) => one.call - other.call)
  }

  /** All pairs that show `from` -> `to`, each the place of one that ended and of one called after it, writes before reads. Empty pairs, not none, when the first value shows it. */
  private arrows(from: number, to: number): number[][] {
    if (this.writeOf[from]! < 0) return [[]]
    const pairs: number[][] = []
    for (const ended of [this.writeOf[from]!, this.endsFirst[from]!]) {
      for (const called of [this.writeOf[to]!, this.calledLast[to]!]) {
        if (called >= 0 && endOf(this.operations[ended]!) < this.operations[called]!.call) pairs.push([ended, called])
      }
    }
    return pairs
  }
}
