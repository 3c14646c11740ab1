import { signal } from '@preact/signals'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { SimMs } from '../../../shared/sim/types.ts'
import type { SelfSnapshot, ToClient } from '../../../shared/wire/messages.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { passing } from '../../model/passing.ts'
import { sceneOf } from '../../model/student-scene.ts'
import type { StageScene } from '../../stage/scene.ts'

/** How often the room is asked again, in ms. */
export const lookEveryMs = 500

export interface Eyes { cluster: number; seat: number; node: string }
/** Which node the instructor looks through, by cluster and seat; null: the truth. */
export const seeing = signal<Eyes | null>(null)

/** What the room last said that a node knows. Facts alone do not tell: what a student clicked away or set by hand is in its `self` only. */
const looked = signal<ToClient['looked'] | null>(null)
export const hearLooked = (message: ToClient['looked']): void => { looked.value = message }

/** What the node that is looked through knows; null until the room has answered. */
export function knownTo(eyes: Eyes): SelfSnapshot | null {
  const last = looked.value
  return last === null || last.cluster !== eyes.cluster || last.seat !== eyes.seat ? null : last.snapshot
}

/** The node's own clock at a true time, as its student reads it; it stands while the node does. */
export const clockOf = (cluster: ClusterSeen, { node }: Eyes, known: SelfSnapshot, nowMs: SimMs): number =>
  (known.frozen || known.crashed !== null ? known.self.clockMs : nowMs + cluster.above.offsetMs(node, nowMs))

/** The stage as the node's student sees it: from the same `self`, by the same function, with what leaves the node and what reached it. */
export function seenScene(cluster: ClusterSeen, eyes: Eyes, known: SelfSnapshot, scenario: Scenario, nowMs: SimMs, isBot: (node: string) => boolean): StageScene {
  const { self, frozen } = known, crashed = known.crashed !== null, clockMs = clockOf(cluster, eyes, known, nowMs)
  const flights = frozen || crashed ? [] : passing(cluster.above, eyes.node, nowMs)
  return sceneOf(self.id, self.peers, scenario.view({ ...self, clockMs }), { clockMs, shownMs: nowMs, flights, frozen, crashed, picked: null, alarms: [], isBot })
}

/** Looks through a node's eyes, or no more. */
export function seeAs(cluster: ClusterSeen, node: string | null): void {
  const seat = node === null ? -1 : cluster.nodes.indexOf(node)
  seeing.value = node === null || seat < 0 ? null : { cluster: cluster.cluster, seat, node }
}
