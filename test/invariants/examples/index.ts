import type { Example } from '../example.ts'

/**
 * Examples of every claim that missions share. A newcomer is one file beside this one, and one line here; the contract of all
 * claims (`../contract.test.ts`) then holds it to its word.
 */
export const examples: readonly Example[] = [
]
