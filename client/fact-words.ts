import * as english from '../shared/fact-words.ts'
import type { Telling } from '../shared/fact-words.ts'
import { language } from './texts/language.ts'

/** Facts in the words of the page's language. */
export const { factWords, breachSentence, faultTitle }: Telling = language === 'en' ? english : await import('../shared/fact-words-es.ts')
