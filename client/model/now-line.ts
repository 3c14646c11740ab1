import type { ClockMs } from '../../shared/sim/types.ts'
import { texts } from '../texts/play.ts'
import type { Desk } from './choices.ts'

const partsMax = 2
const ended = (text: string): string => (/[.?!]$/.test(text) ? text : `${text}.`)
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What to look at now, in at most two sentences. `spoken` leaves out whatever counts down, or it would be read out every second. */
export function nowLine(desk: Desk, clockMs: ClockMs): { seen: string[]; spoken: string } {
  const ticket = desk.tickets.find(each => each.hot) ?? desk.tickets[0], card = desk.cards.find(each => each.state === 'hot')
  const { ring, now } = desk.view
  const parts: { seen: string; spoken: string }[] = []
  const add = (seen: string, spoken = seen): void => { parts.push({ seen: ended(seen), spoken: ended(spoken) }) }
  if (card !== undefined) add(card.told.text)
  if (ticket !== undefined) add(capital(texts.runsOutIn(ticket.command, Math.max(0, Math.ceil((ticket.request.deadlineAtMs - clockMs) / 1_000)))), texts.waitsSpoken(ticket.command))
  if (now !== null) add(now)
  if (parts.length === 0) {
    const leftMs = ring === null ? 0 : ring.dueMs - clockMs
    add(ring === null || leftMs <= 0 ? texts.nothingWaits : `${texts.nothingWaits} ${texts.ringRunsOut(ring.label, `${Math.ceil(leftMs / 1_000)} s`)}`, texts.nothingWaits)
  }
  const shown = parts.slice(0, partsMax)
  return { seen: shown.map(part => part.seen), spoken: shown.map(part => part.spoken).join(' ') }
}
