import { useRef, useState } from 'preact/hooks'
import { scenarios } from '../../all-missions.ts'
import type { ChaosPlan } from '../../../shared/plan-file.ts'
import { LEVELS } from '../../../shared/sim/types.ts'
import type { Level } from '../../../shared/sim/types.ts'
import { Button, FilePick, Segmented } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import { texts as directTexts } from '../../texts/direct.ts'
import { texts } from '../../texts/host.ts'
import { download, isMonkey, loaded, monkey, planRuns, readFile, setPlanRuns } from './plans.ts'
import type { Session } from './session.ts'

const words = texts.setup
/** Levels that a round can be played at. */
const levels: readonly Level[] = LEVELS

/** The lobby shows what was chosen this long after the room took it, in ms, at the latest. */
const lobbyShowsMs = 300
interface Wish { scenario: string; level: Level; clusterSize: number; minutes: number }

/** Lengths of a round to choose from, in simulated minutes. */
const roundMinutes: readonly number[] = [3, 5, 8, 10, 15, 20, 30, 45, 60]

/** What is played next: mission, help, size, and who breaks things. */
export function Setup({ session, lobby }: { session: Session; lobby: LobbyView }) {
  const mission = scenarios[lobby.scenario]
  const wished = useRef<Wish | null>(null)
  const setUp = (change: Partial<Wish>): void => {
    const wish: Wish = { scenario: lobby.scenario, level: lobby.level, clusterSize: lobby.clusterSize, minutes: lobby.minutes, ...wished.current, ...change }
    const { scenario } = wish, { min = 3, max = 7 } = scenarios[scenario]?.nodes ?? {}
    const size = wish.clusterSize = Math.max(min, Math.min(max, wish.clusterSize))
    // All four go together. Until the lobby shows this choice, the next one builds on it and not on what the lobby still shows.
    wished.current = wish
    void session.command({ kind: 'set-up', ...wish }).finally(() => setTimeout(() => { if (wished.current === wish) wished.current = null }, lobbyShowsMs))
    // A monkey knows its nodes: another size or mission wants another one.
    const next = scenarios[scenario]
    if (next !== undefined && whoOf(session) === 'monkey' && (size !== lobby.clusterSize || scenario !== lobby.scenario)) void session.command({ kind: 'plan', plan: monkey(next, size) })
  }
  const sizes = Array.from({ length: (mission?.nodes.max ?? 7) - (mission?.nodes.min ?? 3) + 1 }, (_, index) => (mission?.nodes.min ?? 3) + index)
  return (
    <div class="setup">
      <label class="setup-field"><span>{words.mission}</span>
        <select class="field" value={lobby.scenario} onChange={(event) => setUp({ scenario: event.currentTarget.value })}>
          {Object.values(scenarios).map((one) => <option key={one.id} value={one.id}>{one.title}</option>)}</select></label>
      <div class="setup-field"><span>{words.help}</span>
        <Segmented label={words.helpLevel} value={lobby.level} onChange={(level) => setUp({ level })} options={levels.map((value) => ({ value, label: texts.levels[value].title }))} />
        <small>{texts.levels[lobby.level].words}</small></div>
      <div class="setup-pair"><div class="setup-field"><span>{words.nodes}</span>
        <Segmented label={words.nodes} value={lobby.clusterSize} onChange={(clusterSize) => setUp({ clusterSize })} options={sizes.map((value) => ({ value, label: String(value) }))} /></div>
      <label class="setup-field"><span>{directTexts.minutes.label}</span><select class="setup-minutes" value={lobby.minutes} onChange={(event) => setUp({ minutes: Number(event.currentTarget.value) })}>
        {[...new Set([...roundMinutes, lobby.minutes])].map((minutes) => <option key={minutes} value={minutes}>{directTexts.minutes.option(minutes)}</option>)}</select></label></div>
      <Breaker session={session} lobby={lobby} />
    </div>
  )
}

type Who = 'mission' | 'none' | 'monkey' | 'file'

function whoOf(session: Session): Who {
  const plan = session.plan.value
  if (!planRuns.value) return 'none'
  return plan === null ? 'mission' : isMonkey(plan) ? 'monkey' : 'file'
}

/** Who breaks the network in the next rounds: the mission's plan, nobody but the instructor, a monkey, or a plan from a file. */
function Breaker({ session, lobby }: { session: Session; lobby: LobbyView }) {
  const [error, setError] = useState<string | null>(null)
  const mission = scenarios[lobby.scenario]
  const use = async (plan: ChaosPlan | null): Promise<void> => { if (await session.command({ kind: 'plan', plan })) setPlanRuns(true) }
  const choose = (who: Who): void => {
    setError(null)
    if (who === 'none') setPlanRuns(false)
    else if (who === 'mission') void use(null)
    else if (who === 'monkey' && mission !== undefined) void use(monkey(mission, lobby.clusterSize))
  }
  const load = async (file: File): Promise<void> => {
    const read = await readFile(file, { ...(mission === undefined ? {} : { mission }), nodes: lobby.clusterSize })
    setError(read.error)
    if (read.plan !== null) await use(read.plan)
  }
  const who = whoOf(session), carried = loaded.value
  return (
    <div class="setup-field setup-breaker"><span>{words.breaker}</span>
      <Segmented label={words.breaker} value={who} onChange={choose}
        options={[{ value: 'mission', label: words.who.mission }, { value: 'none', label: words.who.none }, { value: 'monkey', label: words.who.monkey }, ...(who === 'file' ? [{ value: 'file' as const, label: words.who.file }] : [])]} />
      <div class="setup-file"><FilePick words={texts.plans.fromFile} kind="button button-quiet" icon="open" accept=".json,application/json" onFile={(file) => { void load(file) }} />
        {who === 'monkey' && <Button kind="quiet" icon="again" onClick={() => choose('monkey')}>{words.another}</Button>}
        {(who === 'monkey' || who === 'file') && session.plan.value !== null && <Button kind="quiet" icon="save" label={texts.plans.saveThis} onClick={() => { if (session.plan.value !== null) download(session.plan.value) }}>{words.save}</Button>}</div>
      {carried !== null && <div class="setup-file">{carried.plan === null ? <p class="setup-error" role="alert">{carried.error}</p> : <Button icon="open" label={`${words.useLink(carried.plan.title)}. ${texts.plans.use}`} onClick={() => { if (carried.plan !== null) void use(carried.plan).then(() => { loaded.value = null }) }}>{words.useLink(carried.plan.title)}</Button>}</div>}
      {error !== null && <p class="setup-error" role="alert">{error}</p>}
      <small>{planWords(session, lobby)}</small></div>
  )
}

/** What will break by itself in the next round, in a sentence. */
export function planWords(session: Session, lobby: LobbyView): string {
  const plan = session.plan.value
  const count = (plan?.steps ?? scenarios[lobby.scenario]?.chaos ?? []).filter((step) => step.do === 'fault').length
  const faults = words.faults(count), title = plan?.title ?? ''
  switch (whoOf(session)) {
    case 'none': return words.ofNobody
    case 'mission': return words.ofMission(faults)
    case 'monkey': return words.ofMonkey(faults, title)
    case 'file': return words.ofFile(faults, title)
  }
}
