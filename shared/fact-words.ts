import { faults } from './faults/index.ts'
import { customerName } from './invariants/words.ts'
import { unreachable } from './sim/assert.ts'
import { capital } from './sim/words.ts'
import type { Fact, FactOf, LossReason } from './sim/facts.ts'
import type { FaultParams, FaultRegistry } from './sim/fault.ts'
import type { Scenario } from './sim/scenario.ts'
import type { Json } from './sim/types.ts'

/** Facts as sentences, for whoever may see the whole cluster: the replay, the cockpit, the command line. */

const registry: FaultRegistry = faults

const lossWords: { readonly [R in LossReason]: string } = {
  loss: 'was lost on the way', cut: 'was lost: the network is cut', crashed: 'was lost: the node has crashed', corrupted: 'was damaged, and thrown away', rate: 'was dropped: the link is full', overflow: 'was lost: too much was waiting',
}

const heldWords: { readonly [R in FactOf<'held'>['why']]: string } = {
  hold: 'is kept back', rate: 'waits its turn', overtaken: 'waits to be overtaken',
}

function clockWords({ node, byMs, driftPpm }: FactOf<'clock-bent'>): string {
  const jump = byMs === 0 ? '' : ` jumps ${byMs < 0 ? 'back' : 'ahead'} by ${secondsText(Math.abs(byMs))}`
  const drift = driftPpm === 0 ? 'runs true' : `${driftPpm < 0 ? 'loses' : 'gains'} ${Math.abs(driftPpm) / 1_000} ms a second`
  return jump === '' ? `The clock of ${node} ${drift} from now on.` : `The clock of ${node}${jump}.`
}

/** Seconds with one decimal, e.g. `3.2 s`. */
export const secondsText = (ms: number): string => `${(Math.round(ms / 100) / 10).toFixed(1)} s`

/** A body of plain JSON as words: `stamp parcel 1004`. */
export function bodyWords(body: { readonly kind: string }): string {
  const fields = Object.entries(body).filter(([name]) => name !== 'kind').map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return [body.kind.replaceAll('-', ' '), ...fields].join(' ')
}

/** What a fault does to the cluster, in the sentence of the registry. */
function faultSentence(type: string, params: Json): string {
  const fault = Object.hasOwn(registry, type) ? registry[type] : undefined
  return fault === undefined ? `A fault begins: ${type}.` : fault.sentence(params as FaultParams)
}

/** The name of a kind of fault, as on the palette. */
export function faultTitle(type: string): string {
  return (Object.hasOwn(registry, type) ? registry[type]?.title : undefined) ?? type
}

const messageName = (scenario: Scenario, body: { readonly kind: string }): string =>
  (scenario.messages as { readonly [kind: string]: { name: string } | undefined })[body.kind]?.name ?? body.kind

/** The sentence that explains a breach, with the names of the round. */
export function breachSentence(fact: Pick<FactOf<'breached'>, 'claim' | 'values'>, scenario: Scenario): string {
  return scenario.claims[fact.claim]?.sentence(fact.values) ?? `The claim ${fact.claim} broke.`
}

function requestWords(fact: FactOf<'requested'>): string {
  const what = bodyWords(fact.operation)
  // It was asked before, while the node stood still or was busy.
  if (fact.because.length > 0) return `${fact.node} takes up what ${customerName(fact.customer)} asked: ${what}.`
  return fact.hop === 0 ? `${capital(customerName(fact.customer))} asks ${fact.node}: ${what}.` : `${capital(customerName(fact.customer))}, sent on, asks ${fact.node}: ${what}.`
}

function generalWords(fact: Fact, scenario: Scenario): string {
  switch (fact.kind) {
    case 'asked': return `${capital(customerName(fact.customer))} asks ${fact.to}: ${bodyWords(fact.operation)}. It has to wait.`
    case 'requested': return requestWords(fact)
    case 'unreached': return `${capital(customerName(fact.customer))} cannot reach ${fact.to}.`
    case 'sent': return `${fact.node} sends ${messageName(scenario, fact.body)} to ${fact.to}.`
    case 'delivered': return `${messageName(scenario, fact.body)} from ${fact.from} reaches ${fact.node}.`
    case 'lost': return `A message from ${fact.from} to ${fact.to} ${lossWords[fact.reason]}.`
    case 'acted': return `${fact.node} decides: ${fact.action.kind.replaceAll('-', ' ')}.`
    case 'refused': return `${fact.node} tries what cannot be done. ${fact.reason}`
    case 'stored': return `${fact.node} has it on disk.`
    case 'timer': return `${fact.node}'s timer goes off: ${fact.name.replaceAll('-', ' ')}.`
    case 'replied': return `${fact.node} answers ${customerName(fact.customer)} after ${secondsText(fact.tookMs)}: ${scenario.tellReply(fact.reply)}.`
    case 'redirected': return `${fact.node} sends ${customerName(fact.customer)} on to ${fact.to}.`
    case 'expired': return fact.node === null ? `${capital(customerName(fact.customer))} gives up.` : `${capital(customerName(fact.customer))} gives up waiting for ${fact.node}.`
    case 'held': return `A message from ${fact.from} to ${fact.to} ${heldWords[fact.why]}.`
    case 'released': return `A message from ${fact.from} to ${fact.to} goes on.`
    case 'clock-bent': return clockWords(fact)
    case 'crashed': return `${fact.node} crashes. Its memory is lost${fact.lostWrite ? ', and what it had not synced' : ''}.`
    case 'restarted': return `${fact.node} is back, with what was on its disk.`
    case 'paused': return `${fact.node} stands still, and does not notice.`
    case 'resumed': return `${fact.node} goes on after ${secondsText(fact.pausedMs)}; ${fact.heldCount === 1 ? '1 thing' : `${fact.heldCount} things`} waited for it.`
    case 'fault-started': return faultSentence(fact.type, fact.params)
    case 'fault-turned': return `${faultTitle(fact.type)}: ${fact.phase % 2 === 0 ? 'on' : 'off'} again.`
    case 'fault-ended': return fact.healed ? `Healed by hand: ${faultTitle(fact.type).toLowerCase()}.` : `Over: ${faultTitle(fact.type).toLowerCase()}.`
    case 'fault-refused': return `A fault was refused. ${fact.reason}`
    case 'seat-changed': return fact.playedBy === 'bot' ? `A bot plays ${fact.node} from now on.` : `A student plays ${fact.node} from now on.`
    case 'level-changed': return `${fact.node} plays at help level ${fact.level} from now on.`
    case 'breached': return breachSentence(fact, scenario)
    case 'ended': return 'The round ends.'
    default: return unreachable(fact)
  }
}

/** What happened, in one sentence: the mission's own words, or the general ones. */
export function factWords(fact: Fact, scenario: Scenario): string {
  const words = scenario.tellFact?.(fact) ?? generalWords(fact, scenario)
  return fact.kind === 'delivered' && fact.copy > 0 ? `${words} It is a second copy.` : words
}
