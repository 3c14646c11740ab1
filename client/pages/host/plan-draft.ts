import { signal } from '@preact/signals'
import type { LobbyView } from '../../link/connect.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { comingOf, moved, restOf, withAdded, without } from '../../model/plan-edit.ts'
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

interface Draft { cluster: number; coming: readonly Coming[]; /** What the room had when it began: once it has another plan, that counts. */ over: readonly PlanBegun[] }
const draft = signal<Draft | null>(null)
/** What was planned before each change. */
const before = signal<readonly { cluster: number; coming: readonly Coming[] }[]>([])
/** Which step is chosen, by its place among those to come. */
export const chosenStep = signal<number | null>(null)
let sending: ReturnType<typeof setTimeout> | undefined

const nowOf = (cluster: ClusterSeen): number => cluster.clock.at(performance.now())

/** What is to come in a cluster, with the changes that are on their way. */
export function comingIn(cluster: ClusterSeen, endMs: number): readonly Coming[] {
  const own = draft.value
  const nowMs = nowOf(cluster)
  return own !== null && own.cluster === cluster.cluster && own.over === cluster.plans ? own.coming.filter(({ atMs }) => atMs >= nowMs) : comingOf(cluster.plans, cluster.above.faults, nowMs, endMs)
}

export const canUndo = (cluster: ClusterSeen): boolean => before.value.some((one) => one.cluster === cluster.cluster)
export const forgetUndo = (): void => { before.value = [] }

function change(session: Session, lobby: LobbyView, cluster: ClusterSeen, next: readonly Coming[]): void {
  draft.value = { cluster: cluster.cluster, coming: next, over: cluster.plans }
  clearTimeout(sending)
  sending = setTimeout(() => {
    const plan = restOf(texts.plans.savedTitle(lobby.title, lobby.round, cluster.name), next, cluster.above.faults, nowOf(cluster))
    void session.command({ kind: 'run-plan', cluster: everywhere.value ? null : cluster.cluster, plan, instead: true }).then((done) => { if (!done) draft.value = null })
  }, restMs)
}

function edit(session: Session, lobby: LobbyView, cluster: ClusterSeen, next: readonly Coming[]): void {
  before.value = [...before.value, { cluster: cluster.cluster, coming: comingIn(cluster, lobby.durationMs) }].slice(-undoMost)
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
  const last = before.value.findLast((one) => one.cluster === cluster.cluster), nowMs = nowOf(cluster)
  if (last === undefined) return
  before.value = before.value.filter((one) => one !== last)
  chosenStep.value = null
  change(session, lobby, cluster, last.coming.filter(({ atMs }) => atMs > nowMs))
}
