import { useEffect, useRef, useState } from 'preact/hooks'
import { factWords } from '../../fact-words.ts'
import { Button, Icon, clockText } from '../../components/index.ts'
import type { FeedItem } from '../../model/cockpit.ts'
import { placeOf } from '../../model/fact-place.ts'
import { texts as all } from '../../texts/cockpit.ts'
import { aim } from './chaos.ts'
import type { Session } from './session.ts'

const texts = all.judge

/** The facts that break a claim, in their order, one at a time: what happened, where on the stage, and the rule that would have prevented it. The stage stays in sight. */
export function Witness({ session, item, onClose }: { session: Session; item: FeedItem; onClose: () => void }) {
  const cluster = session.cockpit.value?.clusters.find((one) => one.cluster === item.cluster), mission = session.scenario()
  const facts = witnessOf(session, item), list = useRef<HTMLOListElement>(null)
  const [at, setAt] = useState(0)
  const shown = cluster?.fact(facts[at] ?? -1) ?? null
  useEffect(() => {
    aim.value = shown === null ? null : placeOf(shown)
    return () => { aim.value = null }
  }, [shown])
  useEffect(() => { list.current?.querySelector('button')?.focus() }, [])
  const go = (by: number): void => {
    const next = Math.max(0, Math.min(facts.length - 1, at + by))
    setAt(next)
    list.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <section class="witness-panel" aria-label={texts.witnessTitle(item.claim)} onKeyDown={(event) => {
      const by = event.key === 'ArrowDown' || event.key === 'ArrowRight' ? 1 : event.key === 'ArrowUp' || event.key === 'ArrowLeft' ? -1 : 0
      if (by !== 0) go(by)
      else if (event.key === 'Escape') onClose()
      else return
      event.preventDefault()
      event.stopPropagation()
    }}>
      <header><h2>{texts.witnessTitle(item.claim)}</h2><button type="button" class="chip-stop" aria-label={all.close} onClick={onClose}><Icon name="cross" sizePx={14} /></button></header>
      <div class="witness-scroll"><p>{item.sentence}</p>
        <p class="quiet">{texts.walk} {texts.pausedHint}</p>
        <ol class="witness" ref={list}>{facts.map((n, index) => {
          const fact = cluster?.fact(n) ?? null
          return <li key={n} aria-current={index === at ? 'step' : undefined}><button type="button" tabIndex={index === at ? 0 : -1} onClick={() => setAt(index)}>
            {fact === null || mission === null ? texts.letGo : <><time class="mono">{clockText(fact.atMs, true)}</time><span>{factWords(fact, mission)}</span></>}</button></li>
        })}</ol>
        <p class="witness-rule"><b>{texts.prevention}</b> <span>{item.prevention}</span></p></div>
      <footer><Button label={texts.previous} icon="left" refusal={at === 0 ? texts.step(1, facts.length) : null} onClick={() => go(-1)}>{''}</Button><span role="status">{texts.step(at + 1, facts.length)}</span><Button label={texts.next} icon="right" refusal={at === facts.length - 1 ? texts.step(facts.length, facts.length) : null} onClick={() => go(1)}>{''}</Button></footer>
    </section>
  )
}

/** Numbers of the facts that a breach names, in order. */
export function witnessOf(session: Session, item: FeedItem): number[] {
  const breach = session.cockpit.value?.clusters.find((one) => one.cluster === item.cluster)?.fact(item.n) ?? null
  return breach === null ? [] : [...new Set([...breach.because, ...breach.before])].toSorted((a, b) => a - b)
}
