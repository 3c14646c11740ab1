import type { Fault, FaultField } from '../../../shared/sim/fault.ts'
import { Button, Icon, Segmented, Slider, clockText } from '../../components/index.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { durationFor, durationsOf, paramsFor, touches } from '../../model/fault-form.ts'
import type { FormValue } from '../../model/fault-form.ts'
import { faultIcon } from '../../texts-host.ts'
import { chooseFault, chosenFault, durationMs, everywhere, faults, fillIn, formOf, startForm } from './chaos.ts'
import { leaderOf } from './session.ts'
import type { Session } from './session.ts'

/** Every fault of the registry; choosing one opens its form. */
export function Palette({ session, cluster }: { session: Session; cluster: ClusterSeen | null }) {
  const type = chosenFault.value, fault = type === null ? undefined : faults[type]
  return (
    <div class="palette">
      <h2 class="panel-head">Break something</h2>
      <Segmented label="Where" value={everywhere.value ? 'all' : 'one'} onChange={(value) => { everywhere.value = value === 'all' }}
        options={[{ value: 'one', label: cluster?.name ?? 'This cluster' }, { value: 'all', label: 'All clusters' }]} />
      {type !== null && fault !== undefined ? <Form session={session} type={type} fault={fault} cluster={cluster} />
        : <div class="palette-grid">{Object.entries(faults).map(([id, one]) => <button type="button" key={id} class="palette-fault" onClick={() => chooseFault(id)}><Icon name={faultIcon(id)} /><span>{one.title}</span></button>)}</div>}
    </div>
  )
}

function Form({ session, type, fault, cluster }: { session: Session; type: string; fault: Fault; cluster: ClusterSeen | null }) {
  const values = formOf(type, fault)
  const lastsMs = durationFor(fault, durationMs.value)
  const touched = cluster === null ? { words: '', refusal: null } : touches(fault, paramsFor(fault, values, cluster.nodes, leaderOf(cluster)), cluster.nodes)
  return (
    <form class="palette-form" onSubmit={(event) => { event.preventDefault(); if (touched.refusal === null) void startForm(session, type).then((done) => { if (done) chooseFault(null) }) }}>
      <div class="palette-title"><Icon name={faultIcon(type)} /><b>{fault.title}</b><button type="button" class="chip-stop" aria-label="Back to all faults" onClick={() => chooseFault(null)}><Icon name="cross" sizePx={14} /></button></div>
      {Object.entries(fault.fields).map(([name, field]) => <FormField key={name} field={field} value={values[name] ?? ''} nodes={cluster?.nodes ?? []} onChange={(value) => fillIn(type, fault, name, value)} />)}
      <label class="palette-field"><span>Lasts</span><select value={String(lastsMs)} onChange={(event) => { durationMs.value = event.currentTarget.value === 'null' ? null : Number(event.currentTarget.value) }}>
        {[...new Set([...durationsOf(fault), lastsMs])].map((ms) => <option key={ms} value={String(ms)}>{ms === null ? 'until healed' : clockText(ms)}</option>)}</select></label>
      <Button type="submit" icon={faultIcon(type)} refusal={touched.refusal}>Start</Button>
      <small>{touched.refusal ?? touched.words}</small>
    </form>
  )
}

interface FieldProps { field: FaultField; value: FormValue; nodes: readonly string[]; onChange: (value: FormValue) => void }

function FormField({ field, value, nodes, onChange }: FieldProps) {
  switch (field.type) {
    case 'nodes': {
      const chosen = typeof value === 'object' ? value : []
      const toggle = (word: string): void => onChange(chosen.includes(word) ? chosen.filter((one) => one !== word) : [...chosen.filter((one) => nodes.includes(word) === nodes.includes(one)), word])
      return <NodeChips label={field.label} words={['leader', 'others', ...nodes]} chosen={chosen} onToggle={toggle} />
    }
    case 'node': return <NodeChips label={field.label} words={['leader', ...nodes]} chosen={typeof value === 'string' ? [value] : []} onToggle={onChange} />
    case 'integer': return <Slider label={field.label} min={field.least} max={field.most} step={field.step} value={Number(value)} text={`${Number(value).toLocaleString('en')}${field.unit === '%' ? '%' : ` ${field.unit}`}`} onInput={onChange} />
    case 'choice': return <label class="palette-field"><span>{field.label}</span><select value={String(value)} onChange={(event) => onChange(event.currentTarget.value)}>{field.options.map((one) => <option key={one} value={one}>{one}</option>)}</select></label>
  }
}

function NodeChips({ label, words, chosen, onToggle }: { label: string; words: readonly string[]; chosen: readonly string[]; onToggle: (word: string) => void }) {
  return (
    <div class="node-chips" role="group" aria-label={label}><span>{label}</span>
      {words.map((word) => <button type="button" key={word} aria-pressed={chosen.includes(word)} onClick={() => onToggle(word)}>{word}</button>)}</div>
  )
}
