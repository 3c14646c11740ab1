import { meets } from '../../../shared/figures.ts'
import { OpenSlider } from '../../components/controls.tsx'
import { Icon } from '../../components/icon.tsx'
import type { Desk } from '../../model/choices.ts'
import { settable, valueText } from '../../model/dials.ts'
import { figureText, objectiveText } from '../../model/figure-words.ts'
import type { Seat } from '../../model/student.ts'
import { texts } from '../../texts/play.ts'
import type { Game } from './game.ts'

/** What there is to do at L3, in a sentence or two. */
export function policyLine({ scenario }: Seat, { dials }: Desk): { seen: string[]; spoken: string } {
  const can = settable(scenario), seen = can === 'nothing' ? [texts.nothingToSet] : dials.length === 0 ? [texts.setLater] : [texts.setNow]
  if (can === 'peers too') seen.push(texts.pickPeer)
  return { seen, spoken: seen.join(' ') }
}

/** L3: the numbers that the student sets, and what comes of them. */
export function Policy({ game, desk, seat }: { game: Game; desk: Desk; seat: Seat }) {
  const { dials, link, student } = game
  const lost = link.state.value !== 'live', asked = student.question.value?.open === true
  return (
    <div class="policy">
      {desk.dials.length > 0 && <div class="dials" role="group" aria-label={texts.numbers}>
        {desk.dials.map((dial, index) => {
          const value = dials.at(dial), state = dials.state(dial)
          // A screen that stands still shows nothing new, not even this.
          const becomes = student.frozen.value || state === 'still' ? null : state === 'under way' ? texts.underWay : texts.sending
          return <OpenSlider key={dial.id} label={dial.label} min={dial.least} max={dial.most} step={dial.step} value={value} text={valueText(value, dial.unit)} number={asked ? null : index + 1}
            note={lost ? texts.goneShort : dial.note} becomes={becomes} refused={lost} onInput={next => dials.move(dial, next)} />
        })}
      </div>}
      <Figures game={game} seat={seat} />
    </div>
  )
}

/** Whether an objective is met, as a shape and for the ear; nothing while there is nothing to say. */
function Verdict({ met }: { met: boolean | null }) {
  return met === null ? null : <Icon name={met ? 'check' : 'cross'} sizePx={14} label={met ? texts.met : texts.missed} />
}

/** The mission's figures of the own cluster: what each is, what it should be, and what it was when a number was last set. */
function Figures({ game, seat: { scenario } }: { game: Game; seat: Seat }) {
  const values = game.student.figures.value, before = game.dials.before.value
  return (
    <table class="policy-figures" aria-label={texts.clusterFigures}><tbody>
      {Object.entries(scenario.figures).map(([id, figure]) => {
        const value = values?.[id] ?? null, was = before?.[id] ?? null, met = meets(figure, value)
        return <tr key={id}><th scope="row">{figure.title}</th>
          <td class={value === null ? undefined : 'figure-now'}>{figureText({ unit: figure.unit, value }, texts.none)}</td>
          <td class={met === false ? 'is-missed' : undefined}>{figure.objective !== null && <span class="figure-objective"><Verdict met={met} /> {objectiveText(figure)}</span>}
            {was !== null && <span>{texts.was(figureText({ unit: figure.unit, value: was }, texts.none))}</span>}</td></tr>
      })}
    </tbody></table>
  )
}
