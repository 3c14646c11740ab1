// Finds words of a page that stand in no catalogue, so that no language is left out.
import { parseSync } from 'vite'
import type { SourceFile } from './tidy.ts'

/** Attributes and properties whose value is read or heard. */
const readOut = new Set(['label', 'title', 'aria-label', 'aria-valuetext', 'placeholder', 'alt', 'refusal', 'note', 'words', 'consequence', 'reason', 'closeWords', 'witnessWords', 'description'])
/** Names and units, which are the same in every language. */
const anyLanguage = new Set(['Netsplit', 'net', 'split', 'ms', 'p99'])
const hasWords = (text: string): boolean => (text.match(/\p{L}[\p{L}\d]+/gu) ?? []).some((word) => !anyLanguage.has(word))

interface Node { type: string; start: number; [field: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value && 'start' in value

/** Texts that an expression gives as they are: literals, whatever chooses between them, and parts of templates. */
function given(value: unknown): { at: number; text: string }[] {
  if (!isNode(value)) return []
  switch (value.type) {
    case 'Literal': return typeof value['value'] === 'string' ? [{ at: value.start, text: value['value'] }] : []
    case 'TemplateLiteral': return (value['quasis'] as { start: number; value: { raw: string } }[]).map((part) => ({ at: part.start, text: part.value.raw }))
    case 'ConditionalExpression': return [...given(value['consequent']), ...given(value['alternate'])]
    case 'LogicalExpression': case 'BinaryExpression': return value['operator'] === '+' || value.type === 'LogicalExpression' ? [...given(value['left']), ...given(value['right'])] : []
    case 'JSXExpressionContainer': case 'ParenthesizedExpression': return given(value['expression'])
    default: return []
  }
}

function spoken(node: Node): { at: number; text: string }[] {
  if (node.type === 'JSXText') return [{ at: node.start, text: String(node['value']) }]
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return (node['children'] as Node[]).flatMap((child) => (child.type === 'JSXExpressionContainer' ? given(child) : []))
  if (node.type === 'JSXAttribute') return readOut.has(String((node['name'] as Node)['name'])) ? given(node['value']) : []
  if (node.type === 'Property') return readOut.has(String((node['key'] as Node)['name'])) ? given(node['value']) : []
  return []
}

/** Words that a page shows or speaks, written where no translator looks. The style guide shows samples, and is left out. */
export function wordsOutside({ path, text }: SourceFile): string[] {
  if (!/^client\/(?!styleguide|texts\/).*\.tsx$/.test(path)) return []
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) { value.forEach(visit); return }
    if (!isNode(value)) return
    for (const { at, text: said } of spoken(value)) if (hasWords(said)) found.push(`${path}:${text.slice(0, at).split('\n').length} says "${said.trim()}"`)
    for (const part of Object.values(value)) visit(part)
  }
  visit(parseSync(path, text).program)
  return [...new Set(found)]
}
