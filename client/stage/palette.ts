/** The colours of the stage, read from the page so that they have one home. */
const names = ['ground', 'stage', 'line', 'edge', 'ink', 'ink-2', 'ink-3', 'lamp', 'lamp-ink', 'on-lamp', 'beat', 'ask', 'answer', 'order', 'customer', 'on-packet', 'on-ask', 'packet-edge', 'fault', 'on-fault', 'fog', 'void', 'font', 'mono'] as const
export type Palette = Record<typeof names[number], string>

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  return Object.fromEntries(names.map(name => [name, style.getPropertyValue(`--${name}`).trim()])) as Palette
}

/** `#rrggbb` as the number a Graphics object takes. */
export function colourNumber(colour: string): number {
  return Number.parseInt(colour.slice(1), 16)
}
