import { useEffect, useRef } from 'preact/hooks'

export interface ReplayKeys { toggle(): void; step(by: 1 | -1): void; home(): void; end(): void; breach(): void; escape(): void }

/** Keys belong to the field that has the focus first; Space presses the button that has it. */
function taken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('input:not([type="file"]), select, textarea') !== null) return true
  if (target.closest('[role="radiogroup"]') !== null && event.key.startsWith('Arrow')) return true
  return (event.key === ' ' || event.key === 'Enter') && target.closest('button, a, label') !== null
}

/** Space plays and pauses, arrows step a fact, Home and End, B goes to the next breach, Escape lets the node go. */
export function useReplayKeys(keys: ReplayKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (taken(event)) return
      switch (event.key) {
        case ' ': if (!event.repeat) latest.current.toggle(); break
        case 'ArrowRight': latest.current.step(1); break
        case 'ArrowLeft': latest.current.step(-1); break
        case 'Home': latest.current.home(); break
        case 'End': latest.current.end(); break
        case 'b': case 'B': latest.current.breach(); break
        case 'Escape': latest.current.escape(); break
        default: return
      }
      event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
