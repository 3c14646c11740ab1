import { Button, FaultChip } from '../../components/index.ts'
import { wordsOf } from '../../model/fault-form.ts'
import { faultIcon, texts } from '../../texts-host.ts'
import { faults } from './chaos.ts'
import type { Session } from './session.ts'

/** Running faults of all clusters, the chosen one first; each can be healed, the last one undone. */
export function ActiveFaults({ session }: { session: Session }) {
  const seen = session.cockpit.value
  void session.tick.value
  void seen?.version.value
  const nowMs = performance.now()
  const active = (seen?.clusters ?? []).flatMap((cluster, index) => {
    const atMs = cluster.clock.at(nowMs)
    return cluster.above.faultsAt(atMs).map((fault) => ({ cluster, fault, atMs, first: index === session.selected.value }))
  }).toSorted((a, b) => Number(b.first) - Number(a.first) || b.fault.startedMs - a.fault.startedMs)
  const newest = active.toSorted((a, b) => b.fault.startedMs - a.fault.startedMs || b.fault.fact - a.fault.fact)[0]
  const heal = (cluster: number, id: string): void => { void session.command({ kind: 'heal', cluster, id }) }
  return (
    <div class="active-faults"><h2 class="panel-head">{active.length} {active.length === 1 ? 'fault' : 'faults'} active
      {newest !== undefined && <Button kind="quiet" icon="undo" onClick={() => heal(newest.cluster.cluster, newest.fault.id)}>Undo last</Button>}</h2>
      {active.length === 0 && <p class="quiet">{texts.faults.none}</p>}
      <div class="fault-list">{active.map(({ cluster, fault, atMs }) => {
        const type = faults[fault.type]
        return <FaultChip key={`${cluster.cluster} ${fault.id}`} icon={faultIcon(fault.type)} title={type?.title ?? fault.type} detail={`${cluster.name}: ${type === undefined ? '' : wordsOf(type, fault.params)}`}
          secondsLeft={fault.endsAtMs === null ? null : (fault.endsAtMs - atMs) / 1_000} secondsTotal={fault.endsAtMs === null ? null : (fault.endsAtMs - fault.startedMs) / 1_000} onStop={() => heal(cluster.cluster, fault.id)} />
      })}</div>
    </div>
  )
}
