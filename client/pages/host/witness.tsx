import { useState } from 'preact/hooks'
import { factWords } from '../../../shared/fact-words.ts'
import { Button, Sheet, clockText } from '../../components/index.ts'
import type { FeedItem } from '../../model/cockpit.ts'
import { texts } from '../../texts/cockpit.ts'
import type { Session } from './session.ts'

/** The facts that break a claim, in their order, one at a time: what happened, to the eye from above, and the rule that would have prevented it. */
export function WitnessSheet({ session, item, onClose }: { session: Session; item: FeedItem; onClose: () => void }) {
  const cluster = session.cockpit.value?.clusters.find((one) => one.cluster === item.cluster), mission = session.scenario()
  const facts = witnessOf(session, item)
  const [at, setAt] = useState(0)
  const go = (by: number): void => setAt(Math.max(0, Math.min(facts.length - 1, at + by)))
  return (
    <Sheet title={texts.witnessTitle(item.claim)} closeWords={texts.close} onClose={onClose}>
      <p class="witness-sentence" lang="en">{item.sentence}</p>
      <ol class="witness" onKeyDown={(event) => {
        const by = event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : event.key === 'ArrowUp' || event.key === 'ArrowLeft' ? -1 : 0
        if (by === 0) return
        event.preventDefault()
        go(by)
      }}>{facts.map((n, index) => {
        const fact = cluster?.fact(n) ?? null
        return <li key={n} aria-current={index === at ? 'step' : undefined}><button type="button" onClick={() => setAt(index)}>
          {fact === null || mission === null ? texts.letGo : <><time class="mono">{clockText(fact.atMs, true)}</time> <span lang="en">{factWords(fact, mission)}</span></>}</button></li>
      })}</ol>
      <div class="host-row"><Button icon="left" onClick={() => go(-1)}>{texts.previous}</Button><Button icon="right" onClick={() => go(1)}>{texts.next}</Button><span role="status">{texts.step(at + 1, facts.length)}</span></div>
      <p><b>{texts.prevention}</b> <span lang="en">{item.prevention}</span></p>
    </Sheet>
  )
}

/** Numbers of the facts that a breach names, in order. */
export function witnessOf(session: Session, item: FeedItem): number[] {
  const breach = session.cockpit.value?.clusters.find((one) => one.cluster === item.cluster)?.fact(item.n) ?? null
  return breach === null ? [] : [...new Set([...breach.because, ...breach.before])].toSorted((a, b) => a - b)
}
