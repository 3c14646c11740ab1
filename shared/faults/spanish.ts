import type { Fault, FaultField, FaultRegistry } from '../sim/fault.ts'
import { faults } from './index.ts'
import type { FaultId } from './index.ts'
import { spanish } from './words/es.ts'
import type { FaultWords } from './words/fault-words.ts'

export { checks } from './words/checks-es.ts'

/** A field with its own label, unit and names of its options; what it takes stays the same. */
function fieldIn(field: FaultField, label: string, { options, units }: FaultWords): FaultField {
  switch (field.type) {
    case 'integer': return { ...field, label, unit: units?.[field.unit] ?? field.unit }
    case 'choice': return { ...field, label, names: options ?? {} }
    case 'nodes': case 'node': return { ...field, label }
  }
}

/** The same fault, called otherwise. */
function faultIn(fault: Fault, words: FaultWords): Fault {
  const { invalid } = fault
  return {
    ...fault, title: words.title, composes: words.composes, sentence: (params) => words.sentence(params),
    fields: Object.fromEntries(Object.entries(fault.fields).map(([name, field]) => [name, fieldIn(field, words.fields[name] ?? name, words)])),
    presets: fault.presets.map((preset, at) => ({ ...preset, title: words.presets[at] ?? preset.title })),
    ...(invalid === undefined ? {} : { invalid: (params, ids) => { const said = invalid(params, ids); return said === null ? null : words.invalid?.[said] ?? said } }),
  }
}

/** All faults in Spanish, in the order of the palette. What they do, and what a recording holds of them, is the same. */
export const inSpanish: FaultRegistry = Object.fromEntries(Object.entries(faults).map(([type, fault]) => [type, faultIn(fault, spanish[type as FaultId])]))
