import { useRef, useState } from 'preact/hooks'
import { wrongPlan } from '../../../shared/plan-check.ts'
import type { ChaosPlan } from '../../../shared/plan-file.ts'
import { inSeconds } from '../../../shared/faults/parts.ts'
import type { PlanCondition, PlanStep } from '../../../shared/sim/scenario.ts'
import { Button, FilePick, Sheet, Timeline, clockText } from '../../components/index.ts'
import type { BandEdit } from '../../components/timeline-band.tsx'
import type { TimelineBand } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { wordsOf } from '../../model/fault-form.ts'
import { lengthMs, scriptOf } from '../../model/plan-script.ts'
import { faultName } from '../../model/fault-groups.ts'
import { texts } from '../../texts/host.ts'
import { whyInOwnWords } from '../../texts/why.ts'
import { everywhere, faults } from './chaos.ts'
import { download, loaded, readFile } from './plans.ts'
import { followFacts, followTime } from './session.ts'
import type { Session } from './session.ts'
import { texts as common } from '../../texts/common.ts'
import { origins } from '../../link/origins.ts'
import { planFragment } from '../../link/plan-link.ts'
import { PlanBar } from './plan-bar.tsx'
import { canUndo, chosenStep, comingIn, moveStep, removeStep } from './plan-draft.ts'
import { CopyLink } from './share.tsx'

const tickEveryMs = 60_000
/** Below this height of the window, in px, there is room for one row of bands. */
const lowPx = 690
const rowsMost = 3
/** Bands of faults that are over; older ones are in the replay. */
const bandsMost = 24
const breachesMost = 40

interface ScriptProps { session: Session; lobby: LobbyView; cluster: ClusterSeen }

/** What was done and what is to come in the chosen cluster, on one line; and how to keep it, load another and run that. */
export function Script({ session, lobby, cluster }: ScriptProps) {
  followTime(session)
  followFacts(session)
  const nowMs = cluster.clock.at(performance.now()), { plans } = cluster, file = loaded.value
  const mission = session.scenario()
  const place = useRef<HTMLElement>(null), [link, setLink] = useState<string | null>(null)
  const scriptNow = (): ChaosPlan => scriptOf(texts.plans.savedTitle(lobby.title, lobby.round, cluster.name), lobby.scenario, cluster.above.faults, plans, nowMs, lobby.durationMs)
  const save = (): void => {
    const plan = scriptNow()
    const wrong = plan.steps.length === 0 ? texts.plans.nothing : wrongPlan(plan)
    if (wrong === null) download(plan)
    else loaded.value = { plan: null, error: whyInOwnWords(wrong) }
  }
  const load = async (chosen: File): Promise<void> => { loaded.value = await readFile(chosen, { ...(mission === null ? {} : { mission }), nodes: cluster.nodes.length }) }
  const run = async (): Promise<void> => {
    if (file?.plan && await session.command({ kind: 'run-plan', cluster: everywhere.value ? null : cluster.cluster, plan: file.plan })) loaded.value = null
  }
  const share = async (): Promise<void> => {
    const plan = file?.plan ?? scriptNow(), fragment = plan.steps.length === 0 ? null : await planFragment(plan)
    if (fragment === null) { loaded.value = { plan: null, error: plan.steps.length === 0 ? texts.plans.nothing : texts.plans.tooLong }; return }
    setLink(`${origins.value[0] ?? location.origin}/host${fragment}`)
  }
  const low = innerHeight <= lowPx, coming = comingIn(cluster, lobby.durationMs), editing = chosenStep.value !== null || canUndo(cluster)
  // The band that stands there then, else the one before it, else what is left of the bar: the keyboard is never left nowhere.
  const keepFocus = (at: number): void => {
    setTimeout(() => [`[data-band="to come ${at}"]`, `[data-band="to come ${at - 1}"]`, '.plan-bar button', 'button'].reduce<HTMLElement | null>((found, next) => found ?? place.current?.querySelector<HTMLElement>(next) ?? null, null)?.focus(), 0)
  }
  const editOf = (at: number): BandEdit => ({
    chosen: chosenStep.value === at, choose: () => { chosenStep.value = chosenStep.value === at ? null : at },
    move: (byMs) => { const next = moveStep(session, lobby, cluster, at, byMs); chosenStep.value = next; keepFocus(next) }, remove: () => { removeStep(session, lobby, cluster, at); keepFocus(at) },
  })
  return (
    <section class="script" aria-label={texts.plans.script} ref={place}>
      <div class="script-tools"><Button icon="save" label={texts.plans.saveLong} onClick={save}>{texts.plans.save}</Button>
        <FilePick words={texts.plans.load} kind="button" icon="open" accept=".json,application/json" onFile={(chosen) => { void load(chosen) }} />
        <Button icon="share" label={texts.plans.linkLong} onClick={() => { void share() }}>{texts.plans.link}</Button></div>
      {file !== null ? <div class="script-loaded" role={file.error === null ? 'status' : 'alert'}>
        <p title={file.error ?? undefined}>{file.plan === null ? file.error : <><b>{file.plan.title}</b> {texts.plans.length(file.plan.steps.length, clockText(lengthMs(file.plan)))}</>}</p>
        {file.plan !== null && <Button icon="play" onClick={() => { void run() }}>{texts.plans.run}</Button>}
        <Button kind="quiet" icon="cross" label={file.plan === null ? common.close : texts.plans.putAway} onClick={() => { loaded.value = null }}>{''}</Button></div>
        : editing && <PlanBar session={session} lobby={lobby} cluster={cluster} nameOf={shortName} keepFocus={keepFocus} />}
      <Timeline label={texts.plans.faultsOf(cluster.name)} durationMs={lobby.durationMs} rowsMost={low ? 1 : rowsMost - (file === null && !editing ? 0 : 1)} cursorMs={nowMs}
        bands={[...ranBands(cluster, nowMs, lobby.durationMs), ...coming.flatMap(({ step, atMs }, at) => bandOf(step, `to come ${at}`, atMs, lobby.durationMs, editOf(at))),
          ...(file?.plan?.steps ?? []).flatMap((step, at) => bandOf(step, `loaded ${at}`, nowMs + step.atMs, lobby.durationMs))]}
        breaches={cluster.above.breaches.slice(-breachesMost).map((one) => ({ key: `${one.n}`, atMs: one.atMs, label: texts.plans.broke(one.claim, clockText(one.atMs, true)) }))}
        ticks={Array.from({ length: Math.floor(lobby.durationMs / tickEveryMs) + 1 }, (_, minute) => ({ atMs: minute * tickEveryMs, label: `${minute}:00` })).slice(1, -1)} />
      {link !== null && <Sheet title={texts.plans.linkLong} closeWords={common.close} onClose={() => setLink(null)}><CopyLink label={texts.plans.linkWords} url={link} /></Sheet>}
    </section>
  )
}

const shortName = (type: string): string => faultName(type) ?? faults[type]?.title ?? type

/** Faults that began, to their end as far as it is known. */
function ranBands(cluster: ClusterSeen, nowMs: number, endMs: number): TimelineBand[] {
  return cluster.above.faults.slice(-bandsMost).filter((fault) => fault.startedMs <= nowMs).map((fault): TimelineBand => {
    const type = faults[fault.type]
    return { key: `${fault.fact}`, label: [shortName(fault.type), type === undefined ? '' : wordsOf(type, fault.params, cluster.nodes)].join(' ').trim(), fromMs: fault.startedMs, toMs: Math.min(endMs, fault.endedMs ?? fault.endsAtMs ?? endMs), kind: 'ran' }
  })
}

function waitsFor(when: PlanCondition): string {
  const { waits } = texts.plans
  switch (when.kind) {
    case 'leader': return waits.leader(inSeconds(when.forMs))
    case 'no-leader': return waits.noLeader(inSeconds(when.forMs))
    case 'after': return waits.after(inSeconds(when.ms), when.fault)
    case 'breach': return waits.breach(when.claim)
  }
}

/** A step that has not begun: dashed. One with a condition says what it waits for. */
function bandOf(step: PlanStep, key: string, fromMs: number, endMs: number, edit?: BandEdit): TimelineBand[] {
  if (fromMs >= endMs) return []
  const changed = edit === undefined ? {} : { edit }
  if (step.do === 'halt') return [{ key, label: texts.plans.halt, fromMs, toMs: Math.min(endMs, fromMs + 1_000), kind: 'planned', ...changed }]
  const waits = step.when === undefined ? '' : `, ${waitsFor(step.when)}`
  return [{ key, label: shortName(step.type) + waits, fromMs, toMs: Math.min(endMs, step.durationMs === null ? endMs : fromMs + step.durationMs), kind: 'planned', ...changed }]
}
