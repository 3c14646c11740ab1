import type { ClaimWords } from '../sim/claim.ts'
import type { Scenario } from '../sim/scenario.ts'
import type { Shape } from '../sim/types.ts'

/** Words that every mission's catalogue has for its rules, claims and figures. */
export interface CommonWords {
  rules: { readonly [id: string]: string }
  claims: { readonly [id: string]: ClaimWords }
  figures: { readonly [id: string]: string }
  /** Misconceptions, as somebody who holds them would say them; absent: as the mission has them. */
  ideas?: { readonly [id: string]: string }
}

type Worded = 'rules' | 'claims' | 'figures' | 'misconceptions'

/** Rules, claims, figures and misconceptions of a mission, in the words of a language. What they do stays what it is. */
export function wordedIn<S extends Shape>({ rules, claims, figures, misconceptions }: Pick<Scenario<S>, Worded>, words: CommonWords): Pick<Scenario<S>, Worded> {
  const each = <T extends object>(parts: { readonly [id: string]: T }, add: (id: string, part: T) => Partial<T>): { readonly [id: string]: T } => Object.fromEntries(Object.entries(parts).map(([id, part]) => [id, { ...part, ...add(id, part) }]))
  return {
    rules: each(rules, (id, part) => ({ sentence: words.rules[id] ?? part.sentence })),
    claims: each(claims, (id, part) => { const said = words.claims[id] ?? part; return { words: said.words, prevention: said.prevention, sentence: (values) => said.sentence(values) } }),
    figures: each(figures, (id, part) => ({ title: words.figures[id] ?? part.title })),
    misconceptions: each(misconceptions, (id, part) => ({ idea: words.ideas?.[id] ?? part.idea })),
  }
}
