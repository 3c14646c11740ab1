/** A cut as a piece of its own: two torn edges that match, void and hatch between. Its width is a third of its height. */
export function Rift({ heightPx = 90, label }: { heightPx?: number, label?: string }) {
  const spoken = label === undefined ? { 'aria-hidden': 'true' as const } : { role: 'img' as const, 'aria-label': label }
  const left = 'M9 0L3 13L13 26L5 39L12 52L2 65L10 78L5 90', right = 'L17 90L22 78L14 65L24 52L17 39L25 26L15 13L21 0z'
  return (
    <svg class="rift" width={heightPx / 3} height={heightPx} viewBox="0 0 28 90" preserveAspectRatio="none" {...spoken}>
      <path d={left + right} fill="var(--void)" />
      <path d="M4 20L22 8M6 34L24 22M6 48L21 38M4 62L22 50M4 76L20 64M6 88L20 78" stroke="var(--fault)" stroke-width="2" />
      <path d={left} fill="none" stroke="var(--fault)" stroke-width="2.5" /><path d={`M${right.slice(1, -1)}`} fill="none" stroke="var(--fault)" stroke-width="2.5" />
    </svg>
  )
}
