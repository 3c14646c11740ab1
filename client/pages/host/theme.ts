import { signal } from '@preact/signals'

export type Theme = 'dark' | 'light'
const storageKey = 'netsplit-host-theme'

function first(): Theme {
  try { return localStorage.getItem(storageKey) === 'light' ? 'light' : 'dark' } catch { return 'dark' }
}

/** The cockpit is dark unless its user chose otherwise. */
export const theme = signal<Theme>(first())

export function switchTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark'
  try { localStorage.setItem(storageKey, theme.value) } catch { /* it holds until the page is closed */ }
}
