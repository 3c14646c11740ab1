import { useEffect, useRef } from 'preact/hooks'
import { Segmented } from '../../components/index.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { neverAllowed } from '../../model/fault-preview.ts'
import { texts } from '../../texts/cockpit.ts'
import { chooseFault, chosenFault, everywhere, faults } from './chaos.ts'
import { FaultForm } from './fault-form.tsx'
import { FaultKey, grouped } from './fault-key.tsx'
import type { Session } from './session.ts'

/** Every fault of the registry, by what it breaks; choosing one opens its form. */
export function Palette({ session, cluster }: { session: Session; cluster: ClusterSeen | null }) {
  const type = chosenFault.value, fault = type === null ? undefined : faults[type]
  const place = useRef<HTMLDivElement>(null)
  /** Where the keyboard was: it goes into the form and comes back to the same key. */
  const by = useRef<{ keyboard: boolean; type: string | null }>({ keyboard: false, type: null })
  useEffect(() => {
    if (!by.current.keyboard) return
    if (type !== null) by.current.type = type
    place.current?.querySelector<HTMLElement>(type === null ? `[data-fault="${by.current.type ?? ''}"]` : '.palette-form button')?.focus()
  }, [type])
  const choose = (next: string | null, byKeyboard: boolean): void => { by.current.keyboard = byKeyboard; chooseFault(next) }
  return (
    <div class="palette" ref={place}>
      <div class="palette-where"><h2 class="panel-head">{texts.faults.break}</h2>
        <Segmented label={texts.faults.where} value={everywhere.value ? 'all' : 'one'} onChange={(value) => { everywhere.value = value === 'all' }}
          options={[{ value: 'one', label: cluster?.name ?? texts.faults.here }, { value: 'all', label: texts.faults.all }]} /></div>
      {type !== null && fault !== undefined ? <FaultForm key={type} session={session} type={type} fault={fault} cluster={cluster} onDone={(byKeyboard) => choose(null, byKeyboard)} />
        : <Keys session={session} onChoose={choose} />}
    </div>
  )
}

function Keys({ session, onChoose }: { session: Session; onChoose: (type: string, byKeyboard: boolean) => void }) {
  const mission = session.scenario()
  return (
    <div class="fault-groups">{grouped(Object.entries(faults), ([, fault]) => fault).map(({ group, title, entries }) => (
      <div key={group} role="group" aria-label={title}><h3>{title}</h3>
        <div class="fault-keys">{entries.map(([id, fault]) => <FaultKey key={id} type={id} title={fault.title} refusal={mission === null ? null : neverAllowed(fault, mission)} onPress={(byKeyboard) => onChoose(id, byKeyboard)} />)}</div>
      </div>))}</div>
  )
}
