import { Fragment } from 'preact'

/** Parts of a text; a word of the glossary carries its meaning. Longer words win over those that they contain, and a plural is the same word. */
export function glossedParts(text: string, glossary: { readonly [word: string]: string }): { text: string; meaning: string | null }[] {
  const words = Object.keys(glossary).sort((a, b) => b.length - a.length)
  if (words.length === 0) return [{ text, meaning: null }]
  const escaped = words.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return text.split(new RegExp(`\\b((?:${escaped.join('|')})s?)\\b`, 'gi')).filter(part => part !== '').map(part => {
    const lower = part.toLowerCase(), word = words.find(each => lower === each || lower === `${each}s`)
    return { text: part, meaning: word === undefined ? null : glossary[word] ?? null }
  })
}

/** A text whose terms explain themselves when pointed at; the rule card has them all for whoever does not point. */
export function Glossed({ text, glossary }: { text: string; glossary: { readonly [word: string]: string } }) {
  return <>{glossedParts(text, glossary).map((part, index) => <Fragment key={index}>{part.meaning === null ? part.text : <abbr title={part.meaning}>{part.text}</abbr>}</Fragment>)}</>
}
