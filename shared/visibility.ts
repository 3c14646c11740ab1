import { clockAt } from './sim/clocks.ts'
import type { Clock } from './sim/clocks.ts'
import { unreachable } from './sim/assert.ts'
import type { Fact } from './sim/facts.ts'
import type { ClockMs, Letter, NodeId, OpenRequest, Shape } from './sim/types.ts'

/**
 * The knowledge boundary. What a student may know of a fact is decided here and nowhere else: only facts of their own node,
 * on its own clock, with its own numbers; no true time, no travel times, no causes, no identities that count other's attempts.
 */
export type Seen = { atMs: ClockMs } & (
  | { kind: 'requested'; request: OpenRequest['n']; operation: Shape['operation'] }
  | { kind: 'sent'; to: NodeId; body: Shape['message'] }
  | { kind: 'delivered'; letter: Letter['n']; from: NodeId; body: Shape['message'] }
  | { kind: 'acted'; action: Shape['action']; rule: string | null }
  | { kind: 'refused'; reason: string }
  | { kind: 'stored' }
  | { kind: 'timer'; name: string }
  | { kind: 'replied'; request: OpenRequest['n']; reply: Shape['reply'] }
  | { kind: 'redirected'; request: OpenRequest['n']; to: NodeId }
  | { kind: 'expired'; request: OpenRequest['n'] }
  | { kind: 'crashed' }
  | { kind: 'restarted' }
  | { kind: 'resumed'; pausedMs: number; heldCount: number })

/** Who looks: a student at a node with its clock, or somebody who may see everything (instructor, replay after the round). */
export type Viewer = { kind: 'student'; node: NodeId; clock: Clock } | { kind: 'all' }

/** What a student's node could know of `fact`, or null when it could know nothing. */
export function visibleTo(fact: Fact, viewer: Extract<Viewer, { kind: 'student' }>): Seen | null
/** Everything. */
export function visibleTo(fact: Fact, viewer: Extract<Viewer, { kind: 'all' }>): Fact
export function visibleTo(fact: Fact, viewer: Viewer): Seen | Fact | null {
  if (viewer.kind === 'all') return fact
  // Facts without a node (losses, faults, breaches) are facts of the world: no node lives through them.
  if (fact.node === null || fact.node !== viewer.node) return null
  const atMs = clockAt(viewer.clock, fact.atMs)
  switch (fact.kind) {
    case 'requested': return { kind: 'requested', atMs, request: fact.local, operation: fact.operation }
    case 'sent': return { kind: 'sent', atMs, to: fact.to, body: fact.body }
    case 'delivered': return { kind: 'delivered', atMs, letter: fact.letter, from: fact.from, body: fact.body }
    case 'acted': return { kind: 'acted', atMs, action: fact.action, rule: fact.rule }
    case 'refused': return { kind: 'refused', atMs, reason: fact.reason }
    case 'stored': return { kind: 'stored', atMs }
    case 'timer': return { kind: 'timer', atMs, name: fact.name }
    case 'replied': return { kind: 'replied', atMs, request: fact.local, reply: fact.reply }
    case 'redirected': return { kind: 'redirected', atMs, request: fact.local, to: fact.to }
    case 'expired': return fact.local === null ? null : { kind: 'expired', atMs, request: fact.local }
    case 'crashed': return { kind: 'crashed', atMs }
    case 'restarted': return { kind: 'restarted', atMs }
    case 'resumed': return { kind: 'resumed', atMs, pausedMs: fact.pausedMs, heldCount: fact.heldCount }
    // A paused node does not notice that it is paused; who plays it and at which level is the page's business.
    // A clock that jumped is seen by reading it, and nothing says that it jumped.
    case 'paused': case 'seat-changed': case 'level-changed': case 'clock-bent': case 'breached': return null
    default: return unreachable(fact)
  }
}
