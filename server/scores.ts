import { toldOf } from '../shared/quality.ts'
import { foldScore, newScore, scoreOf } from '../shared/score.ts'
import type { ScoreState } from '../shared/score.ts'
import { seatOf } from '../shared/session.ts'
import type { Commanded } from '../shared/session.ts'
import { showScores } from '../shared/session-asking.ts'
import type { Fact } from '../shared/sim/facts.ts'
import type { RequestId } from '../shared/sim/types.ts'
import type { QualityTold, Score, WallCluster } from '../shared/wire/messages.ts'
import { change } from './change.ts'
import type { ClassSession } from './class-session.ts'
import type { Cluster } from './cluster.ts'
import { LiveFigures } from './live-figures.ts'
import type { Round } from './round.ts'

/** While scores are live, students are told at most this often, in wall ms. */
const TELL_WALL_MS = 1_000
/** Customers that the wall shows. */
const LAST_MAX = 10

type Outcome = NonNullable<WallCluster['play']>['last'][number]
type Customer = { request: RequestId; replied: number | null; outcome: Outcome }

/** What is public of one cluster: its score, its last customers, and what broke; folded on from where it stood whenever somebody asks. */
class Tally {
  readonly #cluster: Cluster
  readonly #score: ScoreState
  readonly #customers: Customer[] = []
  readonly #broken: WallCluster['broken'][number][] = []
  #next = 0

  constructor(cluster: Cluster) {
    this.#cluster = cluster
    this.#score = newScore(cluster.header.nodes)
  }

  #take(): void {
    const { facts } = this.#cluster
    for (let fact = facts[this.#next]; fact !== undefined; fact = facts[++this.#next]) this.#fold(fact)
  }

  #fold(fact: Fact): void {
    foldScore(this.#score, fact)
    if (fact.kind === 'replied') this.#note({ request: fact.request, replied: fact.n, outcome: 'answered' })
    if (fact.kind === 'expired' || fact.kind === 'unreached') this.#note({ request: fact.request, replied: null, outcome: 'ran-out' })
    if (fact.kind !== 'breached') return
    // The answer that a breach names last is the one that broke it.
    const wrong = this.#customers.findLast(({ replied }) => replied !== null && (fact.before.includes(replied) || fact.because.includes(replied)))
    if (wrong !== undefined) wrong.outcome = 'wrong'
    this.#broken.push({ claim: fact.claim, atMs: fact.atMs, values: fact.values })
  }

  #note(customer: Customer): void {
    this.#customers.push(customer)
    if (this.#customers.length > LAST_MAX) this.#customers.shift()
  }

  score(): Score {
    this.#take()
    const { safety, inTime, p99Ms } = scoreOf(this.#score)
    return { safety, inTime, p99Ms }
  }

  /** How the decisions at a seat were; null where no student ever sat. */
  quality(seat: number): QualityTold | null {
    const own = this.#cluster.quality.result().find((one) => one.seat === seat)
    return own === undefined ? null : toldOf(own)
  }

  /** `open`: whether safety may be shown, which an answer that is wrong gives away too. */
  wall(open: boolean): Pick<WallCluster, 'play' | 'score' | 'broken'> {
    const score = this.score()
    return {
      play: { inTime: score.inTime, last: this.#customers.map(({ outcome }) => (open || outcome !== 'wrong' ? outcome : 'answered')) },
      score: open ? score : null, broken: open ? [...this.#broken] : [],
    }
  }
}

/** The scores of the round that is or was played: for the wall, and for students as far as they may see them. */
export class Scores {
  readonly #session: ClassSession
  #tallies: readonly Tally[] = []
  readonly #figures: LiveFigures
  #toldMs = -Infinity
  /** By student, what they were told last. */
  readonly #told = new Map<string, string>()

  constructor(session: ClassSession) {
    this.#session = session
    this.#figures = new LiveFigures(session)
  }

  /** Looks at a round from now on. */
  follow(round: Round): void {
    this.#tallies = round.clusters.map((cluster) => new Tally(cluster))
    this.#told.clear()
    this.#figures.follow(round)
  }

  async setLive(by: Commanded, live: boolean): Promise<string | null> {
    const refusal = await change(this.#session, by, (record) => showScores(record, live))
    if (refusal === null && live) this.tellAll()
    return refusal
  }

  /** While scores are live and the round runs: tells students what is new of their own cluster, now and then. At L3 the mission's figures too. */
  tellLive(wallMs: number): void {
    this.#figures.tellAll(wallMs)
    const { record } = this.#session
    if (record.scoresLive !== true || record.phase !== 'round' || wallMs - this.#toldMs < TELL_WALL_MS) return
    this.#toldMs = wallMs
    this.tellAll()
  }

  /** Tells students the score of their own cluster, if they may know it and were not told the same. */
  tellAll(): void {
    for (const id of this.#session.attendance.students.keys()) this.tell(id)
  }

  tell(id: string): void {
    const { record, attendance } = this.#session
    const at = seatOf(record, id), tally = this.#tallies[at?.cluster ?? -1]
    if (tally === undefined || !this.areOpen) return
    const quality = record.phase === 'debrief' && at !== null ? tally.quality(at.seat) : null
    const score = tally.score(), text = JSON.stringify([score, quality?.offered])
    if (this.#told.get(id) === text) return
    this.#told.set(id, text)
    attendance.students.get(id)?.send('score', score)
    if (quality !== null) attendance.students.get(id)?.send('quality', quality)
  }

  /** A page of theirs is new: it is told all again that it may know. */
  tellAnew(id: string): void {
    this.#told.delete(id)
    this.tell(id)
    this.#figures.tellAnew(id)
  }

  /** Whether all may see safety and p99 now: live if the instructor says so, and after the round. */
  get areOpen(): boolean {
    const { record } = this.#session
    return record.phase === 'debrief' || (record.phase === 'round' && record.scoresLive === true)
  }

  /** What the wall shows of a cluster; nothing of it where no round was played. */
  wall(cluster: number): Pick<WallCluster, 'play' | 'score' | 'broken'> {
    const { phase } = this.#session.record
    const tally = phase === 'round' || phase === 'debrief' ? this.#tallies[cluster] : undefined
    return tally?.wall(this.areOpen) ?? { play: null, score: null, broken: [] }
  }
}
