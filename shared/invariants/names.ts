/** Names as a sentence lists them: `A`, `A and B`, `A, B and C`. */
export const and = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`)
