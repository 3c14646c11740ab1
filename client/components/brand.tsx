/** The mark: a node's ring torn in two, the right half slipped. */
const seam = '19,-2 15.5,8 20,13 12.5,19.5 17,24 13,34'

export function Mark({ sizePx = 28 }: { sizePx?: number }) {
  return (
    <svg class="mark" width={sizePx} height={sizePx} viewBox="0 0 32 32" aria-hidden="true">
      <clipPath id="mark-left"><polygon points={`-4,-4 ${seam} -4,36`} /></clipPath>
      <clipPath id="mark-right"><polygon points={`36,-4 ${seam} 36,36`} /></clipPath>
      <g clip-path="url(#mark-left)" fill="none">
        <circle cx="15" cy="15.5" r="10.5" stroke="var(--packet-edge)" stroke-width="8.4" />
        <circle cx="15" cy="15.5" r="10.5" stroke="var(--lamp)" stroke-width="6" />
      </g>
      <g transform="translate(2.6 2.2)"><g clip-path="url(#mark-right)">
        <circle cx="15" cy="15.5" r="10.5" fill="none" stroke="var(--ink)" stroke-width="6" />
      </g></g>
    </svg>
  )
}

export interface WordmarkProps { sizePx?: number }

/** One word on two baselines, with the mark. `sizePx` is the height of the mark. */
export function Wordmark({ sizePx = 30 }: WordmarkProps) {
  return (
    <span class="wordmark" role="img" aria-label="Netsplit" style={{ fontSize: `${sizePx * 0.8}px` }}>
      <Mark sizePx={sizePx} /><span class="wordmark-text" aria-hidden="true"><b>net</b><b>split</b></span>
    </span>
  )
}
