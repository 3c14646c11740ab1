import { faults as inEnglish } from '../shared/faults/index.ts'
import type { FaultRegistry } from '../shared/sim/fault.ts'
import { checkWords as checksInEnglish } from '../shared/sim/fault-check.ts'
import type { CheckWords } from '../shared/sim/fault-check.ts'
import { language } from './texts/language.ts'

const translated = language === 'en' ? null : await import('../shared/faults/spanish.ts')

/** All faults, in the words of the page's language. */
export const faults: FaultRegistry = translated?.inSpanish ?? inEnglish
/** Why one cannot be started, in the same language. */
export const checks: CheckWords = translated?.checks ?? checksInEnglish
