import type { Fact } from '../../shared/sim/facts.ts'
import type { Scenario } from '../../shared/sim/scenario.ts'
import type { FactNo, NodeId } from '../../shared/sim/types.ts'

/**
 * A round as a text that a person reads from top to bottom: who decided what, what was said, what broke. Chores (heartbeats
 * and the like) and what they send are left out, unless a witness names them.
 */
export function storyOf(scenario: Scenario, facts: readonly Fact[]): string[] {
  const witness = new Set(facts.flatMap((fact) => (fact.kind === 'breached' ? [...fact.because] : [])))
  const told: Fact[] = []
  const chore = new Map<NodeId, boolean>()
  const small = new Set<string>()
  for (const fact of facts) {
    if (fact.kind === 'acted') chore.set(fact.node, fact.rule !== null && scenario.rules[fact.rule]?.sort === 'chore')
    if (fact.kind === 'timer' || fact.kind === 'delivered') chore.delete(fact.node)
    if (fact.kind === 'sent' && chore.get(fact.node) === true) small.add(fact.message)
    const quiet = fact.kind === 'acted' ? chore.get(fact.node) === true
      : fact.kind === 'sent' || fact.kind === 'delivered' || fact.kind === 'lost' ? small.has(fact.message) : fact.kind === 'timer' || fact.kind === 'stored'
    if (!quiet || witness.has(fact.n)) told.push(fact)
  }
  return told.map((fact) => `${witness.has(fact.n) ? '*' : ' '} ${time(fact.atMs)}  ${fact.node ?? ' '}  ${sentence(scenario, fact)}`)
}

function time(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}.${String(ms % 1_000).padStart(3, '0')}`
}

const plain = (value: object): string => Object.entries(value).filter(([name]) => name !== 'kind')
  .map(([name, part]) => `${name} ${typeof part === 'string' ? part : JSON.stringify(part)}`).join(', ')
const called = (value: { kind: string }): string => [value.kind, plain(value)].filter((part) => part !== '').join(' ')
const at = (numbers: readonly FactNo[]): string => numbers.join(', ')

function sentence(scenario: Scenario, fact: Fact): string {
  switch (fact.kind) {
    case 'requested': return `customer ${fact.customer} asks: ${called(fact.operation)} (${fact.request})`
    case 'asked': return `customer ${fact.customer} asks ${fact.to}, which takes nothing up yet (${fact.request})`
    case 'unreached': return `customer ${fact.customer} cannot reach ${fact.to} (${fact.request})`
    case 'sent': return `says to ${fact.to}: ${called(fact.body)}`
    case 'delivered': return `hears from ${fact.from}: ${called(fact.body)}${fact.copy > 0 ? ' (again)' : ''}`
    case 'held': return `kept back on its way from ${fact.from} to ${fact.to} (${fact.why}): ${fact.message}`
    case 'released': return `goes on from ${fact.from} to ${fact.to}: ${fact.message}`
    case 'clock-bent': return `its clock is bent by ${fact.byMs} ms, drift ${fact.driftPpm}`
    case 'fault-turned': return `FAULT ${fact.fault} turns: ${fact.type}, phase ${fact.phase}`
    case 'lost': return `lost on its way from ${fact.from} to ${fact.to} (${fact.reason}): ${fact.message}`
    case 'acted': return `does: ${called(withoutNumbers(fact.action))}${fact.rule === null ? ', by hand' : `, by the rule ${fact.rule}`}`
    case 'refused': return `cannot: ${fact.reason}`
    case 'stored': return `has on disk: ${plain(fact.disk)}`
    case 'timer': return `alarm: ${fact.name}`
    case 'replied': return `answers customer ${fact.customer}: ${called(fact.reply)} (${fact.request})`
    case 'redirected': return `sends customer ${fact.customer} on to ${fact.to} (${fact.request})`
    case 'expired': return `customer ${fact.customer} waited too long (${fact.request})`
    case 'crashed': return fact.lostWrite ? 'crashes, and loses what it had not synced' : 'crashes'
    case 'restarted': return 'restarts'
    case 'paused': return 'stands still'
    case 'resumed': return `wakes up after ${fact.pausedMs} ms; ${fact.heldCount} things had queued`
    case 'fault-started': return `FAULT ${fact.fault}: ${fact.type} ${JSON.stringify(fact.params)}`
    case 'fault-ended': return `FAULT ${fact.fault} is over: ${fact.type}`
    case 'fault-refused': return `no such fault: ${fact.reason}`
    case 'seat-changed': return `is played by a ${fact.playedBy}`
    case 'level-changed': return `plays at ${fact.level}`
    case 'breached': return `BREACH of ${fact.claim}: ${scenario.claims[fact.claim]?.sentence(fact.values) ?? fact.key} (facts ${at(fact.because)} and ${fact.n})`
    case 'ended': return 'The round is over.'
  }
}

/** A node's own numbers of letters and requests say nothing to a reader. */
function withoutNumbers(action: { kind: string; letter?: number; request?: number }): { kind: string } {
  const { letter: _letter, request: _request, ...rest } = action
  return rest
}
