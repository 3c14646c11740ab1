/** A recording that a page of this tab hands to the replay page. */

const storageKey = 'netsplit-recording'
export const HANDED_OVER = '#handed'

/** False when the browser keeps nothing of this size. */
export function handOver(text: string): boolean {
  try { sessionStorage.setItem(storageKey, text); return true } catch { return false }
}

/** What was handed over, for as long as the tab lives; null for nothing. */
export function handedOver(): string | null {
  try { return sessionStorage.getItem(storageKey) } catch { return null }
}
