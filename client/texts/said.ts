import { inWordsOf } from '../../shared/sim/said.ts'
import { language } from './language.ts'

/** What the server said, in the words of the page's language. It speaks English to everybody; what an instructor wrote stays as it was written. */
export const inOwnWords = inWordsOf(language === 'en' ? {} : (await import('./es/said.ts')).sentences)
