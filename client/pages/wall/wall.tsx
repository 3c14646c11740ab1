import { useEffect, useState } from 'preact/hooks'
import { Mark, Tally, Wordmark, clockText, spaced } from '../../components/index.ts'
import { Icon } from '../../components/icon.tsx'
import { scenarios } from '../../all-missions.ts'
import { texts } from '../../texts/wall.ts'
import type { WallView } from '../../../shared/wire/messages.ts'
import type { WallLink } from '../../link/wall-link.ts'
import { Island, islandPlaces, Ticket } from './island.tsx'
import { WallLobby } from './lobby.tsx'
import { FogPanel } from '../../components/fog-panel.tsx'

/** One sentence on an empty wall, with what to do. */
export function WallNotice({ title, note = null }: { title: string; note?: string | null }) {
  return <main class="wall wall-notice"><Wordmark sizePx={64} /><h1>{title}</h1>{note !== null && <p>{note}</p>}</main>
}

/** What everybody in the room may see, large, without names. It follows the class by itself. */
export function Wall({ link }: { link: WallLink }) {
  const view = link.view.value, state = link.state.value
  if (state === 'wrong') return <WallNotice title={texts.wrongKey} note={texts.noKeyNote} />
  if (view === null) return <WallNotice title={state === 'gone' ? texts.noClass : state === 'tooMany' ? texts.tooMany : state === 'lost' ? texts.lost : texts.connecting} />
  if (view.phase === 'closed' || state === 'gone') return <WallNotice title={texts.over} note={texts.overNote} />
  return <>
    {view.question !== null ? <Asking view={view} question={view.question} /> : view.phase === 'lobby' ? <WallLobby view={view} /> : view.phase === 'briefing' ? <Briefing view={view} /> : <Islands view={view} link={link} />}
    {state !== 'live' && <p class="wall-lost" role="status"><Icon name="plug" sizePx={28} /> {state === 'tooMany' ? texts.tooMany : texts.lost}</p>}
  </>
}

function Head({ view, children }: { view: WallView; children?: preact.ComponentChildren }) {
  const round = view.phase === 'round' || view.phase === 'debrief' ? texts.round(view.round) : texts.nextRound(view.round + 1)
  return <header class="wall-head"><span class="wall-mission"><Mark sizePx={42} /><b>{scenarios[view.scenario]?.title ?? ''}</b> {round}</span>{children}<span class="wall-code">{texts.join} <b class="mono">{spaced(view.code)}</b></span></header>
}

/** The mission and its rules, for a class that listens. */
function Briefing({ view }: { view: WallView }) {
  const mission = scenarios[view.scenario]
  return (
    <main class="wall wall-briefing"><Head view={view} />
      <section><p class="wall-kicker">{texts.briefing}</p><h1>{mission?.title}</h1><p class="wall-brief">{mission?.lesson.brief}</p></section>
      <section><h2>{mission?.lesson.ruleCard.title}</h2><ol>{mission?.lesson.ruleCard.rules.map(({ strong, rest }) => <li><b>{strong}</b> {rest}</li>)}</ol></section>
    </main>
  )
}

/** While a question is open: it alone, and how many have answered. Then what the class thinks. */
function Asking({ view, question }: { view: WallView; question: NonNullable<WallView['question']> }) {
  const { tally } = question
  return (
    <main class="wall wall-asking"><Head view={view} />
      <h1>{question.text}</h1>
      {tally === null ? <ol class="wall-options">{question.options.map((option, at) => <li><b class="mono">{at + 1}</b> {option}</li>)}</ol>
        : <Tally label={texts.result} options={question.options.map((option, at) => ({ label: option, count: tally[at]?.count ?? 0, own: false, note: tally[at]?.confidence === null || tally[at] === undefined ? null : texts.sure(tally[at].confidence ?? 0) }))} />}
      <p class="wall-count" role="status">{texts.asked(question.answered, question.asked)}</p>
    </main>
  )
}

/** The round's timer between two looks at the server. */
function useElapsed(view: WallView, link: WallLink): number {
  const [, turn] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => turn((n) => n + 1), 250)
    return () => clearInterval(timer)
  }, [])
  const running = view.phase === 'round' && !view.paused && link.state.value === 'live'
  return Math.min(view.durationMs, view.elapsedMs + (running ? (performance.now() - link.readAtMs.value) * view.speed : 0))
}

/** Live and afterwards: an island of light for each cluster in the fog. */
function Islands({ view, link }: { view: WallView; link: WallLink }) {
  const elapsedMs = useElapsed(view, link), places = islandPlaces(view.clusters.length)
  const over = view.phase === 'debrief', open = view.live || over
  return (
    <main class={`wall wall-islands is-${Math.ceil(Math.sqrt(view.clusters.length))}`}>
      <Head view={view}>{!over && <time class="wall-timer">{clockText(view.durationMs - elapsedMs)}</time>}</Head>
      <div class="wall-sea"><FogPanel clearings={places.map(({ x, y, radius }) => ({ x, y, radius: over ? radius * 1.5 : radius, stretch: 1.6 }))}>
        {view.clusters.map((cluster, at) => { const place = places[at]; return place && <Island key={cluster.name} cluster={cluster} place={place} open={open} over={over} mission={scenarios[view.scenario]} /> })}
      </FogPanel></div>
      <footer class="wall-foot"><Icon name="eye" sizePx={34} /><b>{over ? texts.lifted : view.paused ? texts.stopped : texts.fog}</b>
        <span><Ticket outcome="answered" />{texts.answered}</span><span><Ticket outcome="ran-out" />{texts.ranOut}</span>{open && <span><Ticket outcome="wrong" />{texts.wrong}</span>}</footer>
    </main>
  )
}

