import type { Words } from './catalogue.ts'

/** Sentences that were made in English and are shown in another language: by the English one, with `{0}`, `{1}` for what was put in. */
export type Sayings = { readonly [said: string]: string }

/** A sentence with its numbers and names taken out, as `{0}`. */
function pattern(known: string): RegExp {
  return new RegExp(`^${known.split(/\{\d\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.+?)')}$`, 'u')
}

/**
 * Says sentences by a catalogue; of two that fit, the first. One that it does not know stays as it is. What was put in may be a sentence as well,
 * or one of `parts`, which say nothing by themselves.
 */
export function inWordsOf(sentences: Sayings, parts: Sayings = {}): (said: string) => string {
  const within = (known: Sayings): ((said: string) => string) => {
    const patterns = Object.entries(known).filter(([one]) => one.includes('{')).map(([one, own]) => ({ known: pattern(one), own }))
    return (said) => {
      const own = Object.hasOwn(known, said) ? known[said] : undefined
      if (own !== undefined) return own
      for (const one of patterns) {
        const found = one.known.exec(said)
        if (found !== null) return one.own.replace(/\{(\d)\}/g, (_all, at: string) => inner(found[Number(at) + 1] ?? ''))
      }
      return said
    }
  }
  const inner = within({ ...sentences, ...parts })
  return within(sentences)
}

/** The sentences of a catalogue by those of the English one. What is no sentence is left out. */
export function sayingsOf<T extends { readonly [name: string]: string | ((...given: never[]) => string) }>(english: T, own: Words<T>): Sayings {
  const text = (word: unknown): string => (typeof word === 'function' ? String((word as (...given: string[]) => unknown)('{0}', '{1}', '{2}', '{3}')) : String(word))
  return Object.fromEntries(Object.entries(english).map(([name, word]) => [text(word), text((own as { readonly [name: string]: unknown })[name])]).filter(([said]) => said?.endsWith('.')))
}
