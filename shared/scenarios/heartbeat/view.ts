import type { Badge, Panel, PeerView, Scenario, StudentView, Told } from '../../sim/scenario.ts'
import type { Letter, NodeId } from '../../sim/types.ts'
import { doubtAtMs, knownOf, silentSinceMs } from './state.ts'
import type { Heartbeat, Message, Self } from './types.ts'
import type { HeartbeatWords } from './words/en.ts'

type Say = HeartbeatWords['screen']
const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`

function peerView(self: Self, peer: NodeId, say: Say): PeerView {
  const known = knownOf(self, peer)
  const base = { patienceMs: known?.timeoutMs ?? 0, fill: 'empty' as const, pennant: false }
  if (known === undefined) return { ...base, belief: 'silent', heardAtMs: null, note: null }
  const note = known.heardAtMs === null && known.belief === 'alive' ? null : say.waits(seconds(known.timeoutMs))
  return { ...base, belief: known.belief === 'suspected' ? 'suspected' : known.heardAtMs === null ? 'silent' : 'alive', heardAtMs: known.heardAtMs ?? (known.belief === 'suspected' ? self.memory.wokeAtMs : null), note }
}

/** Whose timeout runs out first. */
function nextDoubt(self: Self): { peer: NodeId; dueMs: number } | null {
  const due = self.peers.flatMap((peer) => { const dueMs = doubtAtMs(self, peer); return dueMs === null ? [] : [{ peer, dueMs }] })
  return due.toSorted((a, b) => a.dueMs - b.dueMs)[0] ?? null
}

/** Of each peer: how long it has been silent, the longest gap between its latest beats, and how long it would be waited for. */
function heardPanel(self: Self, { panel }: Say): Panel {
  return {
    kind: 'table', title: panel.title, head: [panel.peer, panel.silent, panel.longest, panel.timeout], empty: panel.never,
    rows: self.peers.map((peer) => {
      const known = knownOf(self, peer), dueMs = doubtAtMs(self, peer), gaps = known?.gapsMs ?? []
      const silent = seconds(self.clockMs - silentSinceMs(self, peer)), longest = gaps.length === 0 ? '-' : seconds(Math.max(...gaps))
      return { key: peer, cells: [peer, silent, longest, seconds(known?.timeoutMs ?? 0)], ...(dueMs !== null && self.clockMs >= dueMs ? { mark: true as const } : {}) }
    }),
  }
}

function view(self: Self, say: Say): StudentView {
  const { memory } = self, suspected = self.peers.filter((peer) => knownOf(self, peer)?.belief === 'suspected'), next = nextDoubt(self)
  const over = self.peers.filter((peer) => { const dueMs = doubtAtMs(self, peer); return dueMs !== null && self.clockMs >= dueMs })
  const timeouts = self.peers.map((peer) => knownOf(self, peer)?.timeoutMs ?? 0)
  return {
    role: suspected.length === 0 ? say.trustsAll : say.suspects(suspected.join(' ')), fill: 'empty', pennant: false,
    plate: [
      { label: say.plate.suspected, value: suspected.length === 0 ? say.nobody : suspected.join(' '), where: 'memory' },
      { label: say.plate.timeout, value: Math.min(...timeouts) === Math.max(...timeouts) ? seconds(timeouts[0] ?? 0) : `${Math.round(Math.min(...timeouts) / 1_000)}-${seconds(Math.max(...timeouts))}`, note: memory.fixed ? say.sameForAll : '', where: 'memory' },
      { label: say.plate.interval, value: seconds(memory.intervalMs), where: 'memory' },
      { label: say.plate.beats, value: String(memory.beat), where: 'memory' },
    ],
    peers: Object.fromEntries(self.peers.map((peer) => [peer, peerView(self, peer, say)])),
    aim: next?.peer ?? null,
    panels: [heardPanel(self, say)],
    ring: next === null ? null : { label: say.doubt(next.peer), fromMs: silentSinceMs(self, next.peer), dueMs: next.dueMs },
    now: over.length === 0 ? null : say.ranOut(over.join(' ')),
  }
}

/** What a heartbeat tells, and after how long. */
function tellLetter(self: Self, letter: Letter<Message>, say: Say): Told {
  const known = knownOf(self, letter.from)
  return { text: say.beats(letter.from, letter.message.beat), why: known?.belief === 'suspected' ? say.youSuspect(letter.from) : null, stale: known !== undefined && letter.message.beat < known.beat && known.belief === 'alive' }
}

/** One glance in the cockpit: how many the node suspects, and whom. */
function badge(state: { memory: Partial<Heartbeat['memory']> }, say: Say): Badge {
  const suspected = Object.entries(state.memory.of ?? {}).filter(([, known]) => known.belief === 'suspected').map(([peer]) => peer)
  return { fill: suspected.length === 0 ? 'empty' : 'third', pennant: false, tab: suspected.length === 0 ? '' : `?${suspected.join('')}`, words: suspected.length === 0 ? say.trustsAll : say.suspects(suspected.join(' ')), leads: false }
}

/** All that a screen says, in the words of a language. */
export function tellingIn(say: Say): Pick<Scenario<Heartbeat>, 'view' | 'tellLetter' | 'tellRequest' | 'tellReply' | 'badge'> {
  return { view: (self) => view(self, say), tellLetter: (self, letter) => tellLetter(self, letter, say), tellRequest: () => ({ command: '', hold: '' }), tellReply: () => '', badge: (state) => badge(state, say) }
}
