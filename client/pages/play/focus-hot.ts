/** Taking a thing turns its button into keys: the keyboard's place goes along, to the first of them. */
export function focusHot(selector: string): void {
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector<HTMLElement>(`${selector} .key`)?.focus()))
}
