import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import { Wordmark } from './brand.tsx'
import { texts } from '../texts/common.ts'

export interface TopBarProps { left?: ComponentChildren, right?: ComponentChildren, tall?: boolean }

/** The bar of real things: round timer, meters, your network. */
export function TopBar({ left, right, tall = false }: TopBarProps) {
  return <header class={tall ? 'topbar topbar-tall' : 'topbar'}><Wordmark /><div class="topbar-left">{left}</div><div class="topbar-right">{right}</div></header>
}

export interface PlateProps { items: readonly { label: string, value: ComponentChildren, note?: string | null, keptIn?: 'disk' | 'memory' | null }[] }

/** What the node knows about itself, each with where it is kept. */
export function Plate({ items }: PlateProps) {
  return <dl class="plate">{items.map(item => <div>
    <dt>{item.keptIn && <Icon name={item.keptIn} sizePx={14} label={item.keptIn === 'disk' ? texts.onDisk : texts.inMemory} />}{item.label}</dt>
    <dd><b>{item.value}</b>{item.note && <small>{item.note}</small>}</dd></div>)}</dl>
}

export interface MeterProps { label: string, value: string, title?: string }

/** A public number: words before figures. */
export function Meter({ label, value, title }: MeterProps) {
  return <span class="meter" title={title}><span>{label}</span> <b>{value}</b></span>
}

export interface LampProps { state: 'holds' | 'broken' | 'due', claim: string, note?: string }

/** A judge's lamp: disc with tick, cracked, or hollow. */
export function Lamp({ state, claim, note }: LampProps) {
  return <div class={`lamp lamp-${state}`}><LampGlyph state={state} /><span class="mono">{claim}</span><span>{note ?? texts.lamp[state]}</span></div>
}

/** The glyph of a lamp alone. */
export function LampGlyph({ state, sizePx = 20 }: { state: LampProps['state'], sizePx?: number }) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="-10 -10 20 20" aria-hidden="true">
      {state === 'holds' && <><circle r="9" fill="var(--answer)" /><path d="M-4 0L-1 3L4-3" fill="none" stroke="var(--on-packet)" stroke-width="2.4" /></>}
      {state === 'broken' && <path d="M-1-9A9 9 0 0 0-4 8L-2 3L-5 0L0-4zM3-8.5A9 9 0 0 1 2 9L4 4L0 1L5-3z" fill="none" stroke="var(--fault)" stroke-width="2" />}
      {state === 'due' && <circle r="8" fill="none" stroke="var(--ink-3)" stroke-width="1.5" stroke-dasharray="3 3" />}
    </svg>
  )
}

export interface FaultChipProps {
  icon: IconName
  title: string
  /** Target, and asked against got. */
  detail: string
  secondsLeft: number | null
  secondsTotal: number | null
  onStop?: () => void
}

/** A running fault with its countdown and hatched burn-down. */
export function FaultChip({ icon, title, detail, secondsLeft, secondsTotal, onStop }: FaultChipProps) {
  const share = secondsLeft !== null && secondsTotal ? Math.max(0, Math.min(1, secondsLeft / secondsTotal)) : 1
  return (
    <div class="fault-chip"><Icon name={icon} /><div><b>{title}</b><time class="mono">{secondsLeft === null ? texts.untilHealed : clockText(secondsLeft * 1000)}</time>
      <small>{detail}</small><span class="burn"><i style={{ width: `${share * 100}%` }} /></span></div>
      {onStop && <button type="button" class="chip-stop" aria-label={texts.stop(title)} onClick={onStop}><Icon name="cross" sizePx={14} /></button>}</div>
  )
}

export interface LinkBadgeProps { state: 'fine' | 'slow' | 'gone', latencyMs?: number | null }

/** Your real network; the plug never means a fault of the game. */
export function LinkBadge({ state, latencyMs = null }: LinkBadgeProps) {
  return <span class={`link-badge link-${state}`}><Icon name="plug" /><span>{texts.network[state]}</span>{latencyMs !== null && <span class="mono">{Math.round(latencyMs)} ms</span>}</span>
}

/** m:ss, or mm:ss.t with tenths. */
export function clockText(valueMs: number, tenths = false): string {
  const whole = Math.max(0, tenths ? Math.floor(valueMs / 100) : Math.ceil(valueMs / 1000) * 10)
  const minutes = Math.floor(whole / 600), seconds = String(Math.floor(whole / 10) % 60).padStart(2, '0')
  return tenths ? `${String(minutes).padStart(2, '0')}:${seconds}.${whole % 10}` : `${minutes}:${seconds}`
}

export interface ClockDigitsProps { valueMs: number, note?: ComponentChildren, tenths?: boolean, sizePx?: number }

/** A clock in figures that do not dance. */
export function ClockDigits({ valueMs, note, tenths = true, sizePx = 28 }: ClockDigitsProps) {
  return <span class="clock-digits"><Icon name="clock" sizePx={22} /><time class="mono" style={{ fontSize: `${sizePx}px` }}>{clockText(valueMs, tenths)}</time>{note && <small>{note}</small>}</span>
}
