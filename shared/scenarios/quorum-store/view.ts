import type { Badge, Panel, PeerView, Scenario, StudentView, Told } from '../../sim/scenario.ts'
import type { Letter, NodeId, OpenRequest } from '../../sim/types.ts'
import { answered, copyOf, holders, timingOf, under, underOf } from './state.ts'
import { KEYS } from './types.ts'
import type { Coordination, Message, Operation, QuorumStore, Reply, Self } from './types.ts'
import type { QuorumWords } from './words/en.ts'

type Say = QuorumWords['screen']

/** The last word of each peer, from the letters that are still there. */
function peerView(self: Self, peer: NodeId): PeerView {
  const heardAtMs = self.inbox.filter(({ from }) => from === peer).at(-1)?.atMs ?? null
  return { belief: heardAtMs === null ? 'silent' : 'alive', heardAtMs, patienceMs: 60_000, fill: 'empty', pennant: false, note: null }
}

const progress = (self: Self, one: Coordination, kind: Operation['kind'], say: Say): string => (one.phase === 'query'
  ? say.asking(answered(one), self.memory.read, kind === 'read' ? holders(one) : null)
  : say.storing(one.acks.length, self.memory.write))

function view(self: Self, say: Say): StudentView {
  const { memory } = self, all = under(self)
  const copies: Panel = {
    kind: 'table', title: say.copies.title, head: [say.copies.key, say.copies.value, say.copies.version], empty: say.copies.none,
    rows: KEYS.map((key) => { const { value, version } = copyOf(self, key); return { key, cells: [key, value ?? '-', version[0] === 0 ? '-' : `${version[0]} ${version[1]}`] } }),
  }
  const open: Panel = {
    kind: 'table', title: say.open.title, head: [say.open.what, say.open.state], empty: say.open.none,
    rows: all.map(({ request, one }) => ({ key: one.op, cells: [say.command(request.operation), progress(self, one, request.operation.kind, say)] })),
  }
  const oldest = all.toSorted((a, b) => a.one.sentAtMs - b.one.sentAtMs)[0]
  return {
    role: all.length === 0 ? say.keeps : say.coordinates(all.length), fill: all.length === 0 ? 'empty' : 'third', pennant: false,
    plate: [
      { label: say.plate.read, value: say.of(memory.read, self.peers.length + 1), where: 'memory' },
      { label: say.plate.write, value: say.of(memory.write, self.peers.length + 1), note: memory.read + memory.write > self.peers.length + 1 ? say.overlap : say.noOverlap, where: 'memory' },
      ...KEYS.map((key) => ({ label: say.plate.copy(key), value: copyOf(self, key).value ?? '-', where: 'disk' as const })),
    ],
    peers: Object.fromEntries(self.peers.map((peer) => [peer, peerView(self, peer)])),
    panels: [open, copies],
    ring: oldest === undefined ? null : { label: say.repeat, fromMs: oldest.one.sentAtMs, dueMs: oldest.one.sentAtMs + timingOf(self) },
    now: null,
  }
}

function tellLetter(self: Self, { from, message }: Letter<Message>, say: Say): Told {
  const mine = under(self).find(({ one }) => one.op === message.op)
  switch (message.kind) {
    case 'query': return { text: say.asks(from, message.key), why: say.yours(copyOf(self, message.key).value), stale: false }
    case 'store': return { text: say.stores(from, message.key, message.copy.value, message.copy.version[0]), why: null, stale: false }
    case 'value': return { text: say.holds(from, message.key, message.copy.value, message.copy.version[0]), why: null, stale: mine === undefined || mine.one.phase !== 'query' }
    case 'stored': return { text: say.hasStored(from, message.key, message.version[0]), why: null, stale: mine === undefined || mine.one.phase !== 'store' }
  }
}

function tellRequest(self: Self, request: OpenRequest<Operation>, say: Say): { command: string; hold: string } {
  const one = underOf(self, request.n)
  return { command: say.command(request.operation), hold: one === undefined ? say.notStarted : progress(self, one, request.operation.kind, say) }
}

/** All that a screen says, in the words of a language. */
export function tellingIn(say: Say): Pick<Scenario<QuorumStore>, 'view' | 'tellLetter' | 'tellRequest' | 'tellReply' | 'tellOperation' | 'badge'> {
  return {
    view: (self) => view(self, say), tellLetter: (self, letter) => tellLetter(self, letter, say), tellRequest: (self, request) => tellRequest(self, request, say),
    tellReply: (reply: Reply) => say.replied(reply), tellOperation: (operation) => say.command(operation),
    badge(state, self): Badge {
      const count = Object.keys(state.memory.under ?? {}).length === 0 ? 0 : under(self).length
      return { fill: count === 0 ? 'empty' : 'third', pennant: false, tab: count === 0 ? '' : String(count), words: count === 0 ? say.keeps : say.coordinates(count), leads: false }
    },
  }
}
