import { Button, FaultChip } from '../../components/index.ts'
import { measuredWords, nowWords } from '../../model/above-measured.ts'
import { offsetText } from '../../model/above-clocks.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { wordsOf } from '../../model/fault-form.ts'
import { faultIcon } from '../../model/fault-icons.ts'
import { texts } from '../../texts/cockpit.ts'
import { everywhere, faults } from './chaos.ts'
import { followFacts, followTime } from './session.ts'
import type { Session } from './session.ts'

/** Running faults of the chosen cluster, each to be healed, and a count of the others. */
export function ActiveFaults({ session }: { session: Session }) {
  const seen = session.cockpit.value
  followTime(session)
  followFacts(session)
  const nowMs = performance.now()
  const all = (seen?.clusters ?? []).map((cluster, index) => {
    const atMs = cluster.clock.at(nowMs)
    return { cluster, atMs, here: index === session.selected.value, faults: cluster.above.faultsAt(atMs).toReversed() }
  })
  const chosen = all.find((one) => one.here), elsewhere = all.filter((one) => !one.here && one.faults.length > 0)
  const total = all.reduce((sum, one) => sum + one.faults.length, 0)
  const undone = all.filter((one) => everywhere.value || one.here).flatMap((one) => (one.faults[0] === undefined ? [] : [{ cluster: one.cluster.cluster, id: one.faults[0].id }]))
  const heal = (cluster: number, id: string): void => { void session.command({ kind: 'heal', cluster, id }) }
  const others = texts.faults.elsewhere(elsewhere.map((one) => `${one.cluster.name} ${one.faults.length}`).join(', '))
  return (
    <div class="active-faults"><h2 class="panel-head">{total === 0 ? texts.faults.head : texts.faults.active(total)}
      {undone.length > 0 && <Button kind="quiet" icon="undo" onClick={() => { for (const one of undone) heal(one.cluster, one.id) }}>{texts.faults.undo}</Button>}</h2>
      {total === 0 && <p class="quiet">{texts.faults.none}</p>}
      <div class="fault-list">{chosen?.faults.map((fault) => {
        const type = faults[fault.type]
        return <FaultChip key={fault.id} icon={faultIcon(fault.type)} title={type?.title ?? fault.type} detail={[type === undefined ? null : wordsOf(type, fault.params, chosen.cluster.nodes), nowWords(fault, chosen.atMs, chosen.cluster.above.bentMs), measuredWords(fault, chosen.cluster.above.measured(fault))].filter((part) => part !== null && part !== '').join('; ')}
          secondsLeft={fault.endsAtMs === null ? null : (fault.endsAtMs - chosen.atMs) / 1_000} secondsTotal={fault.endsAtMs === null ? null : (fault.endsAtMs - fault.startedMs) / 1_000} onStop={() => heal(chosen.cluster.cluster, fault.id)} />
      })}</div>
      {chosen !== undefined && <BentClocks session={session} cluster={chosen.cluster} atMs={chosen.atMs} />}
      {elsewhere.length > 0 && <p class="fault-elsewhere quiet" title={others}>{others}</p>}
    </div>
  )
}

/** When nothing acts any more but clocks are not what they were: setting them right is a decision of its own. */
export function BentClocks({ session, cluster, atMs }: { session: Pick<Session, 'command'>; cluster: ClusterSeen; atMs: number }) {
  const bent = cluster.nodes.filter((node) => cluster.above.bentMs(node, atMs) !== 0)
  if (bent.length === 0 || cluster.above.faultsAt(atMs).length > 0) return null
  return (
    <div class="bent-clocks"><p>{texts.faults.bent(bent.map((node) => `${node} ${offsetText(cluster.above.bentMs(node, atMs))}`).join(', '))}</p>
      <Button icon="clock" onClick={() => { void session.command({ kind: 'set-clocks', cluster: everywhere.value ? null : cluster.cluster }) }}>{texts.faults.setClocks}</Button></div>
  )
}
