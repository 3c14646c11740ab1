import { scenarios as inEnglish } from '../shared/scenarios/index.ts'
import { language } from './texts/language.ts'

/** The missions, in the words of the page's language; one that has none in it stays English. */
export const scenarios: typeof inEnglish = language === 'en' ? inEnglish : { ...inEnglish, ...(await import('../shared/scenarios/spanish.ts')).inSpanish }
