import type { Fact } from '../../shared/sim/facts.ts'
import type { StageAim } from '../stage/scene.ts'

/** Where a fact happened: at its node, on its link, or wherever its fault acts. */
export function placeOf(fact: Fact): StageAim {
  switch (fact.kind) {
    case 'sent': return { nodes: [fact.node], links: [[fact.node, fact.to]] }
    case 'delivered': return { nodes: [fact.node], links: [[fact.from, fact.node]] }
    case 'lost': case 'held': case 'released': return { nodes: [], links: [[fact.from, fact.to]] }
    case 'asked': case 'unreached': return { nodes: [fact.to], links: [] }
    case 'fault-started': case 'fault-turned': return { nodes: fact.nodes, links: fact.links }
    default: return { nodes: fact.node === null ? [] : [fact.node], links: [] }
  }
}
