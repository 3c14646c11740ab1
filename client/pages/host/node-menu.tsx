import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon, clockText } from '../../components/index.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { choicesFor, durationFor } from '../../model/fault-form.ts'
import { faultIcon } from '../../texts-host.ts'
import { durationMs, faults } from './chaos.ts'
import { SeatEditor } from './roster.tsx'
import type { Seat } from './roster.tsx'
import type { Session } from './session.ts'

export interface MenuAt { node: string; x: number; y: number }

/** Up and down move between the entries, round and round. */
function moveFocus(event: KeyboardEvent): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (by === 0 || !(event.currentTarget instanceof HTMLElement)) return
  const entries = [...event.currentTarget.querySelectorAll('button')]
  const at = entries.findIndex((one) => one === document.activeElement)
  event.preventDefault()
  entries[(at + by + entries.length) % entries.length]?.focus()
}

/** What can be done to one node, where it was picked. */
export function NodeMenu({ session, cluster, at, seat, onDone }: { session: Session; cluster: ClusterSeen; at: MenuAt; seat: Seat | null; onDone: () => void }) {
  const [editing, setEditing] = useState(false)
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => { menu.current?.querySelector('button')?.focus() }, [at.node])
  return (
    <div class="node-menu" ref={menu} role="menu" aria-label={`What happens to ${at.node}`} onKeyDown={moveFocus} style={{ left: `${Math.max(8, at.x)}px`, top: `${Math.max(8, at.y)}px` }}>
      <b>{at.node} of {cluster.name}</b>
      {editing && seat !== null ? <SeatEditor session={session} seat={seat} onDone={onDone} /> : <div>{choicesFor(faults, at.node, cluster.nodes).map((choice) => {
        const fault = faults[choice.type]
        const lastsMs = fault === undefined ? null : durationFor(fault, durationMs.value)
        return <button type="button" role="menuitem" key={choice.key} onClick={() => {
          onDone()
          void session.command({ kind: 'fault', cluster: cluster.cluster, type: choice.type, params: choice.params, durationMs: lastsMs })
        }}><Icon name={faultIcon(choice.type)} sizePx={16} /><span>{choice.title}</span><small>{lastsMs === null ? 'stays' : clockText(lastsMs)}</small></button>
      })}
      {seat !== null && seat.student !== '' && <button type="button" role="menuitem" class="node-menu-seat" onClick={() => setEditing(true)}><Icon name="people" sizePx={16} /><span>Rename or remove {seat.name}</span></button>}</div>}
    </div>
  )
}
