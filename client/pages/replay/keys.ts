import { useEffect, useRef } from 'preact/hooks'

export interface ReplayKeys { toggle(): void; step(by: 1 | -1): void; home(): void; end(): void; breach(): void; escape(): void }

/**
 * Keys belong to the field that has the focus, and to a button or slider that was reached by keyboard. What was merely clicked
 * lets them go: who clicks a breach and then presses Space wants the round to play.
 */
function taken(event: KeyboardEvent, clicked: boolean): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('input:not([type="file"]), select, textarea') !== null) return true
  const control = target.closest('button, a, label, input, [role="slider"]')
  if (control === null) return false
  if (clicked) {
    target.blur()
    return false
  }
  if (event.key === ' ' || event.key === 'Enter') return true
  return event.key.startsWith('Arrow') && target.closest('[role="radiogroup"], [role="slider"]') !== null
}

/** Space plays and pauses, arrows step a fact, Home and End, B goes to the next breach, Escape lets the node go. */
export function useReplayKeys(keys: ReplayKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    // Asked when the focus comes: a key pressed later makes any focus a visible one.
    let clicked = false
    const focused = (event: FocusEvent): void => { clicked = event.target instanceof HTMLElement && !event.target.matches(':focus-visible') }
    const press = (event: KeyboardEvent): void => {
      if (taken(event, clicked)) return
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
      event.stopPropagation()
    }
    // Before the controls themselves, some of which have arrows of their own.
    addEventListener('keydown', press, { capture: true })
    addEventListener('focusin', focused)
    return () => {
      removeEventListener('keydown', press, { capture: true })
      removeEventListener('focusin', focused)
    }
  }, [])
}
