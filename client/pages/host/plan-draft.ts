import { signal } from '@preact/signals'
import type { LobbyView } from '../../link/connect.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { comingOf, moved, notBegun, restOf, stillToCome, withAdded, without } from '../../model/plan-edit.ts'
import type { Coming } from '../../model/plan-edit.ts'
import type { PlannedFault } from '../../../shared/sim/scenario.ts'
import type { PlanBegun } from '../../../shared/wire/messages.ts'
import { texts } from '../../texts/host.ts'
import { everywhere } from './chaos.ts'
import type { Session } from './session.ts'

/** Changes to what is planned in the round that runs: shown at once, and sent when the hand rests. */

/** Presses within this time go to the room as one change, in wall ms. */
const restMs = 450
const undoMost = 20

interface Draft {
  cluster: number
  coming: readonly Coming[]
  /** Round time of the change. */
  atMs: number
  /** What the room had then: once it has another plan, that counts. */
  over: readonly PlanBegun[]
  /** It is to be sent yet, or not answered yet: a change before it may still arrive, and does not count. */
  onItsWay: boolean
}
const draft = signal<Draft | null>(null)
/** What was planned before each change. */
const before = signal<readonly { cluster: number; coming: readonly Coming[]; atMs: number }[]>([])
/** Which step is chosen, by its place among those to come. */
export const chosenStep = signal<number | null>(null)
let sending: ReturnType<typeof setTimeout> | undefined

const nowOf = (cluster: ClusterSeen): number => cluster.clock.at(performance.now())

/** What is to come in a cluster, with the changes that are on their way. */
export function comingIn(cluster: ClusterSeen, endMs: number): readonly Coming[] {
  const own = draft.value
  const nowMs = nowOf(cluster)
  return own !== null && own.cluster === cluster.cluster && (own.onItsWay || own.over === cluster.plans) ? stillToCome(own.coming, cluster.above.faults, nowMs, own.atMs) : comingOf(cluster.plans, cluster.above.faults, nowMs, endMs)
}

export const canUndo = (cluster: ClusterSeen): boolean => before.value.some((one) => one.cluster === cluster.cluster)
export const forgetUndo = (): void => { before.value = [] }

function change(session: Session, lobby: LobbyView, cluster: ClusterSeen, next: readonly Coming[]): void {
  const own: Draft = { cluster: cluster.cluster, coming: next, atMs: nowOf(cluster), over: cluster.plans, onItsWay: true }
  draft.value = own
  clearTimeout(sending)
  sending = setTimeout(() => {
    const plan = restOf(texts.plans.savedTitle(lobby.title, lobby.round, cluster.name), notBegun(next, cluster.above.faults, own.atMs), cluster.above.faults, nowOf(cluster))
    void session.command({ kind: 'run-plan', cluster: everywhere.value ? null : cluster.cluster, plan, instead: true }).then((done) => { if (draft.value === own) draft.value = done ? { ...own, over: cluster.plans, onItsWay: false } : null })
  }, restMs)
}

function edit(session: Session, lobby: LobbyView, cluster: ClusterSeen, next: readonly Coming[]): void {
  before.value = [...before.value, { cluster: cluster.cluster, coming: comingIn(cluster, lobby.durationMs), atMs: nowOf(cluster) }].slice(-undoMost)
  change(session, lobby, cluster, next)
}

/** Moves the step at a place by so much, and gives the place that it has then. */
export function moveStep(session: Session, lobby: LobbyView, cluster: ClusterSeen, place: number, byMs: number): number {
  const coming = comingIn(cluster, lobby.durationMs), key = coming[place]?.key ?? ''
  const next = moved(coming, key, byMs, nowOf(cluster), lobby.durationMs)
  edit(session, lobby, cluster, next)
  return Math.max(0, next.findIndex((one) => one.key === key))
}

export function removeStep(session: Session, lobby: LobbyView, cluster: ClusterSeen, place: number): void {
  const coming = comingIn(cluster, lobby.durationMs), key = coming[place]?.key
  if (key !== undefined) edit(session, lobby, cluster, without(coming, key))
  chosenStep.value = null
}

/** Plans a fault for so much later, in ms. */
export function planFault(session: Session, lobby: LobbyView, cluster: ClusterSeen, fault: PlannedFault, inMs: number): void {
  edit(session, lobby, cluster, withAdded(comingIn(cluster, lobby.durationMs), fault, nowOf(cluster) + inMs))
}

/** Takes the last change of this cluster's plan back; what has begun since stays begun. */
export function undoPlan(session: Session, lobby: LobbyView, cluster: ClusterSeen): void {
  const last = before.value.findLast((one) => one.cluster === cluster.cluster)
  if (last === undefined) return
  before.value = before.value.filter((one) => one !== last)
  chosenStep.value = null
  change(session, lobby, cluster, stillToCome(last.coming, cluster.above.faults, nowOf(cluster), last.atMs))
}
