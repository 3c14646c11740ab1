// What gives away a sentence that is not wholly in another language, or does not say the same.

/** Words of English sentences that mean nothing in Spanish. */
const TELLTALE = /(?<!\p{L})(?:and|or|the|of|its|it|with|only|from|is|are|was|were|at|by|for|more|must|some|all|any|none|nobody|not|to|in|on|that|this|there|has|had|long|an|be|name|list|value|object|missing|another|message|messages|node|nodes|term|clock|customer|steps)(?!\p{L})/iu

/** The first word that is English; null where none is. What stands in quotation marks was put in. */
export const englishIn = (text: string): string | null => TELLTALE.exec(text.replace(/"[^"]*"/g, ''))?.[0] ?? null

/** Names of nodes and all numbers of a sentence, in order of the alphabet. A comma inside a number is a point. */
export const putIn = (text: string): string[] => [...new Set(text.replace(/(\d),(\d)/g, '$1.$2').match(/\b[B-I]\b|\d+(?:\.\d+)?/g) ?? [])].toSorted()
