import { Button, clockText } from '../../components/index.ts'
import { elapsedAt } from '../../link/connect.ts'
import type { LobbyView } from '../../link/connect.ts'
import { texts } from '../../texts/direct.ts'
import { followTime } from './session.ts'
import type { Session } from './session.ts'

/** The runbook's line that holds at this moment of the round, or null. */
export function runbookNow(session: Session, lobby: LobbyView) {
  const runbook = session.scenario()?.lesson.runbook ?? [], nowMs = elapsedAt(lobby, performance.now())
  return { nowMs, entry: runbook.findLast((one) => one.atMs <= nowMs) ?? null, next: runbook.find((one) => one.atMs > nowMs) ?? null }
}

/** What to say and to ask at this minute, and the way to ask it of all. */
export function Runbook({ session, lobby }: { session: Session; lobby: LobbyView }) {
  followTime(session)
  const { nowMs, entry, next } = runbookNow(session, lobby), question = session.question.value
  return (
    <div class="runbook"><h2 class="panel-head">{texts.minute(Math.floor(nowMs / 60_000))}<span>{next === null ? texts.nothingMore : texts.nextAt(clockText(next.atMs))}</span></h2>
      {entry !== null && <p class="quiet">{entry.say}</p>}
      {entry?.ask !== undefined && <p class="runbook-ask">{entry.ask}</p>}
      <Button icon="pause" onClick={() => { session.sheet.value = 'ask' }}>{question === null ? texts.ask.button : question.open ? texts.ask.open : texts.ask.closed}</Button>
    </div>
  )
}
