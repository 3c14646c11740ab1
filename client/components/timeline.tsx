import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { texts } from '../texts/common.ts'
import { Band } from './timeline-band.tsx'
import type { BandEdit } from './timeline-band.tsx'

export interface TimelineBand { key: string, label: string, fromMs: number, toMs: number, kind: 'ran' | 'planned' | 'plain' | 'now', edit?: BandEdit }
export interface TimelineProps {
  durationMs: number
  bands: readonly TimelineBand[]
  breaches?: readonly { key: string, atMs: number, label: string }[]
  cursorMs?: number | null
  /** The part shown below, as a bracket. */
  window?: { fromMs: number, toMs: number } | null
  ticks?: readonly { atMs: number, label: string }[]
  /** Makes the cursor a slider: arrows a second, Page keys ten. */
  onSeek?: (atMs: number) => void
  /** A breach's mark was pressed; without it the cursor goes there, and where there is nowhere to go it is a mark alone. */
  onBreach?: (key: string) => void
  label?: string
  /** Rows of bands; what overlaps more than that shares the last one. */
  rowsMost?: number
  children?: ComponentChildren
}

/** Bands that do not overlap share a row. Returns a row for each band, in order. */
export function bandRows(bands: readonly Pick<TimelineBand, 'fromMs' | 'toMs'>[]): number[] {
  const ends: number[] = []
  return bands.map(band => {
    const free = ends.findIndex(endMs => endMs <= band.fromMs)
    const row = free === -1 ? ends.length : free
    ends[row] = band.toMs
    return row
  })
}

function BreachGlyph() {
  return <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true"><path d="M-1-7A7 7 0 0 0-3 6L-1 2L-4 0L0-3zM3-6.5A7 7 0 0 1 2 7L3 3L0 1L4-2z" fill="none" stroke="var(--fault)" stroke-width="2" /></svg>
}

/** Hatched = ran, dashed = planned, crack = breach, yellow = cursor, bracket = window. */
export function Timeline({ durationMs, bands, breaches = [], cursorMs = null, window = null, ticks = [], onSeek, onBreach, label = texts.timeline, rowsMost = Infinity, children }: TimelineProps) {
  const place = useRef<HTMLDivElement>(null)
  const percent = (atMs: number) => `${Math.max(0, Math.min(1, atMs / Math.max(1, durationMs))) * 100}%`
  const rows = bandRows(bands).map(row => Math.min(row, rowsMost - 1))
  const rowCount = Math.max(1, ...rows.map(row => row + 1))
  const seek = (event: PointerEvent) => {
    if (!onSeek || !(event.currentTarget instanceof HTMLElement)) return
    const box = event.currentTarget.getBoundingClientRect()
    onSeek(Math.round(Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * durationMs))
  }
  const keys: Record<string, number> = { ArrowLeft: -1000, ArrowRight: 1000, PageDown: -10_000, PageUp: 10_000 }
  return (
    <div class="timeline" ref={place} style={{ '--rows': rowCount }} onPointerDown={event => { if (onSeek) { event.currentTarget.setPointerCapture(event.pointerId); seek(event) } }}
      onPointerMove={event => { if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event) }}>
      {children}
      {bands.map((band, index) => <Band key={band.key} band={band} msPerPx={() => durationMs / Math.max(1, place.current?.clientWidth ?? 1)}
        style={{ left: percent(band.fromMs), width: `calc(${percent(band.toMs)} - ${percent(band.fromMs)})`, top: `${(rows[index] ?? 0) * 18}px` }} />)}
      <span class="timeline-axis" />
      {ticks.map(tick => <span class="timeline-tick" style={{ left: percent(tick.atMs) }}>{tick.label}</span>)}
      {breaches.map(breach => {
        const at = { class: 'breach-mark', style: { left: percent(breach.atMs) }, 'aria-label': breach.label, title: breach.label }
        if (!onBreach && !onSeek) return <span {...at} key={breach.key} role="img"><BreachGlyph /></span>
        return <button {...at} key={breach.key} type="button" onPointerDown={event => event.stopPropagation()} onClick={() => { if (onBreach) onBreach(breach.key); else onSeek?.(breach.atMs) }}><BreachGlyph /></button>
      })}
      {window && <span class="timeline-window" style={{ left: percent(window.fromMs), width: `calc(${percent(window.toMs)} - ${percent(window.fromMs)})` }} />}
      {cursorMs !== null && <span class="timeline-cursor" style={{ left: percent(cursorMs) }} {...(onSeek ? { role: 'slider', tabIndex: 0, 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': Math.round(durationMs / 1000), 'aria-valuenow': Math.round(cursorMs / 1000) } as const : { 'aria-hidden': true })}
        onKeyDown={event => { const step = keys[event.key]; if (step !== undefined && onSeek) { event.preventDefault(); event.stopPropagation(); onSeek(Math.max(0, Math.min(durationMs, cursorMs + step))) } }} />}
    </div>
  )
}
