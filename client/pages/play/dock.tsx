import { useState } from 'preact/hooks'
import type { ClockMs } from '../../../shared/sim/types.ts'
import { Icon } from '../../components/icon.tsx'
import type { Desk } from '../../model/choices.ts'
import type { Seat } from '../../model/student.ts'
import { hintsOf } from '../../model/hint.ts'
import { nowLine } from '../../model/now-line.ts'
import { texts } from '../../texts/play.ts'
import { PredictionForm } from './crashed.tsx'
import type { Game } from './game.ts'
import { Keys } from './keys.tsx'
import { Policy, policyLine } from './policy.tsx'

/** With more keys than these the level's sentence would take a row of its own. */
const keysBesideLevel = 2

/** Below: what to look at, and what the node may do unasked. */
export function Dock({ game, desk, seat, clockMs, crashed }: { game: Game; desk: Desk; seat: Seat; clockMs: ClockMs; crashed: boolean }) {
  const asked = game.student.question.value?.open === true
  const isPolicy = seat.level === 'L3'
  const { seen, spoken } = asked ? { seen: [texts.answerFirst], spoken: texts.answerFirst } : isPolicy ? policyLine(seat, desk) : nowLine(desk, clockMs)
  const [hinting, setHinting] = useState(false)
  const hints = hinting && !crashed ? hintsOf(seat.scenario, seat.level, { ...seat.self, clockMs }, desk) : []
  return (
    <section class="dock" aria-label={texts.dock}>
      {hinting && !crashed && <div class="hint" id="hint" role="status"><b>{texts.hintTitle}</b> {hints.length === 0 ? texts.noHint : hints.map(sentence => <span>{sentence}</span>)}</div>}
      {!crashed && !isPolicy && <button type="button" class="hint-key" aria-expanded={hinting} aria-controls="hint" onClick={() => setHinting(!hinting)}>{hinting ? texts.hideHint : texts.hint}</button>}
      <p class="now" aria-hidden="true"><Icon name="right" sizePx={22} />{(crashed ? [texts.crashed] : seen).map(part => <span>{part}</span>)}</p>
      <p class="sr-only" role="status">{crashed ? texts.crashed : spoken}</p>
      <div class="dock-keys">
        {crashed ? <PredictionForm game={game} seat={seat} /> : isPolicy ? <Policy game={game} desk={desk} seat={seat} /> : <Keys game={game} choices={desk.dock} hot={false} peers={seat.self.peers} />}
        {desk.dock.length <= keysBesideLevel && !isPolicy && <p class="dock-level"><b>{texts.levelName(seat.level)}</b> {texts.levels[seat.level]}</p>}
      </div>
    </section>
  )
}
