import { useState } from 'preact/hooks'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { figureText, objectiveText } from '../../model/figure-words.ts'
import { texts as all } from '../../texts/cockpit.ts'
import { Charts } from './charts.tsx'
import { Script } from './script.tsx'
import { SessionStrip } from './session-strip.tsx'
import { followFacts, followTime } from './session.ts'
import type { InRound, Session } from './session.ts'

const texts = all.figures

/** The chosen cluster in figures and over time, the lesson's steps, and what was done to it when. */
export function Metrics({ session, lobby, cluster }: InRound & { cluster: ClusterSeen }) {
  // A low window has room for one of the two.
  const [curves, setCurves] = useState(false)
  return (
    <div class={curves ? 'metrics is-curves' : 'metrics'}>
      <button type="button" class="metrics-turn" aria-pressed={curves} onClick={() => setCurves(!curves)}>{curves ? texts.numbers : texts.curves}</button>
      <Numbers session={session} cluster={cluster} />
      <Charts session={session} cluster={cluster} />
      <SessionStrip session={session} />
      <Script session={session} lobby={lobby} cluster={cluster} />
    </div>
  )
}

function Numbers({ session, cluster }: { session: Session; cluster: ClusterSeen }) {
  followTime(session)
  followFacts(session)
  const score = cluster.score()
  const figures = [
    { label: texts.safety, value: String(score.safety), note: score.breaches === 0 ? null : texts.broken(score.breaches) },
    ...!cluster.asked ? [] : [{ label: texts.inTime, value: score.inTime === null ? all.none : `${score.inTime}%`, note: texts.of(score.served, score.served + score.missed) }],
    ...cluster.figures(cluster.clock.at(performance.now())).map((figure) => ({ label: figure.title, value: figureText(figure, all.none), note: objectiveText(figure) })),
  ]
  return <dl class="figures">{figures.map(({ label, value, note }) => <div key={label} title={note === null ? label : `${label}: ${note}`}><dt>{label}</dt><dd><b class={value === all.none ? 'figure-none' : undefined}>{value}</b></dd></div>)}</dl>
}
