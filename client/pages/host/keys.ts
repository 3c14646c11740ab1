import { useEffect, useRef } from 'preact/hooks'

export interface Keys { pause(): void; step(): void; select(index: number): void; people(): void; ask(): void; cut(): void; eyes(): void; escape(): void }

/** Keys belong to a field or a button that has the focus first. */
function taken(event: KeyboardEvent): boolean {
  // A sheet that lies over the page has the keyboard to itself.
  if (document.querySelector('dialog[open]') !== null) return true
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('input, select, textarea, [role="slider"], [role="radiogroup"]')) return event.key !== 'Escape'
  return event.key === ' ' && target.closest('button, a') !== null
}

/** Space pauses, the right arrow steps, digits choose a cluster, C cuts, E looks through a node's eyes, R shows the students, F freezes and asks, Escape leaves. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (taken(event)) return
      if (event.key === ' ' && !event.repeat) latest.current.pause()
      else if (event.key === 'ArrowRight') latest.current.step()
      else if (/^[0-9]$/.test(event.key)) latest.current.select((Number(event.key) + 9) % 10)
      else if (event.key === 'c' || event.key === 'C') latest.current.cut()
      else if (event.key === 'e' || event.key === 'E') latest.current.eyes()
      else if (event.key === 'r' || event.key === 'R') latest.current.people()
      else if (event.key === 'f' || event.key === 'F') latest.current.ask()
      else if (event.key === 'Escape') latest.current.escape()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
