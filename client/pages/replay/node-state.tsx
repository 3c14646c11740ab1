import { bodyWords } from '../../../shared/fact-words.ts'
import type { StateAt } from '../../../shared/replay-cursor.ts'
import type { NodeId, Self, SimMs } from '../../../shared/sim/types.ts'
import type { PeerView, Scenario } from '../../../shared/sim/scenario.ts'
import { Icon, clockText } from '../../components/index.ts'
import { offsetText } from '../../model/above-clocks.ts'
import type { Round } from '../../model/replay.ts'
import { texts } from '../../texts/replay.ts'
import { texts as common } from '../../texts/common.ts'

/** What the picked node knew at the cursor, and nothing else. */
export function NodeState({ round, node, state, nowMs }: { round: Round; node: NodeId | null; state: StateAt; nowMs: SimMs }) {
  const seat = node === null ? -1 : round.replayed.recording.header.nodes.indexOf(node)
  const self = state.selves[seat]
  if (self === undefined) return <section class="node-state is-none" aria-label={texts.node.label}><p class="quiet">{round.replayed.fromCache ? texts.noState : texts.pickNode}</p></section>
  return (
    <section class="node-state" aria-label={texts.node.knew(self.id)}>
      <h3>{texts.node.knew(self.id)}<small>{state.students[seat] === true ? texts.node.student : texts.node.bot}; {texts.node.clock} <time class="mono">{clockText(self.clockMs, true)}</time>, {offsetText(round.above.offsetMs(self.id, nowMs))}</small></h3>
      {state.up[seat] === true ? <Known scenario={round.scenario} self={self} /> : <Disk self={self} />}
    </section>
  )
}

/** After a crash only the disk is left. */
function Disk({ self }: { self: Self }) {
  return <><p>{texts.crashed}</p><p class="quiet"><Icon name="disk" sizePx={14} label={common.onDisk} /> {bodyWords({ kind: texts.node.disk, ...self.disk })}</p></>
}

function Known({ scenario, self }: { scenario: Scenario; self: Self }) {
  const view = scenario.view(self)
  const open = self.inbox.filter((letter) => !letter.handled).length
  return (
    <div class="node-known">
      <dl>{view.plate.map((item) => <div key={item.label}><dt>{item.where !== null && <Icon name={item.where} sizePx={13} label={item.where === 'disk' ? common.onDisk : common.inMemory} />}{item.label}</dt><dd><b>{item.value}</b>{item.note !== undefined && item.note !== '' && <small>{item.note}</small>}</dd></div>)}
        <div><dt>{texts.node.unread}</dt><dd><b>{open}</b></dd></div>
        <div><dt>{texts.node.customers}</dt><dd><b>{self.requests.length}</b>{self.requests.length > 0 && <small>{texts.node.waiting}</small>}</dd></div></dl>
      <ul aria-label={texts.node.believed(self.id)}>{Object.entries(view.peers).map(([peer, belief]) => <li key={peer} class={`is-${belief.belief}`}><i>{peer}</i><span>{beliefWords(belief, self.clockMs)}</span></li>)}</ul>
      {view.now !== null && <p class="node-now">{view.now}</p>}
    </div>
  )
}

/** E.g. `leads term 2, heard 1.1 s ago`. */
function beliefWords(belief: PeerView, clockMs: number): string {
  if (belief.heardAtMs === null) return texts.nothingHeard
  const agoS = Math.max(0, clockMs - belief.heardAtMs) / 1_000
  const heard = texts.node.heard(agoS < 10 ? agoS.toFixed(1) : String(Math.round(agoS)))
  return [belief.belief === 'suspected' ? texts.node.suspected : null, belief.note, heard].filter((part) => part !== null).join(', ')
}
