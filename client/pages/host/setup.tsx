import { signal } from '@preact/signals'
import { scenarios } from '../../../shared/scenarios/index.ts'
import type { Level } from '../../../shared/sim/types.ts'
import { Segmented } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import { levelWords } from '../../texts-host.ts'
import type { Session } from './session.ts'

const storageKey = 'netsplit-host-plan'

function firstPlan(): boolean {
  try { return localStorage.getItem(storageKey) !== 'off' } catch { return true }
}

/** Whether the mission's plan of faults runs by itself; sent when the round starts, and kept so that a page opened anew knows it. */
export const planRuns = signal(firstPlan())

function runPlan(runs: boolean): void {
  planRuns.value = runs
  try { localStorage.setItem(storageKey, runs ? 'on' : 'off') } catch { /* it holds until the page is closed */ }
}
/** Levels that a round can be played at. */
const levels: readonly Level[] = ['L0', 'L1', 'L2']

/** What is played next: mission, help, size, and who breaks things. */
export function Setup({ session, lobby }: { session: Session; lobby: LobbyView }) {
  const mission = scenarios[lobby.scenario]
  const setUp = (change: Partial<{ scenario: string; level: Level; clusterSize: number }>): void => {
    const scenario = change.scenario ?? lobby.scenario
    const { min = 3, max = 7 } = scenarios[scenario]?.nodes ?? {}
    const size = Math.max(min, Math.min(max, change.clusterSize ?? lobby.clusterSize))
    void session.command({ kind: 'set-up', scenario, level: change.level ?? lobby.level, clusterSize: size })
  }
  const sizes = Array.from({ length: (mission?.nodes.max ?? 7) - (mission?.nodes.min ?? 3) + 1 }, (_, index) => (mission?.nodes.min ?? 3) + index)
  return (
    <div class="setup">
      <label class="setup-field"><span>Mission</span>
        <select class="field" value={lobby.scenario} onChange={(event) => setUp({ scenario: event.currentTarget.value })}>
          {Object.values(scenarios).map((one) => <option key={one.id} value={one.id}>{one.title}</option>)}</select></label>
      <div class="setup-field"><span>Help</span>
        <Segmented label="Help level" value={lobby.level} onChange={(level) => setUp({ level })} options={levels.map((value) => ({ value, label: levelWords[value].title }))} />
        <small>{levelWords[lobby.level].words}</small></div>
      <div class="setup-field"><span>Nodes in a cluster</span>
        <Segmented label="Nodes in a cluster" value={lobby.clusterSize} onChange={(clusterSize) => setUp({ clusterSize })} options={sizes.map((value) => ({ value, label: String(value) }))} /></div>
      <div class="setup-field"><span>Who breaks the network</span>
        <Segmented label="Who breaks the network" value={planRuns.value ? 'plan' : 'me'} onChange={(value) => runPlan(value === 'plan')}
          options={[{ value: 'plan', label: 'The plan, and you' }, { value: 'me', label: 'Only you' }]} />
        <small>{planRuns.value ? planWords(lobby.scenario) : 'Nothing breaks until you break it.'}</small></div>
    </div>
  )
}

function planWords(scenario: string): string {
  const count = scenarios[scenario]?.chaos.length ?? 0
  return `${count} ${count === 1 ? 'fault comes' : 'faults come'} by the mission's plan. You can add more, and halt all.`
}
