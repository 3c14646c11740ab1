import { factWords } from '../../fact-words.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { FactNo, NodeId } from '../../../shared/sim/types.ts'
import { LampGlyph, clockText } from '../../components/index.ts'
import { factsAround } from '../../model/replay.ts'
import { texts } from '../../texts/replay.ts'

const before = 3, after = 5

/** What happened round the cursor, one sentence a fact. */
export function FactList({ facts, scenario, index, node, playing, onPick }: { facts: readonly Fact[]; scenario: Scenario; index: FactNo; node: NodeId | null; playing: boolean; onPick: (fact: FactNo) => void }) {
  const shown = factsAround(facts, index, before, after, node)
  const now = facts[index]
  return (
    <section class="fact-list" aria-label={texts.facts.label}>
      <h3>{node === null ? texts.facts.label : texts.facts.of(node)}<small>{texts.facts.keys}</small></h3>
      <p class="sr-only" aria-live="polite">{playing || now === undefined ? '' : factWords(now, scenario)}</p>
      {index < 0 && <p class="quiet">{texts.factsLeft}</p>}
      <ol>{shown.map((n) => {
        const fact = facts[n]
        if (fact === undefined) return null
        const words = factWords(fact, scenario)
        return (
          <li key={n} class={`${n === index ? 'is-current' : n > index ? 'is-ahead' : ''} ${fact.kind === 'breached' ? 'is-broken' : ''}`} aria-current={n === index ? 'true' : undefined}>
            <button type="button" onClick={() => onPick(n)} title={words}><time class="mono">{clockText(fact.atMs, true)}</time>
              {fact.kind === 'breached' ? <LampGlyph state="broken" sizePx={16} /> : <i>{fact.node ?? ''}</i>}<span>{words}</span></button></li>
        )
      })}</ol>
    </section>
  )
}
