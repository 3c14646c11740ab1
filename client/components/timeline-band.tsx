import { useRef, useState } from 'preact/hooks'
import type { TimelineBand } from './timeline.tsx'

/** What can be done to a band: it is moved, by hand or by arrows, taken away, and chosen. */
export interface BandEdit {
  chosen: boolean
  choose(): void
  /** By so much, in ms. */
  move(byMs: number): void
  remove(): void
}

/** A pointer that moved less, in px, pressed. */
const pressPx = 4

/** One fault on the timeline. A planned one may be dragged; by keyboard arrows move it a second, with Shift ten, and Delete takes it away. */
export function Band({ band, style, msPerPx }: { band: TimelineBand; style: { [name: string]: string }; msPerPx: () => number }) {
  const from = useRef(0), [byPx, setByPx] = useState(0)
  const { edit } = band
  if (edit === undefined) return <span class={`band band-${band.kind}`} title={band.label} style={style}><i>{band.label}</i></span>
  const keys = (event: KeyboardEvent): void => {
    const far = event.shiftKey ? 10_000 : 1_000, byMs = event.key === 'ArrowLeft' ? -far : event.key === 'ArrowRight' ? far : 0
    if (byMs !== 0) edit.move(byMs)
    else if (event.key === 'Delete' || event.key === 'Backspace') edit.remove()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <button type="button" class={`band band-${band.kind} band-edit`} title={band.label} aria-pressed={edit.chosen} data-band={band.key} style={{ ...style, ...(byPx === 0 ? {} : { transform: `translateX(${byPx}px)` }) }} onKeyDown={keys}
      onPointerDown={(event) => { event.stopPropagation(); event.currentTarget.setPointerCapture(event.pointerId); from.current = event.clientX }}
      onPointerMove={(event) => { if (event.currentTarget.hasPointerCapture(event.pointerId)) setByPx(event.clientX - from.current) }}
      onPointerCancel={() => setByPx(0)}
      onPointerUp={(event) => {
        const moved = event.clientX - from.current
        setByPx(0)
        if (Math.abs(moved) >= pressPx) edit.move(Math.round(moved * msPerPx() / 1_000) * 1_000)
      }}
      onClick={(event) => { if (event.detail === 0 || Math.abs(event.clientX - from.current) < pressPx) edit.choose() }}><i>{band.label}</i></button>
  )
}
