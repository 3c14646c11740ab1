import { signal } from '@preact/signals'
import { keepTheme, keptTheme } from '../../link/seats.ts'

/** The cockpit is dark unless its user chose otherwise. */
export const theme = signal(keptTheme())

export function switchTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark'
  keepTheme(theme.value)
}
