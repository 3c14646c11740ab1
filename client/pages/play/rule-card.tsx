import type { Scenario } from '../../../shared/sim/scenario.ts'
import { Icon } from '../../components/icon.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { texts } from '../../texts/play.ts'
import { Glossed } from './glossed.tsx'

/** The rules in order, as the mission has them. */
export function Rules({ scenario }: { scenario: Scenario }) {
  const { ruleCard, glossary } = scenario.lesson
  return <ol class="rules-list">{ruleCard.rules.map(rule => <li><span><b><Glossed text={rule.strong} glossary={glossary} /></b> <Glossed text={rule.rest} glossary={glossary} /></span></li>)}</ol>
}

/** The card at the foot of the inbox; on a low screen only its title, which opens the whole. */
export function RuleCard({ scenario, onOpen }: { scenario: Scenario; onOpen: () => void }) {
  return (
    <section class="rules">
      <button type="button" class="rules-title" aria-keyshortcuts="?" title={texts.rulesKey} onClick={onOpen}><Icon name="book" /><b>{scenario.lesson.ruleCard.title}</b><kbd>?</kbd></button>
      <Rules scenario={scenario} />
    </section>
  )
}

/** Rule card and glossary over everything. Escape closes it. */
export function RuleSheet({ scenario, onClose }: { scenario: Scenario; onClose: () => void }) {
  return (
    <Sheet title={scenario.lesson.ruleCard.title} closeWords={texts.rulesClose} onClose={onClose}>
      <div class="rule-sheet"><Rules scenario={scenario} />
        <h3>{texts.glossary}</h3>
        <dl>{Object.entries(scenario.lesson.glossary).map(([word, meaning]) => <div><dt>{word}</dt><dd>{meaning}</dd></div>)}</dl></div>
    </Sheet>
  )
}
