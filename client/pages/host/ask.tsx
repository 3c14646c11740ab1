import { useState } from 'preact/hooks'
import { OPTION_LENGTH_MAX, OPTIONS_MAX, QUESTION_LENGTH_MAX } from '../../../shared/wire/messages.ts'
import type { AskedQuestion } from '../../../shared/wire/messages.ts'
import { Button, Segmented, Sheet, Tally } from '../../components/index.ts'
import { texts } from '../../texts/direct.ts'
import type { Session } from './session.ts'
import { selectedCluster } from './session.ts'

const words = texts.ask
type Sort = 'nodes' | 'yes-no' | 'free'

/** Freeze and ask: first the form, then the tally as it comes in, then what the class is shown. */
export function AskSheet({ session, ready }: { session: Session; ready: string }) {
  const question = session.question.value
  const close = (): void => { session.sheet.value = null }
  return <Sheet title={question === null ? words.title : question.open ? words.open : words.closed} closeWords={texts.close} onClose={close}>
    {question === null ? <AskForm session={session} ready={ready} /> : <Asked session={session} question={question} onDone={close} />}</Sheet>
}

function AskForm({ session, ready }: { session: Session; ready: string }) {
  const lesson = session.scenario()?.lesson
  const atHand = [...new Set([...(lesson?.runbook ?? []).flatMap(({ ask }) => (ask === undefined ? [] : [ask])), ...(lesson?.questions ?? []).map(({ ask }) => ask)])]
  const [text, setText] = useState(ready === '' ? atHand[0] ?? '' : ready), [sort, setSort] = useState<Sort>('free')
  const answersOf = (asked: string): readonly string[] => lesson?.runbook.find(({ ask }) => ask === asked)?.answers ?? ['', '']
  const [free, setFree] = useState<readonly string[]>(() => answersOf(text))
  const nodes = selectedCluster(session)?.nodes ?? []
  const options = (sort === 'nodes' ? nodes : sort === 'yes-no' ? [words.yes, words.no, words.cannotKnow] : free).map((one) => one.trim()).filter((one) => one !== '')
  const refusal = text.trim() === '' || options.length < 2 || new Set(options).size < options.length ? words.needs : null
  return (
    <form class="ask-sheet" onSubmit={(event) => { event.preventDefault(); if (refusal === null) void session.command({ kind: 'ask', text: text.trim(), options: options.slice(0, OPTIONS_MAX) }) }}>
      <p class="quiet">{words.words}</p>
      {atHand.length > 0 && <label><span>{words.ready}</span><select class="field" value={atHand.includes(text) ? text : ''} onChange={(event) => { setText(event.currentTarget.value); setFree(answersOf(event.currentTarget.value)); setSort('free') }}>
        {!atHand.includes(text) && <option value="">{''}</option>}{atHand.map((one) => <option key={one} value={one}>{one}</option>)}</select></label>}
      <label><span>{words.question}</span><textarea class="field" rows={2} value={text} maxLength={QUESTION_LENGTH_MAX} onInput={(event) => setText(event.currentTarget.value)} /></label>
      <Segmented label={words.answers} value={sort} onChange={setSort} options={[{ value: 'free', label: words.free }, { value: 'yes-no', label: words.yesNo }, ...(nodes.length >= 2 && nodes.length <= OPTIONS_MAX ? [{ value: 'nodes' as const, label: words.nodes }] : [])]} />
      {sort === 'free' ? <div class="ask-options-free">{free.map((one, at) => <label key={at}><span class="sr-only">{words.option(at + 1)}</span>
        <input class="field" value={one} placeholder={words.option(at + 1)} maxLength={OPTION_LENGTH_MAX} onInput={(event) => setFree(free.map((old, index) => (index === at ? event.currentTarget.value : old)))} /></label>)}
        {free.length < OPTIONS_MAX && <Button kind="quiet" onClick={() => setFree([...free, ''])}>{words.more}</Button>}</div>
        : <p class="ask-options-set">{options.map((one, at) => <span key={one}><b class="mono">{at + 1}</b> {one}</span>)}</p>}
      <Button kind="primary" type="submit" icon="pause" refusal={refusal}>{words.send}</Button>
    </form>
  )
}

function Asked({ session, question, onDone }: { session: Session; question: AskedQuestion; onDone: () => void }) {
  const { tally } = question
  return (
    <div class="ask-sheet"><p class="ask-text">{question.text}</p>
      <Tally label={words.closed} options={question.options.map((label, at) => { const one = tally?.[at]; return { label, count: one?.count ?? 0, own: false, note: one?.confidence === null || one === undefined ? null : words.sure(one.confidence) } })} />
      <p role="status">{words.answered(question.answered, question.asked)}</p>
      <div class="host-row">{question.open && <Button kind="primary" icon="eye" onClick={() => { void session.command({ kind: 'close-question' }) }}>{words.show}</Button>}
        <Button kind={question.open ? 'plain' : 'primary'} icon="play" onClick={() => { onDone(); void session.command({ kind: 'resume' }) }}>{words.goOn}</Button>
        <Button kind="quiet" onClick={() => { onDone(); void session.command({ kind: 'dismiss' }) }}>{words.keepStill}</Button></div></div>
  )
}
