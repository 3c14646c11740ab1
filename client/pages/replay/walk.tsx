import { useMemo, useRef } from 'preact/hooks'
import type { FactNo, SimMs } from '../../../shared/sim/types.ts'
import { Button, LampGlyph, clockText } from '../../components/index.ts'
import type { BreachWalk, Round } from '../../model/replay.ts'
import { texts } from '../../texts/replay.ts'
import { SpaceTimeDiagram } from './space-time.tsx'

export interface WalkProps {
  round: Round
  chosen: number | null
  index: FactNo
  onChoose: (breach: number) => void
  onFact: (fact: FactNo) => void
  nowMs: SimMs
  onSeek: (ms: SimMs) => void
}

/** Every broken claim, and how the chosen one broke, fact by fact. */
export function Walk({ round, chosen, index, onChoose, onFact, nowMs, onSeek }: WalkProps) {
  const { breaches } = round
  const walk = chosen === null ? undefined : breaches[chosen]
  // A round may hold hundreds, and the words are drawn ten times a second while it plays.
  const choose = useRef(onChoose)
  choose.current = onChoose
  const list = useMemo(() => breaches.map((breach, at) => (
    <li key={breach.n}><button type="button" aria-current={at === chosen} onClick={() => choose.current(at)}><time class="mono">{clockText(breach.atMs, true)}</time><b class="mono">{breach.claim}</b><span>{breach.sentence}</span></button></li>)), [breaches, chosen])
  return (
    <aside class="walk" aria-label={texts.walk.label}>
      {walk === undefined
        ? <>
          <div class="walk-none"><LampGlyph state="holds" sizePx={24} /><div><h2>{texts.noBreach}</h2><p class="quiet">{texts.noBreachWords}</p></div></div>
          <SpaceTimeDiagram round={round} walk={null} index={index} nowMs={nowMs} onSeek={onSeek} />
          <div class="walk-rule"><span>{texts.ask}</span><ul>{round.scenario.lesson.questions.map((question) => <li key={question.ask}>{question.ask}</li>)}</ul></div>
        </>
        : <>
          <h2 class="walk-head">{texts.walk.head(breaches.length)}<span>{texts.walk.key}</span></h2>
          <ul class="walk-list">{list}</ul>
          <Steps round={round} walk={walk} index={index} onFact={onFact} nowMs={nowMs} onSeek={onSeek} />
        </>}
    </aside>
  )
}

function Steps({ round, walk, index, onFact, nowMs, onSeek }: Omit<WalkProps, 'chosen' | 'onChoose'> & { walk: BreachWalk }) {
  const { steps } = walk, how = texts.walk.how(walk.claim)
  const current = steps.findIndex((one) => one.fact.n === index)
  const before = steps.findLast((one) => one.fact.n < index), after = steps.find((one) => one.fact.n > index)
  const next = after?.fact.n ?? (index < walk.n ? walk.n : undefined)
  return (
    <section class="walk-steps" aria-label={how.join(' ').trim()}>
      <h3><LampGlyph state="broken" /><span>{how[0]} <code>{how[1]}</code> {how[2]}</span><small>{current === -1 ? texts.walk.facts(steps.length) : texts.walk.step(current + 1, steps.length)}</small></h3>
      <ol>{steps.map((one, at) => (
        <li key={one.fact.n} class={at === current ? 'is-current' : one.fact.n > index ? 'is-ahead' : ''} aria-current={at === current ? 'step' : undefined}>
          <button type="button" onClick={() => onFact(one.fact.n)}><i>{at + 1}</i><time class="mono">{clockText(one.fact.atMs, true)}</time><span>{one.words}</span></button></li>))}
        <li class={index === walk.n ? 'is-broken is-current' : index < walk.n ? 'is-broken is-ahead' : 'is-broken'}>
          <button type="button" onClick={() => onFact(walk.n)}><LampGlyph state="broken" sizePx={18} /><time class="mono">{clockText(walk.atMs, true)}</time><span>{walk.sentence}</span></button></li></ol>
      <SpaceTimeDiagram round={round} walk={walk} index={index} nowMs={nowMs} onSeek={onSeek} />
      <div class="walk-rule"><span>{texts.prevention}</span><b>{walk.prevention}</b></div>
      <div class="walk-keys">
        <Button icon="left" label={texts.walk.beforeLong} refusal={before === undefined ? texts.walk.first : null} onClick={() => { if (before !== undefined) onFact(before.fact.n) }}>{texts.walk.before}</Button>
        <Button kind="light" iconAfter="right" refusal={next === undefined ? texts.walk.last : null} onClick={() => { if (next !== undefined) onFact(next) }}>{texts.walk.next}</Button>
      </div>
    </section>
  )
}
