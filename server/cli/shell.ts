/** A word as a shell takes it: plain, in double quotes where that is enough, as every shell knows them, or else in single quotes. A file is never taken for an option. */
export function shellWord(text: string): string {
  const word = text.startsWith('-') ? `./${text}` : text
  if (/^[\w./:@+=,-]+$/.test(word)) return word
  return /["$`!]|\\(?:\\|$)/.test(word) ? `'${word.replaceAll('\'', String.raw`'\''`)}'` : `"${word}"`
}

/** Where a recording is, and how to see it. */
export function recordingLine(file: string): string {
  return `The recording is in ${file}. Watch it at /replay/, or: npm run -s netsplit -- replay ${shellWord(file)}`
}
