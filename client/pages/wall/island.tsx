import { LampGlyph } from '../../components/panels.tsx'
import { breachSentence } from '../../fact-words.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { WallCluster } from '../../../shared/wire/messages.ts'
import { texts } from '../../texts/wall.ts'
import { isAsked } from '../../model/asked.ts'

type Outcome = NonNullable<WallCluster['play']>['last'][number]
export interface Place { x: number, y: number, /** As a share of the smaller side. */ radius: number, columns: number }

/** Where so many islands lie, as shares of the sea: rows as even as they can be. */
export function islandPlaces(count: number): Place[] {
  const columns = count <= 3 ? Math.max(1, count) : count <= 4 ? 2 : count <= 9 ? 3 : 4, rows = Math.ceil(count / columns)
  return Array.from({ length: count }, (_, at) => {
    const row = Math.floor(at / columns), inRow = Math.min(columns, count - row * columns)
    return { x: ((at % columns) + 0.5) / inRow, y: (row + 0.5) / rows, radius: Math.min(0.68 / rows, 1.2 / columns), columns }
  })
}

/** A customer's ticket: whole, hollow for one that ran out, torn for a wrong answer. */
export function Ticket({ outcome }: { outcome: Outcome }) {
  const words = outcome === 'answered' ? texts.answered : outcome === 'ran-out' ? texts.ranOut : texts.wrong
  const path = 'M-12-8H12V-2.4A2.4 2.4 0 0 0 12 2.4V8H-12V2.4A2.4 2.4 0 0 0-12-2.4z'
  return (
    <svg class="wall-ticket" width="26" height="20" viewBox="-13 -10 26 20" role="img" aria-label={words}>
      <path d={path} fill={outcome === 'ran-out' ? 'none' : 'currentColor'} stroke="currentColor" stroke-width="1.8" />
      {outcome === 'wrong' && <path d="M2-11L-3-3L3 1L-3 11" fill="none" stroke="var(--stage)" stroke-width="3" />}
    </svg>
  )
}

const sentencesMost = 2

/** A cluster on the wall: its name, what may be known of it, and its nodes around. */
export function Island({ cluster, place, open, over, mission }: { cluster: WallCluster; place: Place; open: boolean; over: boolean; mission: Scenario | undefined }) {
  const { play, score, broken } = cluster
  return (
    <section class="island" aria-label={cluster.name} style={{ left: `${place.x * 100}%`, top: `${place.y * 100}%` }}>
      {!over && <ul class="island-nodes" aria-hidden="true">{cluster.seats.map(({ node }, at) => {
        // Along the upper rim, from left to right.
        const angle = Math.PI * (1 + (cluster.seats.length === 1 ? 0.5 : at / (cluster.seats.length - 1)))
        return <li style={{ left: `${50 + 50 * Math.cos(angle)}%`, top: `${50 + 50 * Math.sin(angle)}%` }}>{node}</li>
      })}</ul>}
      <h2>{cluster.name}</h2>
      {score !== null && open && <p class="island-figure">{broken.length > 0 && <LampGlyph state="broken" sizePx={40} />}<b>{score.safety}</b> <span>{texts.safety}</span></p>}
      {play !== null && (mission === undefined || isAsked(mission, cluster.seats.length)) && (play.inTime === null ? <p>{texts.nobodyAsked}</p> : <p class={score !== null && open ? '' : 'island-figure'}><b>{play.inTime}%</b> <span>{texts.inTime}</span></p>)}
      {over && score?.p99Ms !== null && score !== null && <p>{texts.p99((score.p99Ms / 1_000).toFixed(1))}</p>}
      {play !== null && play.last.length > 0 && <p class="island-tickets" role="group" aria-label={texts.lastCustomers}>{play.last.map((outcome) => <Ticket outcome={outcome} />)}</p>}
      {over && <div class="island-broken">{broken.length === 0 ? <p>{texts.nothingBroke}</p> : broken.slice(0, sentencesMost).map((breach) => <p class="is-breach">{mission === undefined ? breach.claim : breachSentence(breach, mission)}</p>)}
        {broken.length > sentencesMost && <p>{texts.more(broken.length - sentencesMost)}</p>}</div>}
    </section>
  )
}
