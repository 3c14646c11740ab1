import { signal } from '@preact/signals'
import { faults } from '../../faults.ts'
import type { Fault, FaultParams } from '../../../shared/sim/fault.ts'
import type { Json } from '../../../shared/sim/types.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { castOf, durationFor, paramsFor, usualValues } from '../../model/fault-form.ts'
import type { FormValue, FormValues } from '../../model/fault-form.ts'
import type { StageAim } from '../../stage/scene.ts'
import { leaderOf, selectedCluster } from './session.ts'
import type { Session } from './session.ts'

export { faults }
/** What the palette holds between two faults. */
export const chosenFault = signal<string | null>(null)
/** Whether faults hit all clusters or the one on the stage. */
export const everywhere = signal(false)
/** Whom the thing in hand would touch, for the stage. */
export const aim = signal<StageAim | null>(null)
const durations = signal<{ readonly [type: string]: number | null }>({})
const forms = signal<{ readonly [type: string]: FormValues }>({})
/** Chance for words that leave a choice: what is shown beforehand is what happens, and after each press it is another one. */
const drawn = signal(newDraw())

function newDraw(): number { return Math.floor(Math.random() * 4_294_967_296) }

export const chooseFault = (type: string | null): void => { chosenFault.value = type }
export const formOf = (type: string, fault: Fault): FormValues => forms.value[type] ?? usualValues(fault)
export function fillIn(type: string, fault: Fault, name: string, value: FormValue): void {
  forms.value = { ...forms.value, [type]: { ...formOf(type, fault), [name]: value } }
}

/** How long a fault of this sort lasts, in ms; null until healed. */
export function durationOf(type: string, fault: Fault): number | null {
  const chosen = durations.value[type]
  return chosen === undefined ? fault.durationMsUsual : durationFor(fault, chosen)
}
export const setDuration = (type: string, ms: number | null): void => { durations.value = { ...durations.value, [type]: ms } }

/** The parameters with their words resolved for a cluster as it is now. */
export function resolvedFor(cluster: ClusterSeen, fault: Fault, values: { readonly [name: string]: Json | FormValue }): FaultParams {
  return paramsFor(fault, values, castOf(cluster.nodes, leaderOf(cluster), drawn.value, cluster.cluster))
}

/** Starts a fault with exact parameters, on the chosen cluster or on all. */
export async function startFault(session: Session, type: string, params: Json): Promise<boolean> {
  const fault = faults[type], cluster = selectedCluster(session)
  if (fault === undefined || cluster === null) return false
  return session.command({ kind: 'fault', cluster: everywhere.value ? null : cluster.cluster, type, params, durationMs: durationOf(type, fault) })
}

/** Starts a fault whose parameters may hold words. Where they name the leader, each cluster has its own. */
export async function startWords(session: Session, type: string, values: { readonly [name: string]: Json | FormValue }, durationMs: number | null): Promise<boolean> {
  const fault = faults[type]
  if (fault === undefined) return false
  const all = session.cockpit.value?.clusters ?? []
  const clusters = everywhere.value ? all : all.filter((one) => one === selectedCluster(session))
  const asked = clusters.map((one) => session.command({ kind: 'fault', cluster: one.cluster, type, params: { ...resolvedFor(one, fault, values) }, durationMs }))
  drawn.value = newDraw()
  return (await Promise.all(asked)).every((each) => each)
}
