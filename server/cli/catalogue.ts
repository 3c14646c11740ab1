import { inSeconds } from '../../shared/faults/parts.ts'
import { stepSentence, targetWords } from '../../shared/plan-words.ts'
import type { Fault, FaultField, FaultRegistry } from '../../shared/sim/fault.ts'
import { indented, table } from './print.ts'

/** What one may write into a field, in words. */
function fieldWords(field: FaultField): string {
  switch (field.type) {
    case 'nodes': return `a list of nodes or words${field.proper ? ', not all of the nodes' : ''}`
    case 'node': return 'a node or a word'
    case 'integer': return `a whole number from ${field.least} to ${field.most} ${field.unit}`.trimEnd() + `; usually ${field.usual}`
    case 'choice': return `one of ${field.options.join(', ')}`
  }
}

/** What a fault does, told by its first preset. */
export function exampleOf(type: string, fault: Fault): string {
  return stepSentence({ do: 'fault', atMs: 0, type, params: fault.presets[0]?.params ?? {}, durationMs: null })
}

/** All faults for whoever writes a plan: what each does, and its parameters and limits. */
export function catalogueLines(faults: FaultRegistry): string[] {
  const entries = Object.entries(faults).flatMap(([type, fault]) => ['', `${type}: ${fault.title}. ${exampleOf(type, fault)}`, ...indented(table([
    ...Object.entries(fault.fields).map(([name, field]) => [name, `${field.label}: ${fieldWords(field)}`]),
    ['durationMs', `at most ${inSeconds(fault.durationMsMax)} s${fault.untilHealed ? ', or null: until healed' : ''}`],
  ]))])
  return ['A step of a plan names its fault in type, has these parameters in params, and lasts durationMs. Nodes are named A, B, C and so on, or by words:', ...indented(table(Object.entries(targetWords))), ...entries]
}
