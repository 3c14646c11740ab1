import type { ClockMs, NodeId } from '../../../shared/sim/types.ts'
import { Icon } from '../../components/icon.tsx'
import type { IconName } from '../../components/icon.tsx'
import { clockText } from '../../components/panels.tsx'
import { RequestTicket } from '../../components/slips.tsx'
import { ViewPanels } from '../../components/view-panels.tsx'
import type { Desk } from '../../model/choices.ts'
import type { Outcome } from '../../model/student.ts'
import { texts } from '../../texts/play.ts'
import { focusHot } from './focus-hot.ts'
import type { Game } from './game.ts'
import { Keys } from './keys.tsx'

const marks: Record<Outcome['how'], IconName> = { replied: 'check', redirected: 'right', expired: 'cross' }
const logged = 4

/** Who waits for an answer, the soonest deadline first, what the node keeps, and how the last ones ended. Where nobody asks (`asked`), what the node knows alone. */
export function Requests({ game, desk, clockMs, peers, asked }: { game: Game; desk: Desk; clockMs: ClockMs; peers: readonly NodeId[]; asked: boolean }) {
  const outcomes = game.student.outcomes.value.slice(0, logged), { panels = [] } = desk.view
  if (!asked) return <section class="side side-right" aria-label={texts.youKnow}><h2 class="side-head">{texts.youKnow}</h2><ViewPanels panels={panels} /></section>
  return (
    <section class="side side-right" aria-label={texts.customersAsk}>
      <h2 class="side-head">{texts.customersAsk}{desk.tickets.length > 0 && <span>{texts.wait(desk.tickets.length)}</span>}</h2>
      <div class="side-list">
        {desk.tickets.length === 0 && <p class="side-empty">{game.student.crash.value === null ? texts.noCustomer : texts.customersDown}</p>}
        {desk.tickets.map(({ request, command, hold, hot, choices }) => <RequestTicket key={request.n} command={command} hot={hot} hold={hot || choices.length === 0 ? hold : texts.nextInLine}
          secondsLeft={(request.deadlineAtMs - clockMs) / 1_000} secondsTotal={(request.deadlineAtMs - request.atMs) / 1_000}
          {...(choices.length === 0 ? {} : { onPick: () => { game.hands.take('request', request.n); focusHot('.ticket-hot') } })}>
          {hot && <Keys game={game} choices={choices} hot peers={peers} />}
        </RequestTicket>)}
      </div>
      <div class="view-panels"><ViewPanels panels={panels} /></div>
      {outcomes.length > 0 && <section class="answers"><h3>{texts.lastAnswers}</h3>
        <ul>{outcomes.map(one => <li key={one.key}><Icon name={marks[one.how]} sizePx={15} /><span>{one.how === 'replied' ? one.text : <><span class="mono">{one.command}</span> {one.text}</>}</span><time class="mono">{clockText(one.clockMs)}</time></li>)}</ul></section>}
    </section>
  )
}
