import type { LobbyView } from '../../link/connect.ts'
import type { ClusterSeen, FigureSeen } from '../../model/cockpit.ts'
import { Charts } from './charts.tsx'
import { Script } from './script.tsx'
import { SessionStrip } from './session-strip.tsx'
import { followFacts, followTime } from './session.ts'
import type { Session } from './session.ts'

const noneYet = 'none yet'

/** A figure in words: `12 s`, `3`, `40%`; `none` stands for nothing to say. */
export function figureText({ unit, value }: Pick<FigureSeen, 'unit' | 'value'>, none = noneYet): string {
  if (value === null) return none
  return unit === 'ms' ? `${(value / 1_000).toFixed(value < 10_000 ? 1 : 0)} s` : unit === 'percent' ? `${Math.round(value)}%` : String(Math.round(value))
}

export function objectiveText({ unit, objective }: Pick<FigureSeen, 'unit' | 'objective'>): string | null {
  if (objective?.atMost !== undefined) return `at most ${figureText({ unit, value: objective.atMost })}`
  return objective?.atLeast !== undefined ? `at least ${figureText({ unit, value: objective.atLeast })}` : null
}

/** The chosen cluster's figures, and what was done to it when. */
export function Metrics({ session, lobby, cluster }: { session: Session; lobby: LobbyView; cluster: ClusterSeen }) {
  followTime(session)
  followFacts(session)
  const nowMs = cluster.clock.at(performance.now()), score = cluster.score()
  const figures = [
    { label: 'Safety', value: String(score.safety), note: score.breaches === 0 ? null : `${score.breaches} broken` },
    { label: 'In time', value: score.inTime === null ? noneYet : `${score.inTime}%`, note: `${score.served} of ${score.served + score.missed}` },
    { label: 'p99', value: figureText({ unit: 'ms', value: score.p99Ms }), note: null },
    ...cluster.figures(nowMs).map((figure) => ({ label: figure.title, value: figureText(figure), note: objectiveText(figure) })),
  ]
  return (
    <div class="metrics">
      <dl class="figures">{figures.map((one) => <div key={one.label}><dt>{one.label}</dt><dd><b class={one.value === noneYet ? 'figure-none' : undefined}>{one.value}</b><small>{one.note}</small></dd></div>)}</dl>
      <Charts session={session} cluster={cluster} />
      <SessionStrip session={session} />
      <Script session={session} lobby={lobby} cluster={cluster} />
    </div>
  )
}
