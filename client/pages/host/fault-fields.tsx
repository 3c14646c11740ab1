import { isTargetWord } from '../../../shared/faults/targets.ts'
import type { FaultField } from '../../../shared/sim/fault.ts'
import { Slider } from '../../components/index.ts'
import { inFigures, numberText, targetWords } from '../../model/fault-form.ts'
import type { FormValue } from '../../model/fault-form.ts'
import { targetName } from '../../model/fault-groups.ts'
import { texts } from '../../texts/cockpit.ts'

/** Words that mean one node. */
const oneNode = ['leader', 'any', 'any-other'] as const
const these = 'these'

export interface FormFieldProps {
  field: FaultField
  value: FormValue
  nodes: readonly string[]
  /** Whom the words in `value` mean now. */
  resolved: readonly string[]
  onChange: (value: FormValue) => void
}

/** One parameter of a fault as a control. */
export function FormField({ field, value, nodes, resolved, onChange }: FormFieldProps) {
  switch (field.type) {
    case 'nodes': return <NodesField label={field.label} proper={field.proper} chosen={typeof value === 'object' ? value : []} nodes={nodes} resolved={resolved} onChange={onChange} />
    case 'node': return <label class="palette-field"><span>{field.label}</span><select value={String(value)} onChange={(event) => onChange(event.currentTarget.value)}>
      {[...oneNode, ...nodes].map((one) => <option key={one} value={one}>{targetName(one)}</option>)}</select></label>
    case 'integer': return <Slider label={field.label} min={field.least} max={field.most} step={field.step} value={Number(value)} text={field.unit === '' ? inFigures(Number(value)) : numberText(field, Number(value))} onInput={onChange} />
    case 'choice': return <label class="palette-field"><span>{field.label}</span><select value={String(value)} onChange={(event) => onChange(event.currentTarget.value)}>{field.options.map((one) => <option key={one} value={one}>{field.names?.[one] ?? one}</option>)}</select></label>
  }
}

interface NodesFieldProps { label: string; proper: boolean; chosen: readonly string[]; nodes: readonly string[]; resolved: readonly string[]; onChange: (value: readonly string[]) => void }

/** A set of nodes: a word that is resolved when the fault starts, or these nodes and no others. */
function NodesField({ label, proper, chosen, nodes, resolved, onChange }: NodesFieldProps) {
  const [first = ''] = chosen
  const word = chosen.length === 1 && isTargetWord(first) ? first : these
  return (
    <div class="nodes-field"><label class="palette-field"><span>{label}</span><select value={word} onChange={(event) => onChange(event.currentTarget.value === these ? resolved : [event.currentTarget.value])}>
      {targetWords.filter((one) => !proper || one !== 'all').map((one) => <option key={one} value={one}>{targetName(one)}</option>)}<option value={these}>{texts.faults.these}</option></select></label>
      {word === these && <div class="node-chips" role="group" aria-label={label}>{nodes.map((node) => <button type="button" key={node} aria-pressed={chosen.includes(node)}
        onClick={() => onChange(nodes.filter((one) => (one === node ? !chosen.includes(one) : chosen.includes(one))))}>{node}</button>)}</div>}
    </div>
  )
}
