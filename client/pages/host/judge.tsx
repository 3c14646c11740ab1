import { useState } from 'preact/hooks'
import { BreachItem, Lamp, clockText } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import type { ClusterSeen, FeedItem } from '../../model/cockpit.ts'
import { texts as cockpitTexts } from '../../texts/cockpit.ts'
import { texts } from '../../texts/host.ts'
import { Runbook } from './runbook.tsx'
import { followFacts } from './session.ts'
import { WitnessSheet, witnessOf } from './witness.tsx'
import type { Session } from './session.ts'

/** Breaches on the page at a time; the debrief has all. */
const feedMost = 8

/** Lamps of the chosen cluster, breaches of all, and what the runbook says now. */
export function Judge({ session, lobby, cluster }: { session: Session; lobby: LobbyView; cluster: ClusterSeen | null }) {
  const seen = session.cockpit.value
  followFacts(session)
  const [shown, setShown] = useState<FeedItem | null>(null)
  const feed = seen?.feed(feedMost) ?? []
  const total = seen?.clusters.reduce((sum, one) => sum + one.score().breaches, 0) ?? 0
  return (
    <section class="cockpit-judge" aria-label="The judge">
      <h2 class="panel-head">The judge on {cluster?.name ?? ''}<span>safety {cluster?.score().safety ?? 100}</span></h2>
      <div>{(cluster?.lamps() ?? []).map((lamp) => <div key={lamp.claim} title={lamp.words}><Lamp state={lamp.state} claim={lamp.claim} {...(lamp.count > 0 ? { note: lamp.count === 1 ? 'broken once' : `broken ${lamp.count}x` } : {})} /></div>)}</div>
      <div class="feed" aria-live="polite"><h2 class="panel-head">Broken claims<span>{total > feedMost ? `newest of ${total}` : 'all clusters'}</span></h2>
        {feed.length === 0 && <p class="quiet">{texts.feed.empty}</p>}
        {feed.map((item) => <div key={`${item.cluster} ${item.n}`} title={`What prevents it: ${item.prevention}`}><BreachItem claim={item.claim} severity={item.severity} time={`${item.clusterName} ${clockText(item.atMs, true)}`} sentence={item.sentence} {...(witnessOf(session, item).length === 0 ? {} : { witnessWords: cockpitTexts.witness(witnessOf(session, item).length), onWitness: () => setShown(item) })} /></div>)}</div>
      {shown !== null && <WitnessSheet session={session} item={shown} onClose={() => setShown(null)} />}
      <Runbook session={session} lobby={lobby} />
    </section>
  )
}
