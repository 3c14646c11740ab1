import { useState } from 'preact/hooks'
import { Segmented } from '../../components/controls.tsx'
import { Tally } from '../../components/tally.tsx'
import { texts } from '../../texts/play.ts'
import type { Game } from './game.ts'

/** How sure somebody is, in percent, behind three words. */
const confidences = [50, 75, 95] as const
export type Confidence = (typeof confidences)[number]

/** Asks how sure one is. */
export function HowSure({ value, onChange }: { value: Confidence; onChange: (next: Confidence) => void }) {
  return <div class="question-sure"><span>{texts.howSure}</span><Segmented label={texts.howSure} value={value} onChange={onChange} options={confidences.map(one => ({ value: one, label: texts.confidence[one] }))} /></div>
}

/** What a figure does while a question is open; the sheet that shows it says. */
let answerKey: (figure: number) => void = () => undefined
export const pressAnswer = (figure: number): void => answerKey(figure)

/** Freeze and ask, on the student's stage: the question, its answers with figures, how sure one is; and then what the class thinks. */
export function QuestionSheet({ game }: { game: Game }) {
  const question = game.student.question.value
  const [sure, setSure] = useState<Confidence>(75), [refusal, setRefusal] = useState<string | null>(null)
  if (question === null) return null
  const { own, tally } = question
  const answer = (option: number, confidence: Confidence): void => { void game.answer(question.n, option, confidence).then(setRefusal) }
  answerKey = figure => { if (figure <= question.options.length) answer(figure - 1, sure) }
  return (
    <section class="question" aria-label={texts.questionTitle}>
      <p class="question-kicker">{texts.questionTitle}</p>
      <h2>{question.text}</h2>
      {tally !== null ? <Tally label={texts.classThinks} options={question.options.map((label, at) => ({ label, count: tally[at]?.count ?? 0, own: own?.option === at, note: own?.option === at ? texts.yourAnswer : null }))} /> : <>
        <div class="question-options">{question.options.map((option, at) => (
          <button type="button" key={at} class={own?.option === at ? 'key key-hot is-chosen' : 'key key-rest'} aria-pressed={own?.option === at} aria-keyshortcuts={String(at + 1)} onClick={() => answer(at, sure)}>
            <span class="key-cap" aria-hidden="true">{at + 1}</span><span class="key-words"><b>{option}</b>{own?.option === at && <small>{texts.yourAnswer}</small>}</span></button>))}</div>
        <HowSure value={sure} onChange={next => { setSure(next); if (own !== null) answer(own.option, next) }} />
        <p role="status">{refusal ?? (own === null ? texts.questionOpen : texts.questionAnswered)}</p></>}
    </section>
  )
}
