import { BreachItem, Button, clockText } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import { evidence } from '../../model/evidence.ts'
import { texts } from '../../texts/cockpit.ts'
import { HostBar } from './lobby.tsx'
import { figureText, objectiveText } from './metrics.tsx'
import { followFacts } from './session.ts'
import type { Session } from './session.ts'
import { Setup } from './setup.tsx'

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
        <section class="debrief-main" aria-label="What happened">
          <h1>Round {lobby.round}: {session.scenario()?.title}</h1>
          <Figures session={session} replayOf={replayOf} />
          <h2>Broken claims <span class="quiet">{feed.length === 0 ? '' : feed.length}</span></h2>
          <div class="debrief-feed">{feed.length === 0 && <p class="quiet">{texts.judge.empty}</p>}
            {feed.map((item) => {
              const id = replayOf(item.cluster)
              return <div key={`${item.cluster} ${item.n}`} class="debrief-breach"><BreachItem claim={item.claim} severity={item.severity} time={`${item.clusterName} ${clockText(item.atMs, true)}`} sentence={item.sentence} />
                <p class="quiet">{item.prevention} {id !== null && <a href={`/replay/${id}#breach=${item.n}`} target="_blank" rel="noreferrer">Watch it happen</a>}</p></div>
            })}</div>
        </section>
        <section class="debrief-ask" aria-label="Questions"><h2>Ask the class</h2><ol>{questions.map((one) => {
          const found = evidence(one.facts, seen?.clusters ?? [], (cluster) => cluster.clock.at(performance.now()), figureText)
          return <li key={one.ask}>{one.ask}{found !== null && <small>{found}</small>}</li>
        })}</ol></section>
        <section class="next" aria-label="Next round"><h2>Next round</h2><Setup session={session} lobby={lobby} />
          <Button kind="primary" iconAfter="right" onClick={() => { void session.command({ kind: 'brief' }) }}>Brief the class</Button></section>
      </main></div>
  )
}

function Figures({ session, replayOf }: { session: Session; replayOf: (cluster: number) => string | null }) {
  const clusters = session.cockpit.value?.clusters ?? []
  const named = clusters[0]?.figures(clusters[0].clock.at(performance.now())) ?? []
  return (
    <table class="debrief-figures"><thead><tr><th scope="col">Cluster</th><th scope="col">Safety</th><th scope="col">In time</th><th scope="col">p99</th>
      {named.map((figure) => <th scope="col" key={figure.id}>{figure.title}{objectiveText(figure) !== null && <small>{objectiveText(figure)}</small>}</th>)}<th scope="col">Replay</th></tr></thead>
      <tbody>{clusters.map((cluster) => {
        const score = cluster.score(), id = replayOf(cluster.cluster)
        return <tr key={cluster.name}><th scope="row">{cluster.name}</th><td>{score.safety}</td><td>{score.inTime === null ? 'none' : `${score.inTime}%`}</td><td>{figureText({ unit: 'ms', value: score.p99Ms }, 'none')}</td>
          {cluster.figures(cluster.clock.at(performance.now())).map((figure) => <td key={figure.id}>{figureText(figure, 'none')}</td>)}
          <td>{id === null ? <span class="quiet">being kept</span> : <a href={`/replay/${id}`} target="_blank" rel="noreferrer" aria-label={`Watch ${cluster.name}`}>Watch</a>}</td></tr>
      })}</tbody></table>
  )
}
