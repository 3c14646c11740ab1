import { BreachItem, Button, clockText } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import { evidence } from '../../model/evidence.ts'
import { figureText, objectiveText } from '../../model/figure-words.ts'
import { texts } from '../../texts/cockpit.ts'
import { HostBar } from './lobby.tsx'
import { followFacts } from './session.ts'
import type { Session } from './session.ts'
import { Setup } from './setup.tsx'
import { texts as hostTexts } from '../../texts/host.ts'

const words = hostTexts.debrief
/** Breaches listed; a round with more has one story to tell, and the replay has all. */
const breachesMost = 60

/** After the round: what broke, the figures, where to watch it, what to ask, and what comes next. */
export function Debrief({ session, lobby }: { session: Session; lobby: LobbyView }) {
  const seen = session.cockpit.value
  followFacts(session)
  const feed = seen?.feed(breachesMost).toReversed() ?? []
  const replayOf = (cluster: number): string | null => session.recordings.value?.recordings.find((one) => one.cluster === cluster)?.id ?? null
  const questions = session.scenario()?.lesson.questions ?? []
  return (
    <div class="host-debrief"><HostBar session={session} lobby={lobby} />
      <main>
        <section class="debrief-main" aria-label={words.what}>
          <h1>{words.round(lobby.round, session.scenario()?.title ?? '')}</h1>
          <Figures session={session} replayOf={replayOf} />
          <h2>{words.broken} <span class="quiet">{feed.length === 0 ? '' : feed.length}</span></h2>
          <div class="debrief-feed">{feed.length === 0 && <p class="quiet">{texts.judge.empty}</p>}
            {feed.map((item) => {
              const id = replayOf(item.cluster)
              return <div key={`${item.cluster} ${item.n}`} class="debrief-breach"><BreachItem claim={item.claim} severity={texts.judge.severities[item.severity]} time={`${item.clusterName} ${clockText(item.atMs, true)}`} sentence={item.sentence} />
                <p class="quiet">{item.prevention} {id !== null && <a href={`/replay/${id}#breach=${item.n}`} target="_blank" rel="noreferrer">{words.watchIt}</a>}</p></div>
            })}</div>
        </section>
        <section class="debrief-ask" aria-label={words.questions}><h2>{words.ask}</h2><ol>{questions.map((one) => {
          const found = evidence(one.facts, seen?.clusters ?? [], (cluster) => cluster.clock.at(performance.now()), (figure) => figureText(figure, texts.none))
          return <li key={one.ask}>{one.ask}{found !== null && <small>{found}</small>}</li>
        })}</ol></section>
        <section class="next" aria-label={hostTexts.setup.title}><h2>{hostTexts.setup.title}</h2><Setup session={session} lobby={lobby} />
          <Button kind="primary" iconAfter="right" onClick={() => { void session.command({ kind: 'brief' }) }}>{hostTexts.setup.brief}</Button></section>
      </main></div>
  )
}

function Figures({ session, replayOf }: { session: Session; replayOf: (cluster: number) => string | null }) {
  const clusters = session.cockpit.value?.clusters ?? []
  const asked = clusters.some((one) => one.asked)
  const named = clusters[0]?.figures(clusters[0].clock.at(performance.now())) ?? []
  return (
    <table class="debrief-figures"><thead><tr>{[words.cluster, words.safety, ...asked ? [words.inTime, words.p99] : []].map((title) => <th scope="col" key={title}>{title}</th>)}
      {named.map((figure) => <th scope="col" key={figure.id}>{figure.title}{objectiveText(figure) !== null && <small>{objectiveText(figure)}</small>}</th>)}<th scope="col">{words.replay}</th></tr></thead>
      <tbody>{clusters.map((cluster) => {
        const score = cluster.score(), id = replayOf(cluster.cluster)
        return <tr key={cluster.name}><th scope="row">{cluster.name}</th><td>{score.safety}</td>{asked && <><td>{score.inTime === null ? words.none : `${score.inTime}%`}</td><td>{figureText({ unit: 'ms', value: score.p99Ms }, words.none)}</td></>}
          {cluster.figures(cluster.clock.at(performance.now())).map((figure) => <td key={figure.id}>{figureText(figure, words.none)}</td>)}
          <td>{id === null ? <span class="quiet">{words.kept}</span> : <a href={`/replay/${id}`} target="_blank" rel="noreferrer" aria-label={words.watchOf(cluster.name)}>{words.watch}</a>}</td></tr>
      })}</tbody></table>
  )
}
