/** Names as a sentence lists them: `A`, `A and B`, `A, B and C`. */
export const and = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`)

/** A text that begins a sentence. */
export const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** Time of a round as `mm:ss`, with as many digits of the second as asked for, never rounded up. */
export function clockText(ms: number, decimals: 0 | 1 | 3 = 0): string {
  const digits = (value: number, width: number): string => String(value).padStart(width, '0')
  const fraction = decimals === 0 ? '' : `.${digits(Math.floor(ms % 1_000), 3).slice(0, decimals)}`
  return `${digits(Math.floor(ms / 60_000), 2)}:${digits(Math.floor(ms / 1_000) % 60, 2)}${fraction}`
}
