import type { Score } from '../../../shared/wire/messages.ts'
import { Meter } from '../../components/panels.tsx'
import { texts } from '../../texts/play.ts'

/** The public numbers of the own cluster: live only if the instructor says so, else after the round. Where nobody asks (`asked`), safety is all there is. */
export function Scores({ score: { safety, inTime, p99Ms }, asked, over = false }: { score: Score; asked: boolean; over?: boolean }) {
  const none = over ? texts.noneAtAll : texts.none
  return <span class="scores"><Meter label={texts.safety} value={String(safety)} title={texts.safetyNote} />
    {asked && <><Meter label={texts.inTime} value={inTime === null ? none : `${inTime}%`} title={texts.inTimeNote} />
      <Meter label={texts.p99} value={p99Ms === null ? none : `${(p99Ms / 1_000).toFixed(1)} s`} title={texts.p99Note} /></>}</span>
}
