import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../components/index.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { choicesFor } from '../../model/fault-form.ts'
import { refusalOf } from '../../model/fault-preview.ts'
import { reach } from '../../../shared/sim/fault-check.ts'
import { texts } from '../../texts/cockpit.ts'
import type { FaultGroup } from '../../model/fault-groups.ts'
import { aim, durationOf, faults } from './chaos.ts'
import { FaultKey, grouped } from './fault-key.tsx'
import { SeatEditor } from './roster.tsx'
import { seeAs } from './see-as.ts'
import type { Seat } from './roster.tsx'
import type { Session } from './session.ts'

/** What a node's menu begins with: the node itself. */
const menuOrder: readonly FaultGroup[] = ['nodes', 'network', 'messages', 'clocks']

export interface MenuAt { node: string; x: number; y: number }

/** How far the menu stays from the edges of the window, in px. */
const edgePx = 8

/** Puts the menu beside its node, and moves it in where it would stick out of the window: the stage is often smaller than the menu. */
function place(menu: HTMLElement, at: MenuAt): void {
  const stage = menu.parentElement?.getBoundingClientRect(), { width, height } = menu.getBoundingClientRect()
  menu.style.left = `${Math.max(edgePx, Math.min((stage?.left ?? 0) + at.x, innerWidth - width - edgePx))}px`
  menu.style.top = `${Math.max(edgePx, Math.min((stage?.top ?? 0) + at.y, innerHeight - height - edgePx))}px`
}

/** Arrows move between the entries, round and round. */
function moveFocus(event: KeyboardEvent): void {
  const by = event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : event.key === 'ArrowUp' || event.key === 'ArrowLeft' ? -1 : 0
  if (by === 0 || !(event.currentTarget instanceof HTMLElement)) return
  const entries = [...event.currentTarget.querySelectorAll('button')]
  const at = entries.findIndex((one) => one === document.activeElement)
  event.preventDefault()
  event.stopPropagation()
  entries[(at + by + entries.length) % entries.length]?.focus()
}

/** What can be done to one node, where it was picked. */
export function NodeMenu({ session, cluster, at, seat, onDone }: { session: Session; cluster: ClusterSeen; at: MenuAt; seat: Seat | null; onDone: () => void }) {
  const [editing, setEditing] = useState(false)
  const menu = useRef<HTMLDivElement>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const mission = session.scenario()
  // Before anything else can move the focus: who closes it finds the keyboard where it was.
  useLayoutEffect(() => {
    const before = document.activeElement
    menu.current?.querySelector('button')?.focus()
    // The keyboard goes back, unless it has gone on by itself.
    return () => { if (before instanceof HTMLElement && (document.activeElement === document.body || menu.current?.contains(document.activeElement) === true)) before.focus() }
  }, [at.node])
  useEffect(() => () => { aim.value = null }, [])
  // After every drawing: a refusal, or the form for a name, makes it higher.
  useLayoutEffect(() => { if (menu.current !== null) place(menu.current, at) })
  return (
    <div class="node-menu" ref={menu} role="menu" aria-label={texts.nodeMenu.label(at.node)} onKeyDown={moveFocus}>
      <b>{texts.nodeMenu.of(at.node, cluster.name)}</b>
      {editing && seat !== null ? <SeatEditor session={session} seat={seat} onDone={onDone} /> : <div class="node-menu-keys">{grouped(choicesFor(faults, at.node, cluster.nodes), (choice) => faults[choice.type]).toSorted((a, b) => menuOrder.indexOf(a.group) - menuOrder.indexOf(b.group)).map(({ group, entries }) => (
        <div key={group} role="group" aria-label={texts.nodeMenu[group](at.node)}><h3 role="none">{texts.nodeMenu[group](at.node)}</h3><div class="fault-keys">{entries.map((choice) => {
          const fault = faults[choice.type]
          if (fault === undefined || mission === null) return null
          const refusal = refusalOf(fault, choice.params, cluster.nodes, mission)
          const name = choice.type === 'one-way' ? (choice.field === 'from' ? texts.nodeMenu.unheard : texts.nodeMenu.deaf) : null
          return <FaultKey key={choice.key} type={choice.type} title={choice.title} {...(name === null ? {} : { name })} refusal={refusal} role="menuitem"
            onAim={(on) => { aim.value = on && refusal === null ? reach(fault, choice.params, cluster.nodes) : null; setRefused(on ? refusal : null) }}
            onPress={() => {
              if (refusal !== null) { setRefused(refusal); return }
              onDone()
              void session.command({ kind: 'fault', cluster: cluster.cluster, type: choice.type, params: choice.params, durationMs: durationOf(choice.type, fault) })
            }} />
        })}</div></div>))}
      {refused !== null && <p class="node-menu-refused" role="status">{refused}</p>}
      <button type="button" role="menuitem" class="node-menu-seat" onClick={() => { onDone(); seeAs(cluster, at.node) }}><Icon name="eye" sizePx={16} /><span>{texts.eyes.as(at.node)}</span><kbd>E</kbd></button>
      {seat !== null && seat.student !== '' && <button type="button" role="menuitem" class="node-menu-seat" onClick={() => setEditing(true)}><Icon name="people" sizePx={16} /><span>{texts.nodeMenu.seat(seat.name)}</span></button>}</div>}
    </div>
  )
}
