import { useEffect, useState } from 'preact/hooks'
import type { Fault } from '../../../shared/sim/fault.ts'
import { Button, Icon, clockText } from '../../components/index.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { asksWhoLeads, durationFor, durationsOf } from '../../model/fault-form.ts'
import type { FormValues } from '../../model/fault-form.ts'
import { previewOf, refusalOf, touchedBy } from '../../model/fault-preview.ts'
import type { Preview } from '../../model/fault-preview.ts'
import { faultIcon } from '../../model/fault-icons.ts'
import { texts } from '../../texts/cockpit.ts'
import { aim, durationOf, everywhere, fillIn, formOf, resolvedFor, setDuration, startWords } from './chaos.ts'
import { FormField } from './fault-fields.tsx'
import { followTime, leaderNow } from './session.ts'
import type { Session } from './session.ts'
import { signal } from '@preact/signals'
import type { PlannedFault } from '../../../shared/sim/scenario.ts'
import { planFault } from './plan-draft.ts'

/** How much later a fault may begin, in ms; then it is planned, and stands on the timeline. */
const startsInMs: readonly number[] = [0, 15_000, 30_000, 60_000, 120_000, 300_000]
const startsIn = signal(0)

interface FaultFormProps { session: Session; type: string; fault: Fault; cluster: ClusterSeen | null; onDone: (byKeyboard: boolean) => void }

/** One fault: its ready-made choices, each one press, then its dials; and what it would do, before it does it. */
export function FaultForm({ session, type, fault, cluster, onDone }: FaultFormProps) {
  // Who leads changes, and with it whom a word means.
  followTime(session)
  const [pointed, setPointed] = useState<number | null>(null)
  const values = formOf(type, fault), lastsMs = durationOf(type, fault), mission = session.scenario()
  const preset = pointed === null ? undefined : fault.presets[pointed]
  const preview = cluster === null || mission === null ? null : previewOf(fault, resolvedFor(cluster, fault, preset?.params ?? values), cluster.nodes, mission)
  const refusal = cluster === null || mission === null ? texts.faults.noCluster : refusalOf(fault, resolvedFor(cluster, fault, values), cluster.nodes, mission)
  const all = session.cockpit.value?.clusters ?? [], clusters = everywhere.value ? all.length : 1
  const key = JSON.stringify(preview?.refusal === null ? preview.aim : null)
  useEffect(() => {
    aim.value = preview?.refusal === null ? preview.aim : null
    return () => { aim.value = null }
  }, [key])
  const start = async (chosen: Fault['presets'][number]['params'] | FormValues, ms: number | null, byKeyboard: boolean): Promise<void> => {
    const lobby = session.link.lobby.value, inMs = startsIn.value
    if (inMs > 0 && lobby !== null && cluster !== null) {
      planFault(session, lobby, cluster, { do: 'fault', atMs: 0, type, params: { ...chosen } as PlannedFault['params'], durationMs: ms }, inMs)
      startsIn.value = 0
      onDone(byKeyboard)
      return
    }
    if (await startWords(session, type, chosen, ms)) onDone(byKeyboard)
  }
  return (
    <form class="palette-form" aria-label={fault.title} onSubmit={(event) => { event.preventDefault(); if (refusal === null) void start(values, lastsMs, event.submitter instanceof HTMLElement && event.submitter.matches(':focus-visible')) }}>
      <div class="palette-title"><Icon name={faultIcon(type)} /><b>{fault.title}</b><button type="button" class="chip-stop" aria-label={texts.faults.back} onClick={(event) => onDone(event.detail === 0)}><Icon name="cross" sizePx={14} /></button></div>
      <div class="palette-scroll">
        <div class="presets" role="group" aria-label={texts.faults.ready}>{fault.presets.map((one, at) => {
          const refused = cluster === null || mission === null ? texts.faults.noCluster : refusalOf(fault, resolvedFor(cluster, fault, one.params), cluster.nodes, mission)
          const ms = one.durationMs === undefined ? lastsMs : one.durationMs
          return <button type="button" key={one.title} class="preset" aria-disabled={refused === null ? undefined : true} title={refused ?? undefined}
            onClick={(event) => { if (refused === null) void start(one.params, ms, event.detail === 0) }}
            onFocus={() => setPointed(at)} onBlur={() => setPointed(null)} onPointerEnter={() => setPointed(at)} onPointerLeave={() => setPointed(null)}>
            <b>{one.title}</b>{one.durationMs !== undefined && one.durationMs !== null && <small>{clockText(one.durationMs)}</small>}</button>
        })}</div>
        {Object.keys(fault.fields).length > 0 && <h3>{texts.faults.dials}</h3>}
        {Object.entries(fault.fields).map(([name, field]) => <FormField key={name} field={field} value={values[name] ?? ''} nodes={cluster?.nodes ?? []}
          resolved={cluster === null ? [] : [resolvedFor(cluster, fault, values)[name] ?? []].flat().filter((one) => typeof one === 'string')} onChange={(value) => fillIn(type, fault, name, value)} />)}
      </div>
      <div class="palette-start"><label class="palette-field"><span>{texts.faults.lasts}</span><select value={String(lastsMs)} onChange={(event) => setDuration(type, event.currentTarget.value === 'null' ? null : Number(event.currentTarget.value))}>
        {[...new Set([...durationsOf(fault), durationFor(fault, lastsMs)])].map((ms) => <option key={ms} value={String(ms)}>{ms === null ? texts.faults.untilHealed : ms < 1_000 ? `${ms / 1_000} s` : clockText(ms)}</option>)}</select></label>
      <select class="palette-when" aria-label={texts.faults.when} value={String(startsIn.value)} onChange={(event) => { startsIn.value = Number(event.currentTarget.value) }}>
        {startsInMs.map((ms) => <option key={ms} value={String(ms)}>{ms === 0 ? texts.faults.now : texts.faults.inTime(clockText(ms))}</option>)}</select>
      <Button type="submit" refusal={refusal}>{texts.faults.start}</Button></div>
      {preview !== null && <Previewed preview={preview} of={preset?.title ?? null} students={studentsTouched(session, fault, preset?.params ?? values, everywhere.value ? all : all.filter((one) => one === cluster))} others={clusters > 1 && cluster !== null ? texts.faults.everywhere(clusters, cluster.name) : null} leaderless={cluster !== null && leaderNow(cluster) === null && asksWhoLeads(fault, preset?.params ?? values, cluster.nodes) ? cluster.nodes[0] ?? null : null} />}
    </form>
  )
}

/** What would happen, in words: whom it touches, what the class is told, how it goes with other faults. */
function Previewed({ preview, of, students, others, leaderless }: { preview: Preview; of: string | null; students: string; others: string | null; leaderless: string | null }) {
  return (
    <div class="preview" role="status">
      {preview.refusal !== null ? <b class="preview-refusal">{preview.refusal}</b> : <>
        <b>{of === null ? '' : `${of}: `}{of === null ? preview.touches : preview.touches.replace(/^T/, 't')} {students}</b>
        <span>{[preview.sentence, leaderless === null ? '' : texts.faults.leaderless(leaderless), others ?? ''].filter((part) => part !== '').join(' ')}</span>
        <small>{preview.composes}</small></>}
    </div>
  )
}

/** How many students of how many would feel it, in the clusters that it is meant for; bots feel nothing. */
function studentsTouched(session: Session, fault: Fault, params: Fault['presets'][number]['params'] | FormValues, clusters: readonly ClusterSeen[]): string {
  let touched = 0, students = 0
  for (const cluster of clusters) {
    const ids = touchedBy(fault, resolvedFor(cluster, fault, params), cluster.nodes)
    for (const seat of session.link.lobby.value?.clusters[cluster.cluster]?.seats ?? []) {
      if (seat.playedBy !== 'student') continue
      students++
      if (ids.has(seat.node)) touched++
    }
  }
  return students === 0 ? '' : texts.faults.students(touched, students)
}
