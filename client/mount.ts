import { render } from 'preact'
import type { ComponentChildren } from 'preact'

/** Shows a page. What stood there said that nothing runs, which is no longer so. */
export function mount(page: ComponentChildren): void {
  const root = document.getElementById('app')
  if (root === null) return
  root.replaceChildren()
  render(page, root)
}
