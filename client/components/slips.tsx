import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import { PacketGlyph } from './glyphs.tsx'
import type { PacketFamily } from './glyphs.tsx'
import { texts } from '../texts/common.ts'

export interface CardProps {
  packet: { family: PacketFamily, letter: string, hollow?: boolean }
  /** The plain sentence: "D asks for your vote in term 3." */
  sentence: string
  why?: string | null
  /** The kind, as the field writes it: `REQUEST_VOTE`. */
  kind: string
  age: string
  state: 'hot' | 'new' | 'done' | 'old'
  /** Taking a waiting card; leave out for one that only informs. */
  onPick?: () => void
  /** The keys, shown when hot. */
  children?: ComponentChildren
}

/** One slip of the inbox. At most one is hot in a column. */
export function Card({ packet, sentence, why = null, kind, age, state, onPick, children }: CardProps) {
  const head = <>
    <PacketGlyph {...packet} dim={state === 'old'} />
    <span class="slip-words"><b>{sentence}</b>{why && <span class="slip-why">{why}</span>}
      <span class="slip-foot mono"><span>{kind}</span><span>{age}</span></span></span>
  </>
  return (
    <article class={`slip slip-${state}`} aria-current={state === 'hot' ? 'true' : undefined}>
      {onPick && state !== 'hot' ? <button type="button" class="slip-head" onClick={onPick}>{head}</button> : <div class="slip-head">{head}</div>}
      {state === 'hot' && children && <div class="slip-keys">{children}</div>}
    </article>
  )
}

export interface RequestTicketProps {
  command: string
  secondsLeft: number
  /** How many seconds it had; one pip stands for one, up to 24. */
  secondsTotal: number
  /** What you hold, and what you believe. */
  hold: ComponentChildren
  hot: boolean
  onPick?: () => void
  children?: ComponentChildren
}

/** A customer's request. Under five seconds the figure is bold; nothing blinks. */
export function RequestTicket({ command, secondsLeft, secondsTotal, hold, hot, onPick, children }: RequestTicketProps) {
  const count = Math.min(24, Math.max(1, Math.ceil(secondsTotal)))
  const lit = Math.ceil(Math.max(0, secondsLeft) / Math.max(1, secondsTotal) * count)
  const head = <>
    <span class="ticket-head"><code>{command}</code><span class={secondsLeft < 5 ? 'ticket-left is-late' : 'ticket-left'}><b>{Math.max(0, Math.ceil(secondsLeft))}</b> {texts.secondsLeft}</span></span>
    <span class="pips" aria-hidden="true">{Array.from({ length: count }, (_, index) => <i class={index < lit ? 'is-lit' : ''} />)}</span>
    <span class="ticket-hold">{hold}</span>
  </>
  return (
    <article class={hot ? 'ticket ticket-hot' : 'ticket'} aria-current={hot ? 'true' : undefined}>
      {onPick && !hot ? <button type="button" class="ticket-body" onClick={onPick}>{head}</button> : <div class="ticket-body">{head}</div>}
      {hot && children && <div class="slip-keys">{children}</div>}
    </article>
  )
}

export interface BreachItemProps { claim: string, severity: string, time: string, sentence: string, /** Words of the button that shows its witness. */ witnessWords?: string, onWitness?: () => void }

/** A broken claim of the feed: when, what, and its witness. */
export function BreachItem({ claim, severity, time, sentence, witnessWords, onWitness }: BreachItemProps) {
  return (
    <article class="breach"><header><b class="mono">{claim}</b> <span>{severity}</span><time>{time}</time></header><p>{sentence}</p>
      {onWitness && <button type="button" class="link" onClick={onWitness}>{witnessWords}</button>}
    </article>
  )
}

export interface NoticeProps { children: ComponentChildren, kind?: 'now' | 'error' | 'info', action?: ComponentChildren }

/** The one spoken line. An error interrupts, the rest waits. */
export function Notice({ children, kind = 'now', action }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'} aria-live={kind === 'error' ? 'assertive' : 'polite'}>
      <Icon name={kind === 'now' ? 'right' : kind === 'error' ? 'plug' : 'help'} /><span>{children}</span>{action}
    </div>
  )
}
