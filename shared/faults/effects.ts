import type { ClockEffect, FaultParams, FaultRegistry, LinkEffect, NodeEffect, Turn } from '../sim/fault.ts'
import type { Json, NodeId } from '../sim/types.ts'
import { faults } from './index.ts'

/** What a fault does, for readers of facts: screens, scores, sentences. */

const registry: FaultRegistry = faults

/** A fault as facts name it: `fault-started`, `fault-turned`, or one that acts. */
export interface Named { type: string; params: Json }

const one = ({ type }: Named): FaultRegistry[string] | undefined => (Object.hasOwn(registry, type) ? registry[type] : undefined)

/** What it does to one direction of a link in this phase; null for nothing, and for a fault that this program does not know. */
export function linkEffectOf(fault: Named, from: NodeId, to: NodeId, turn: Turn): LinkEffect | null {
  return one(fault)?.link?.(fault.params as FaultParams, from, to, turn) ?? null
}

/** What it does to a node in this phase. */
export function nodeEffectOf(fault: Named, node: NodeId, turn: Turn): NodeEffect | null {
  return one(fault)?.node?.(fault.params as FaultParams, node, turn) ?? null
}

/** What it does to a node's clock in this phase. */
export function clockEffectOf(fault: Named, node: NodeId, turn: Turn): ClockEffect | null {
  return one(fault)?.clock?.(fault.params as FaultParams, node, turn) ?? null
}

/** Whether it keeps the node down. */
export function keepsDown(fault: Named, node: NodeId, turn: Turn): boolean {
  const power = nodeEffectOf(fault, node, turn)?.power
  return power === 'crash' || power === 'power-cut'
}

/** Whether nothing can arrive over a link while the effect lasts. */
export const closes = (effect: LinkEffect | null): boolean => effect !== null && (effect.cut === true || effect.hold === true || (effect.lossPpm ?? 0) >= 1_000_000)
