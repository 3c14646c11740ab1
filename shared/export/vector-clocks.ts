import type { Fact } from '../sim/facts.ts'
import type { NodeId } from '../sim/types.ts'

/**
 * Vector clocks of facts (Fidge, 1988; Mattern, 1989): how many facts of each node lie in the past of one, by `before`, the fact itself
 * included. A fact that no node lives through hands on what it knows, and counts nowhere. The sum of the nodes' numbers a fact.
 */
export class VectorClocks {
  private readonly width: number
  private readonly counts: Int32Array
  private readonly seats: ReadonlyMap<NodeId, number>

  /** `facts`: a whole history from fact 0, in order. */
  constructor(facts: readonly Fact[], nodes: readonly NodeId[]) {
    this.width = nodes.length
    this.seats = new Map(nodes.map((node, seat) => [node, seat]))
    this.counts = new Int32Array(facts.length * nodes.length)
    for (const fact of facts) this.count(fact)
  }

  private count({ n, node, before }: Fact): void {
    const { width, counts } = this
    const at = n * width
    for (const earlier of before) {
      for (let seat = 0; seat < width; seat++) {
        const known = counts[earlier * width + seat] as number
        if (known > (counts[at + seat] as number)) counts[at + seat] = known
      }
    }
    const own = node === null ? undefined : this.seats.get(node)
    if (own !== undefined) counts[at + own] = (counts[at + own] as number) + 1
  }

  /** The clock of fact `n`, by seat. */
  of(n: number): Int32Array {
    return this.counts.subarray(n * this.width, (n + 1) * this.width)
  }
}
