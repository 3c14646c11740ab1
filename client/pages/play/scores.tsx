import type { Score } from '../../../shared/wire/messages.ts'
import { Meter } from '../../components/panels.tsx'
import { texts } from '../../texts/play.ts'

/** The public numbers of the own cluster: live only if the instructor says so, else after the round. */
export function Scores({ score: { safety, inTime, p99Ms } }: { score: Score }) {
  return <span class="scores"><Meter label={texts.safety} value={String(safety)} title={texts.safetyNote} />
    <Meter label={texts.inTime} value={inTime === null ? texts.none : `${inTime}%`} title={texts.inTimeNote} />
    <Meter label={texts.p99} value={p99Ms === null ? texts.none : `${(p99Ms / 1_000).toFixed(1)} s`} title={texts.p99Note} /></span>
}
