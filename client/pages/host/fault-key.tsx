import type { Fault } from '../../../shared/sim/fault.ts'
import { Icon } from '../../components/index.ts'
import { castOf, paramsFor, usualValues } from '../../model/fault-form.ts'
import { faultIcon } from '../../model/fault-icons.ts'
import { faultName } from '../../model/fault-groups.ts'
import { texts } from '../../texts/cockpit.ts'
import type { FaultGroup } from '../../model/fault-groups.ts'

/** Nodes of a cluster that a fault is tried on, to see what sort it is. */
const trialNodes = ['A', 'B', 'C', 'D', 'E']

/** What sort of fault it is: by what it does, so that a new one finds its place by itself. */
export function groupOf(fault: Fault): FaultGroup {
  if (fault.clock !== undefined) return 'clocks'
  if (fault.node !== undefined) return 'nodes'
  const params = paramsFor(fault, usualValues(fault), castOf(trialNodes, 'A', 0))
  const cuts = trialNodes.some((from) => trialNodes.some((to) => to !== from && fault.link?.(params, from, to, { ids: trialNodes, phase: 0 })?.cut === true))
  return cuts ? 'network' : 'messages'
}

/** Entries by group, in the order of the registry; groups without any are left out. */
export function grouped<T>(entries: readonly T[], faultOf: (entry: T) => Fault | undefined): { group: FaultGroup; title: string; entries: T[] }[] {
  const by = new Map<FaultGroup, T[]>()
  for (const entry of entries) {
    const fault = faultOf(entry)
    if (fault === undefined) continue
    const group = groupOf(fault)
    by.set(group, [...(by.get(group) ?? []), entry])
  }
  return (Object.keys(texts.groups) as FaultGroup[]).flatMap((group) => (by.has(group) ? [{ group, title: texts.groups[group], entries: by.get(group) ?? [] }] : []))
}

export interface FaultKeyProps {
  type: string
  /** The whole name; the key shows the short one. */
  title: string
  /** What is shown instead of the short name. */
  name?: string
  /** Why it cannot be started. In the palette it can still be opened, and says so there. */
  refusal?: string | null
  role?: 'menuitem'
  onPress: (byKeyboard: boolean) => void
  /** The pointer or the focus came, or went. */
  onAim?: (on: boolean) => void
}

/** One fault as a small key: sign over name. A refused one says why, and can still be looked at. */
export function FaultKey({ type, title, name = faultName(type) ?? title, refusal = null, role, onPress, onAim }: FaultKeyProps) {
  return (
    <button type="button" role={role} class={refusal === null ? 'fault-key' : 'fault-key is-refused'} data-fault={type} aria-label={name === title ? title : `${name}: ${title}`} title={refusal === null ? title : `${title}. ${refusal}`}
      aria-disabled={refusal !== null && role === 'menuitem' ? true : undefined} onClick={(event) => onPress(event.detail === 0)}
      onFocus={() => onAim?.(true)} onBlur={() => onAim?.(false)} onPointerEnter={() => onAim?.(true)} onPointerLeave={() => onAim?.(false)}>
      <Icon name={faultIcon(type)} sizePx={16} /><span>{name}</span></button>
  )
}
