import { language } from './language.ts'

/** A sentence with its numbers and names taken out, as `{0}`. */
function pattern(known: string): RegExp {
  return new RegExp(`^${known.split(/\{\d\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.+?)')}$`, 'u')
}

/** Says sentences by a catalogue whose keys they are, with `{0}`, `{1}` for what is put in. One that it does not know stays as it is. */
export function inWordsOf(sentences: { readonly [said: string]: string }): (said: string) => string {
  const patterns = Object.entries(sentences).filter(([known]) => known.includes('{')).map(([known, own]) => ({ known: pattern(known), own }))
  return (said) => {
    const own = Object.hasOwn(sentences, said) ? sentences[said] : undefined
    if (own !== undefined) return own
    for (const one of patterns) {
      const found = one.known.exec(said)
      if (found !== null) return one.own.replace(/\{(\d)\}/g, (_all, at: string) => found[Number(at) + 1] ?? '')
    }
    return said
  }
}

/** What the server said, in the words of the page's language. It speaks English to everybody; what an instructor wrote stays as it was written. */
export const inOwnWords = inWordsOf(language === 'en' ? {} : (await import('./es/said.ts')).sentences)
