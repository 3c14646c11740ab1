import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { Self } from '../../../shared/sim/types.ts'
import type { QualityTold } from '../../../shared/wire/messages.ts'
import { clockText } from '../../components/panels.tsx'
import { texts } from '../../texts/play.ts'

const missedShown = 3

/** What a decision was about, in a few words. */
function aboutWords(scenario: Scenario, about: string): string {
  const [on = '', name = ''] = about.split(' ')
  if (on === 'message') return scenario.messages[name]?.name ?? name
  if (on === 'alarm') return scenario.alarmNames?.[name] ?? texts.decidedOn.alarm
  return on === 'request' ? texts.decidedOn.request : texts.decidedOn.start
}

/** How the own decisions were, and the first ones that are worth another look, with a rule that fits. `self`: the node as it was last. */
export function Decisions({ told: { offered, agreed, missed }, scenario, self }: { told: QualityTold; scenario: Scenario; self: Self }) {
  return (
    <section class="decisions"><h2>{texts.decisions}</h2>
      <p>{offered === 0 ? texts.noDecisions : texts.decisionsOf(agreed, offered)}</p>
      {missed.length > 0 && <><h3>{texts.lookAgain}</h3><ul>{missed.slice(0, missedShown).map(({ atMs, fact, about, choice, would }) => {
        const rule = would.map((id) => scenario.rules[id]?.sentence).find((sentence) => sentence !== undefined)
        return <li key={fact}><b>{texts.decidedAt(clockText(atMs))}</b> <span class="mono">{aboutWords(scenario, about)}</span>: {choice === 'nothing' ? texts.didNothing : scenario.actions[choice]?.label(self) ?? choice}
          {rule !== undefined && <small>{texts.wouldHave} {rule}</small>}</li>
      })}</ul></>}
    </section>
  )
}
