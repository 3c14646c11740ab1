import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { ClockMs } from '../../../shared/sim/types.ts'
import { Card } from '../../components/slips.tsx'
import type { Desk, LetterCard } from '../../model/choices.ts'
import { secondsText } from '../../model/student-scene.ts'
import { texts } from '../../texts/play.ts'
import type { Game } from './game.ts'
import { focusHot } from './focus-hot.ts'
import { Keys } from './keys.tsx'
import { RuleCard } from './rule-card.tsx'

function Slip({ game, card, scenario, clockMs, desk }: { game: Game; card: LetterCard; scenario: Scenario; clockMs: ClockMs; desk: Desk }) {
  const spec = scenario.messages[card.letter.message.kind]
  if (spec === undefined) return null
  const answered = card.letter.handled ? game.student.answered.get(card.letter.n) : undefined
  const pickable = card.choices.length > 0 && card.state !== 'hot'
  return (
    <Card packet={{ family: spec.family, letter: spec.letter, hollow: spec.hollow?.(card.letter.message) ?? false }} sentence={card.told.text} why={answered === undefined ? card.told.why : texts.youDid(answered)} kind={card.times > 1 ? texts.times(spec.name, card.times) : spec.name}
      age={texts.ago(secondsText(clockMs - card.letter.atMs))} state={card.state} {...(pickable ? { onPick: () => { game.hands.take('letter', card.letter.n); focusHot('.slip-hot') } } : {})}>
      {card.state === 'hot' && <Keys game={game} choices={card.choices} hot peers={Object.keys(desk.view.peers)} />}
    </Card>
  )
}

/** What arrived, when it arrived: what waits for an answer first, then newest first. */
export function Inbox({ game, desk, scenario, clockMs, onRules }: { game: Game; desk: Desk; scenario: Scenario; clockMs: ClockMs; onRules: () => void }) {
  return (
    <section class="side side-left" aria-label={texts.peersTell}>
      <h2 class="side-head">{texts.peersTell}<span>{texts.waitsFirst}</span></h2>
      <div class="side-list">
        {desk.cards.length === 0 && <p class="side-empty">{game.student.crash.value === null ? texts.inboxEmpty : texts.inboxDown}</p>}
        {desk.cards.map(card => <Slip key={card.letter.n} game={game} card={card} scenario={scenario} clockMs={clockMs} desk={desk} />)}
      </div>
      <RuleCard scenario={scenario} onOpen={onRules} />
    </section>
  )
}
