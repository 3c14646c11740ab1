import type { ClaimWords } from '../sim/claim.ts'
import type { Scenario } from '../sim/scenario.ts'
import type { Shape } from '../sim/types.ts'

/** Words that every mission's catalogue has for its rules, claims and figures. */
export interface CommonWords {
  rules: { readonly [id: string]: string }
  claims: { readonly [id: string]: ClaimWords }
  figures: { readonly [id: string]: string }
}

/** Rules, claims and figures of a mission, in the words of a language. What they do stays what it is. */
export function wordedIn<S extends Shape>({ rules, claims, figures }: Pick<Scenario<S>, 'rules' | 'claims' | 'figures'>, words: CommonWords): Pick<Scenario<S>, 'rules' | 'claims' | 'figures'> {
  const each = <T extends object>(parts: { readonly [id: string]: T }, add: (id: string, part: T) => Partial<T>): { readonly [id: string]: T } => Object.fromEntries(Object.entries(parts).map(([id, part]) => [id, { ...part, ...add(id, part) }]))
  return {
    rules: each(rules, (id, part) => ({ sentence: words.rules[id] ?? part.sentence })),
    claims: each(claims, (id, part) => { const said = words.claims[id] ?? part; return { words: said.words, prevention: said.prevention, sentence: (values) => said.sentence(values) } }),
    figures: each(figures, (id, part) => ({ title: words.figures[id] ?? part.title })),
  }
}
