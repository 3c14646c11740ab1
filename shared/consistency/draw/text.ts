/** Share of the font's size that a character is wide at most, on average: a label that fits by this fits in every usual font. */
const WIDE = 0.6, WIDE_MONO = 0.61

export const widthOf = (text: string, size: number, mono = false): number => text.length * size * (mono ? WIDE_MONO : WIDE)

/** Text as it may stand in an element or an attribute of SVG. What XML forbids, and what turns the direction of writing, becomes a question mark. */
export function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu, '?')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\'', '&#39;')
}

/** As much of a text as fits, with an ellipsis where something is left out; empty when there is no room for anything. */
export function cut(text: string, width: number, size: number, mono = false): string {
  if (widthOf(text, size, mono) <= width) return text
  const room = Math.floor(width / (size * (mono ? WIDE_MONO : WIDE))) - 1
  return room < 2 ? '' : `${Array.from(text).slice(0, room).join('')}…`
}

/** A sentence in lines that fit; at most `linesMax`, the last of which says with an ellipsis that there was more. */
export function wrapped(text: string, width: number, size: number, linesMax: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer, size) <= width) line = longer
    else {
      if (line !== '') lines.push(line)
      line = cut(word, width, size)
    }
  }
  if (line !== '') lines.push(line)
  if (lines.length <= linesMax) return lines
  const shown = lines.slice(0, linesMax)
  return [...shown.slice(0, -1), cut(`${shown.at(-1) ?? ''} ${lines[linesMax] ?? ''} more`, width, size)]
}
