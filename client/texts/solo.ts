import { texts as english } from './en/solo.ts'
import { language } from './language.ts'
import type { Words } from './language.ts'

export const texts: Words<typeof english> = language === 'en' ? english : (await import('./es/solo.ts')).texts
