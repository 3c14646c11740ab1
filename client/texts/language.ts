/** Which language the page speaks: what its address asks for (`?lang=es`), what was chosen before, or what the browser prefers. */

export const LANGUAGES = { en: 'English', es: 'Español' } as const
export type Language = keyof typeof LANGUAGES
const storageKey = 'netsplit-language'

const isLanguage = (text: string | null | undefined): text is Language => typeof text === 'string' && Object.hasOwn(LANGUAGES, text)

/** The first of the wishes that we speak, without their regions; English if there is none. */
export function languageOf(wishes: readonly (string | null | undefined)[]): Language {
  return wishes.map((wish) => wish?.toLowerCase().split('-')[0]).find(isLanguage) ?? 'en'
}

function wishes(): (string | null | undefined)[] {
  if (typeof document === 'undefined') return []
  const asked = new URLSearchParams(location.search).get('lang')
  let kept: string | null = null
  try {
    if (isLanguage(asked)) localStorage.setItem(storageKey, asked)
    kept = localStorage.getItem(storageKey)
  } catch { /* a browser that keeps nothing is asked each time */ }
  return [asked, kept, ...navigator.languages]
}

export const language: Language = languageOf(wishes())
if (typeof document !== 'undefined') document.documentElement.lang = language

/** Speaks another language from now on: the page is loaded again. */
export function chooseLanguage(next: Language): void {
  try { localStorage.setItem(storageKey, next) } catch { /* the address says it */ }
  const url = new URL(location.href)
  url.searchParams.set('lang', next)
  location.replace(url)
  // Where only the fragment is left of the address, a replacement need not load anything.
  if (url.href === location.href) location.reload()
}

export type { Words } from '../../shared/sim/catalogue.ts'
