import { useState } from 'preact/hooks'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import { LEVELS } from '../../../shared/sim/types.ts'
import type { Level } from '../../../shared/sim/types.ts'
import { Wordmark } from '../../components/brand.tsx'
import { Button, Segmented } from '../../components/controls.tsx'
import type { SoloChoice } from '../../solo/solo-game.ts'
import { texts } from '../../texts/solo.ts'
import { texts as playTexts } from '../../texts/play.ts'

const SEED_MOST = 999_999
const lengths: readonly number[] = [2, 3, 5, 10]
export const freshSeed = (): number => 1 + Math.floor(Math.random() * SEED_MOST)

/** What is asked for in the page's address, e.g. `?mission=heartbeat&seed=7`; null for nothing that we have. */
function fromAddress(missions: { readonly [id: string]: Scenario }): Partial<SoloChoice> {
  const asked = new URLSearchParams(location.search), id = asked.get('mission') ?? '', seed = Number(asked.get('seed')), level = LEVELS.find((one) => one === asked.get('level'))
  const mission = Object.hasOwn(missions, id) ? missions[id] : undefined
  return { ...(mission === undefined ? {} : { mission }), ...(level === undefined ? {} : { level }), ...(isSeed(seed) ? { seed } : {}) }
}
const isSeed = (seed: number): boolean => Number.isInteger(seed) && seed >= 1 && seed <= SEED_MOST

/** What is played, at which level, and what is hidden in it. */
export function Choose({ missions, before, onStart, onPractice }: { missions: { readonly [id: string]: Scenario }; before: SoloChoice | null; onStart: (choice: SoloChoice) => void; onPractice: () => void }) {
  const first = Object.values(missions)[0] as Scenario
  const [choice, setChoice] = useState<SoloChoice>(() => before ?? { mission: first, level: 'L2', nodes: first.nodes.usual, minutes: 3, seed: freshSeed(), chaos: true, hidden: false, ...fromAddress(missions) })
  const [seedText, setSeedText] = useState(String(choice.seed)), seed = Number(seedText)
  const change = (next: Partial<SoloChoice>): void => setChoice({ ...choice, ...next })
  const { mission } = choice, sizes = Array.from({ length: mission.nodes.max - mission.nodes.min + 1 }, (_, at) => mission.nodes.min + at)
  const pick = (next: Scenario): void => change({ mission: next, nodes: Math.max(next.nodes.min, Math.min(next.nodes.max, choice.nodes)) })
  return (
    <div class="solo">
      <header class="topbar"><a class="solo-home" href="/"><Wordmark sizePx={28} /></a><div class="topbar-left"><h1>{texts.title}</h1></div><div class="topbar-right"><a class="link" href="/">{texts.toJoin}</a></div></header>
      <main>
        <p class="solo-lead">{texts.lead}</p>
        <form onSubmit={(event) => { event.preventDefault(); if (isSeed(seed)) onStart({ ...choice, seed }) }}>
          <fieldset class="solo-missions"><legend>{texts.mission}</legend>
            {Object.values(missions).map((one) => <label key={one.id} class={one.id === mission.id ? 'is-chosen' : ''}><input type="radio" name="mission" value={one.id} checked={one.id === mission.id} onChange={() => pick(one)} />
              <b>{one.title}</b><span>{one.lesson.brief}</span></label>)}</fieldset>
          <section class="solo-dials">
            <div><span>{texts.level}</span><Segmented label={texts.level} value={choice.level} onChange={(level: Level) => change({ level })} options={LEVELS.map((value) => ({ value, label: texts.levels[value] }))} />
              <small>{playTexts.levels[choice.level]}</small></div>
            <div><span>{texts.size}</span><Segmented label={texts.size} value={choice.nodes} onChange={(nodes) => change({ nodes })} options={sizes.map((value) => ({ value, label: String(value) }))} /></div>
            <div><span>{texts.minutes}</span><Segmented label={texts.minutes} value={choice.minutes} onChange={(minutes) => change({ minutes })} options={lengths.map((value) => ({ value, label: texts.minutesOf(value) }))} /></div>
            <label class="solo-tick"><input type="checkbox" checked={choice.hidden} onChange={(event) => change({ hidden: event.currentTarget.checked })} /><b>{texts.hidden}</b><small>{texts.hiddenNote}</small></label>
            <label class="solo-tick"><input type="checkbox" checked={choice.chaos} onChange={(event) => change({ chaos: event.currentTarget.checked })} /><b>{texts.chaos}</b><small>{texts.chaosNote}</small></label>
            <label class="solo-seed"><span>{texts.seed}</span><input class="field mono" inputMode="numeric" value={seedText} aria-invalid={!isSeed(seed)} onInput={(event) => setSeedText(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 6))} />
              <small role={isSeed(seed) ? undefined : 'alert'}>{isSeed(seed) ? texts.seedNote : texts.seedWrong}</small></label>
            <div class="solo-go"><Button kind="primary" type="submit" icon="play">{texts.start}</Button><Button onClick={onPractice}>{texts.tryFirst}</Button></div>
          </section>
        </form>
      </main>
    </div>
  )
}
