import { stampText } from '../../sim/fields.ts'
import type { Badge, Panel, PeerView, Scenario, StudentView, Told } from '../../sim/scenario.ts'
import { NODE_IDS } from '../../sim/types.ts'
import type { Letter, NodeId, OpenRequest } from '../../sim/types.ts'
import { entryOf, isKnown, isReady, pairOf, statusOf, timingOf } from './state.ts'
import { ORDERS } from './types.ts'
import type { Entry, LogicalClocks, Message, Operation, Reply, Self } from './types.ts'
import type { ClockWords } from './words/en.ts'

type Say = ClockWords['screen']
/** Lines of the log that a screen has room for. */
const LOG_SHOWN = 8

const did = ({ verb, order }: Pick<Entry, 'verb' | 'order'>, say: Say): string => say.did(say.verbs[verb], order)

function peerView(self: Self, peer: NodeId, say: Say): PeerView {
  const heardAtMs = self.inbox.filter(({ from }) => from === peer).at(-1)?.atMs ?? null
  const lacks = self.disk.outbox.filter(({ acks }) => !acks.includes(peer)).length
  return { belief: heardAtMs === null ? 'silent' : 'alive', heardAtMs, patienceMs: 60_000, fill: 'empty', pennant: false, note: lacks === 0 ? null : say.mayLack(lacks) }
}

function view(self: Self, say: Say): StudentView {
  const { disk, memory } = self, waiting = self.inbox.filter(({ message, handled }) => !handled && message.kind === 'op' && entryOf(self, message.entry.name) === undefined).length
  const vector: Panel = { kind: 'vector', title: say.vector, of: NODE_IDS.slice(0, self.peers.length + 1).map((node, at) => ({ node, value: disk.stamp[at + 1] ?? 0, own: node === self.id })) }
  const log: Panel = {
    kind: 'table', title: say.log.title, head: [say.log.name, say.log.what, say.log.stamp], empty: say.log.none,
    rows: disk.log.slice(-LOG_SHOWN).toReversed().map((entry) => ({ key: entry.name, cells: [entry.name, did(entry, say), stampText(entry.stamp)] })),
  }
  return {
    role: disk.log.length === 0 ? say.emptyBook : say.holds(disk.log.length), fill: 'empty', pennant: false,
    plate: [
      { label: say.plate.clock, value: String(disk.stamp[0]), where: 'disk' },
      ...ORDERS.map((order) => ({ label: say.plate.order(order), value: say.statuses[statusOf(disk.log, order)], where: 'disk' as const })),
      { label: say.plate.outbox, value: String(disk.outbox.length), where: 'disk' },
    ],
    peers: Object.fromEntries(self.peers.map((peer) => [peer, peerView(self, peer, say)])),
    panels: [vector, log],
    ring: disk.outbox.length === 0 ? null : { label: say.repeat, fromMs: memory.sentAtMs, dueMs: memory.sentAtMs + timingOf(self) },
    now: waiting === 0 ? null : say.waiting(waiting),
  }
}

function tellLetter(self: Self, { from, message }: Letter<Message>, say: Say): Told {
  if (message.kind === 'got') return { text: say.got(from, message.name), why: null, stale: !self.disk.outbox.some(({ name }) => name === message.name) }
  const { entry } = message, have = entryOf(self, entry.name) !== undefined
  return { text: say.sends(from, entry.name, did(entry, say)), why: have ? say.haveIt : isReady(self, entry) ? say.stamped(stampText(entry.stamp)) : say.restsOn(stampText(entry.stamp)), stale: false }
}

function tellRequest(self: Self, { operation }: OpenRequest<Operation>, say: Say): { command: string; hold: string } {
  if (operation.kind === 'place') return { command: did(operation, say), hold: operation.after === null ? say.bringsNothing : isKnown(self, operation.after) ? say.brings(operation.after.name, stampText(operation.after.stamp)) : say.unknown(operation.after.name) }
  const pair = pairOf(self)
  return { command: pair === null ? say.compare : say.compares(pair[0].name, pair[1].name), hold: pair === null ? say.tooFew : pair.map((entry) => say.event(entry.name, did(entry, say), stampText(entry.stamp))).join('\n') }
}

/** All that a screen says, in the words of a language. */
export function tellingIn(say: Say): Pick<Scenario<LogicalClocks>, 'view' | 'tellLetter' | 'tellRequest' | 'tellReply' | 'tellOperation' | 'badge'> {
  return {
    view: (self) => view(self, say), tellLetter: (self, letter) => tellLetter(self, letter, say), tellRequest: (self, request) => tellRequest(self, request, say),
    tellReply: (reply: Reply) => (reply.kind === 'placed' ? say.placed(reply.entry.name, stampText(reply.entry.stamp)) : reply.kind === 'relation' ? say.relation(reply.first, reply.second, reply.relation) : say.tooFew),
    tellOperation: (operation) => (operation.kind === 'place' ? did(operation, say) : say.compare),
    badge(state): Badge {
      const clock = state.disk.stamp[0]
      return { fill: 'empty', pennant: false, tab: clock === 0 ? '' : `L${clock}`, words: say.holds(state.disk.log.length), leads: false }
    },
  }
}
