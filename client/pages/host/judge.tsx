import { useEffect, useRef, useState } from 'preact/hooks'
import { BreachItem, Lamp, clockText } from '../../components/index.ts'
import type { FeedItem, Lamp as LampSeen } from '../../model/cockpit.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { play } from '../../sound/index.ts'
import { texts as all } from '../../texts/cockpit.ts'
import { Runbook } from './runbook.tsx'
import { followFacts } from './session.ts'
import type { InRound } from './session.ts'
import { Witness, witnessOf } from './witness.tsx'

const texts = all.judge
/** Breaches on the page at a time; the debrief has all. */
const feedMost = 8

/** Lamps of the chosen cluster, breaches of all with their witnesses, and what the runbook says now. */
export function Judge({ session, lobby, cluster }: InRound & { cluster: ClusterSeen | null }) {
  const seen = session.cockpit.value
  followFacts(session)
  const [shown, setShown] = useState<FeedItem | null>(null), place = useRef<HTMLElement>(null)
  const feed = seen?.feed(feedMost) ?? []
  const total = seen?.clusters.reduce((sum, one) => sum + one.score().breaches, 0) ?? 0
  const heard = useRef(total)
  useEffect(() => {
    if (total > heard.current) play('glass')
    heard.current = total
  }, [total])
  const open = (item: FeedItem): void => {
    const index = seen?.clusters.findIndex((one) => one.cluster === item.cluster) ?? -1
    if (index >= 0) session.selected.value = index
    setShown(item)
  }
  const close = (): void => {
    const key = shown === null ? '' : keyOf(shown)
    setShown(null)
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(`[data-breach="${key}"] button`)?.focus())
  }
  return (
    <section class="cockpit-judge" aria-label={texts.label} ref={place}>
      <div class="judge-behind" inert={shown !== null}><h2 class="panel-head">{texts.on(cluster?.name ?? '')}<span>{texts.safety(cluster?.score().safety ?? 100)}</span></h2>
      <div class="lamps">{(cluster?.lamps() ?? []).map((lamp) => <LampRow key={lamp.claim} lamp={lamp} />)}</div>
      <div class="feed" aria-live="polite"><h2 class="panel-head">{texts.feed}<span>{total > feedMost ? texts.newest(total) : texts.feedAll}</span></h2>
        {feed.length === 0 && <p class="quiet">{texts.empty}</p>}
        {feed.map((item) => {
          const facts = witnessOf(session, item).length
          return <div key={keyOf(item)} data-breach={keyOf(item)}><BreachItem claim={item.claim} severity={texts.severities[item.severity]} time={`${item.clusterName} ${clockText(item.atMs, true)}`} sentence={item.sentence} {...(facts === 0 ? {} : { witnessWords: texts.witness(facts), onWitness: () => open(item) })} /></div>
        })}</div>
      <Runbook session={session} lobby={lobby} /></div>
      {shown !== null && <Witness key={keyOf(shown)} session={session} item={shown} onClose={close} />}
    </section>
  )
}

const keyOf = (item: FeedItem): string => `${item.cluster} ${item.n}`

/** A claim's lamp; opened, it says in plain words what is claimed. */
function LampRow({ lamp }: { lamp: LampSeen }) {
  const note = lamp.count > 0 ? texts.broken(lamp.count) : lamp.state === 'due' ? texts.due : texts.holds
  return <details class="lamp-row"><summary title={lamp.words}><Lamp state={lamp.state} claim={lamp.claim} note={note} /></summary><p>{lamp.words}</p></details>
}
