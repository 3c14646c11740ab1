import type { Page } from 'playwright-core'

/** What is wrong with a page's layout at its present size, a line for each thing. `fits`: it must not scroll. */
export function misfits(page: Page, fits: boolean): Promise<string[]> {
  return page.evaluate((mustFit) => {
    const found: string[] = [], { clientWidth, clientHeight, scrollHeight } = document.documentElement
    const nameOf = (element: Element): string => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} "${(element.textContent ?? '').trim().slice(0, 30)}"`
    const shown = (element: Element): boolean => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && element.closest('.sr-only, [aria-hidden="true"], [inert]') === null
    /** Whether something scrolls it out of sight, which a reader can undo. */
    const scrolledOut = (element: Element, x: number, y: number): boolean => {
      for (let up = element.parentElement; up !== null; up = up.parentElement) {
        const { overflowY } = getComputedStyle(up), { top, bottom, left, right } = up.getBoundingClientRect()
        if ((overflowY === 'auto' || overflowY === 'scroll') && (y < top || y > bottom || x < left || x > right)) return true
      }
      return false
    }
    if (mustFit && scrollHeight > clientHeight + 1) found.push(`scrolls: ${scrollHeight} px high`)
    const modal = document.querySelector('dialog[open], .node-menu')
    for (const element of (modal ?? document).querySelectorAll('*')) {
      if (!shown(element)) continue
      const box = element.getBoundingClientRect(), style = getComputedStyle(element)
      if (box.width > 0 && (box.right > clientWidth + 1 || box.left < -1) && element.closest('.stage, .space-time, .wall-sea, .art') === null) found.push(`sticks out: ${nameOf(element)}`)
      const hides = style.clipPath === 'none' && style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && element.children.length === 0
      if (hides && element.scrollWidth > element.clientWidth + 1) found.push(`cut off: ${nameOf(element)}`)
      if (element.matches('button, a.button') && box.width > 0 && (box.height < 23.5 || box.width < 23.5)) found.push(`small: ${nameOf(element)} ${Math.round(box.width)}x${Math.round(box.height)}`)
      if (element.matches('.key, .button-primary, .button-halt') && box.width > 0 && box.height < 43.5) found.push(`action below 44 px: ${nameOf(element)} ${Math.round(box.height)}`)
      if (element.matches('button:not(.code-row *), a[href], select, input:not([type=file], .code-field)') && box.width > 0) {
        const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2, top = document.elementFromPoint(x, y)
        const inside = y > 0 && y < document.documentElement.clientHeight
        if (inside && !scrolledOut(element, x, y) && (top === null || !(element.contains(top) || top.contains(element)))) found.push(`covered: ${nameOf(element)} by ${top === null ? 'nothing' : nameOf(top)}`)
      }
    }
    return [...new Set(found)]
  }, fits)
}
