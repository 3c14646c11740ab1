import { inWordsOf } from '../../shared/sim/said.ts'
import { language } from './language.ts'

const own = language === 'en' ? null : await import('./es/why.ts')

/** Why something was not done, in the words of the page's language: what the room says, or the world. These sentences fit more than their own, so nothing that somebody wrote comes here. */
export const whyInOwnWords = inWordsOf(own?.reasons ?? {}, own?.parts)
