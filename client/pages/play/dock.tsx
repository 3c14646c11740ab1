import type { ClockMs } from '../../../shared/sim/types.ts'
import { Icon } from '../../components/icon.tsx'
import type { Desk } from '../../model/choices.ts'
import type { Seat } from '../../model/student.ts'
import { texts } from '../../texts.ts'
import { PredictionForm } from './crashed.tsx'
import type { Game } from './game.ts'
import { Keys } from './keys.tsx'

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
    add(ring === null || leftMs <= 0 ? texts.nothingWaits : `${texts.nothingWaits} ${texts.inTime(ring.label, `${Math.ceil(leftMs / 1_000)} s`)}`, texts.nothingWaits)
  }
  const shown = parts.slice(0, partsMax)
  return { seen: shown.map(part => part.seen), spoken: shown.map(part => part.spoken).join(' ') }
}

/** Below: what to look at, and what the node may do unasked. */
export function Dock({ game, desk, seat, clockMs, crashed }: { game: Game; desk: Desk; seat: Seat; clockMs: ClockMs; crashed: boolean }) {
  const { seen, spoken } = nowLine(desk, clockMs)
  return (
    <section class="dock" aria-label={texts.dock}>
      <p class="now" aria-hidden="true"><Icon name="right" sizePx={22} />{(crashed ? [texts.crashed] : seen).map(part => <span>{part}</span>)}</p>
      <p class="sr-only" role="status">{crashed ? texts.crashed : spoken}</p>
      <div class="dock-keys">
        {crashed ? <PredictionForm game={game} seat={seat} /> : <Keys game={game} choices={desk.dock} hot={false} peers={seat.self.peers} />}
        <p class="dock-level"><b>{texts.levelName(seat.level)}</b> {texts.levels[seat.level]}</p>
      </div>
    </section>
  )
}
