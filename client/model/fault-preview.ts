import { checks } from '../faults.ts'
import type { Fault, FaultParams } from '../../shared/sim/fault.ts'
import { notAllowed, reach, wrongParams } from '../../shared/sim/fault-check.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { Json, NodeId } from '../../shared/sim/types.ts'
import type { StageAim } from '../stage/scene.ts'
import { texts } from '../texts/cockpit.ts'

/** What a fault would do, said before it is started; or why it cannot be. */
export type Preview =
  | { refusal: string }
  | { refusal: null; aim: StageAim; touches: string; sentence: string; composes: string }

/** Looks at a fault with resolved parameters in a cluster of these nodes. `mission` says what is allowed. */
export function previewOf(fault: Fault, params: FaultParams, nodes: readonly NodeId[], mission: Pick<Scenario, 'garble' | 'bentClocks'>): Preview {
  const refusal = refusalOf(fault, params, nodes, mission)
  if (refusal !== null) return { refusal }
  const aim = reach(fault, params, nodes)
  if (aim.nodes.length + aim.links.length === 0) return { refusal: texts.faults.nobody }
  return { refusal: null, aim, touches: touchesWords(aim, nodes.length), sentence: fault.sentence(params), composes: fault.composes }
}

/** Why a fault cannot be started so; null when it can. What the mission does not allow comes first: nothing in the form would change it. */
export function refusalOf(fault: Fault, params: FaultParams, nodes: readonly NodeId[], mission: Pick<Scenario, 'garble' | 'bentClocks'>): string | null {
  const forbidden = notAllowed(fault, params, mission, checks)
  if (forbidden !== null) return forbidden
  const empty = Object.entries(fault.fields).find(([name, field]) => field.type === 'nodes' && isEmpty(params[name]))
  if (empty !== undefined && 'label' in empty[1]) return texts.faults.chooseOne(empty[1].label)
  return wrongParams(fault, params, nodes, checks)
}

const isEmpty = (value: Json | undefined): boolean => Array.isArray(value) && value.length === 0

const nodesOf = ({ nodes, links }: StageAim): Set<NodeId> => new Set([...nodes, ...links.flat()])

/** Nodes that a fault with resolved parameters touches, itself or at either end of a link. */
export const touchedBy = (fault: Fault, params: FaultParams, nodes: readonly NodeId[]): ReadonlySet<NodeId> => nodesOf(reach(fault, params, nodes))

/** `Touches 4 of 20 directions, 5 of 5 nodes.` A node at either end of a link that is touched counts. */
function touchesWords(aim: StageAim, count: number): string {
  const touched = nodesOf(aim), { links } = aim
  return texts.faults.touchesWords([...(links.length === 0 ? [] : [texts.faults.directions(links.length, count * (count - 1))]), texts.faults.touches(touched.size, count)].join(', '))
}

/** Why a mission allows a fault in none of its forms; null when some preset can be started. */
export function neverAllowed(fault: Fault, mission: Pick<Scenario, 'garble' | 'bentClocks'>): string | null {
  const reasons = fault.presets.map((preset) => notAllowed(fault, preset.params, mission, checks))
  return reasons.every((reason) => reason !== null) ? reasons[0] ?? null : null
}
