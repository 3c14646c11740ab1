import { signal } from '@preact/signals'
import { faults as registry } from '../../../shared/faults/index.ts'
import type { Fault, FaultRegistry } from '../../../shared/sim/fault.ts'
import type { Json } from '../../../shared/sim/types.ts'
import { durationFor, durationMsUsual, paramsFor, usualValues } from '../../model/fault-form.ts'
import type { FormValue, FormValues } from '../../model/fault-form.ts'
import { leaderOf, selectedCluster } from './session.ts'
import type { Session } from './session.ts'

/** What the palette holds between two faults. */
export const faults: FaultRegistry = registry
export const chosenFault = signal<string | null>(null)
/** Whether faults hit all clusters or the one on the stage. */
export const everywhere = signal(false)
/** How long a fault lasts, in ms; null until healed. */
export const durationMs = signal<number | null>(durationMsUsual)
const forms = signal<{ readonly [type: string]: FormValues }>({})

export const chooseFault = (type: string | null): void => { chosenFault.value = type }
export const formOf = (type: string, fault: Fault): FormValues => forms.value[type] ?? usualValues(fault)
export function fillIn(type: string, fault: Fault, name: string, value: FormValue): void {
  forms.value = { ...forms.value, [type]: { ...formOf(type, fault), [name]: value } }
}

/** Starts a fault with exact parameters, on the chosen cluster or on all. */
export async function startFault(session: Session, type: string, params: Json): Promise<boolean> {
  const fault = faults[type], cluster = selectedCluster(session)
  if (fault === undefined || cluster === null) return false
  return session.command({ kind: 'fault', cluster: everywhere.value ? null : cluster.cluster, type, params, durationMs: durationFor(fault, durationMs.value) })
}

/** Starts the fault that the form describes. Where it names the leader, each cluster has its own. */
export async function startForm(session: Session, type: string): Promise<boolean> {
  const fault = faults[type]
  if (fault === undefined) return false
  const values = formOf(type, fault)
  const all = session.cockpit.value?.clusters ?? []
  const clusters = everywhere.value ? all : all.filter((one) => one === selectedCluster(session))
  const done = await Promise.all(clusters.map((one) => session.command({
    kind: 'fault', cluster: one.cluster, type, params: paramsFor(fault, values, one.nodes, leaderOf(one)), durationMs: durationFor(fault, durationMs.value),
  })))
  return done.every((each) => each)
}
