import { faults } from './faults/index.ts'
import { customerName } from './invariants/words.ts'
import { unreachable } from './sim/assert.ts'
import type { Words } from './sim/catalogue.ts'
import type { Fact, FactOf, LossReason } from './sim/facts.ts'
import type { FaultParams, FaultRegistry } from './sim/fault.ts'
import type { Scenario } from './sim/scenario.ts'
import type { Json } from './sim/types.ts'
import { capital } from './sim/words.ts'

/** Facts as sentences, for whoever may see the whole cluster: the replay, the cockpit, the command line. */

/** Seconds with one decimal, e.g. `3.2 s`. */
export const secondsText = (ms: number): string => `${(Math.round(ms / 100) / 10).toFixed(1)} s`

/** A body of plain JSON as words: `stamp parcel 1004`. */
export function bodyWords(body: { readonly kind: string }): string {
  const fields = Object.entries(body).filter(([name]) => name !== 'kind').map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return [body.kind.replaceAll('-', ' '), ...fields].join(' ')
}

const lost: { readonly [R in LossReason]: string } = {
  loss: 'was lost on the way', cut: 'was lost: the network is cut', crashed: 'was lost: the node has crashed', corrupted: 'was damaged, and thrown away', rate: 'was dropped: the link is full', overflow: 'was lost: too much was waiting',
}
const held: { readonly [R in FactOf<'held'>['why']]: string } = {
  hold: 'is kept back', rate: 'waits its turn', overtaken: 'waits to be overtaken',
}

/** The general words for facts, in English; another language is a catalogue of the same shape. */
const english = {
  lost, held,
  customer: customerName,
  seconds: secondsText,
  asks: (customer: string, node: string, what: string): string => `${capital(customer)} asks ${node}: ${what}.`,
  asksAgain: (customer: string, node: string, what: string): string => `${capital(customer)}, sent on, asks ${node}: ${what}.`,
  waits: (customer: string, node: string, what: string): string => `${capital(customer)} asks ${node}: ${what}. It has to wait.`,
  takesUp: (node: string, customer: string, what: string): string => `${node} takes up what ${customer} asked: ${what}.`,
  unreached: (customer: string, node: string): string => `${capital(customer)} cannot reach ${node}.`,
  sends: (node: string, what: string, to: string): string => `${node} sends ${what} to ${to}.`,
  reaches: (what: string, from: string, node: string): string => `${what} from ${from} reaches ${node}.`,
  message: (from: string, to: string, fate: string): string => `A message from ${from} to ${to} ${fate}.`,
  goesOn: 'goes on',
  decides: (node: string, what: string): string => `${node} decides: ${what}.`,
  refused: (node: string, reason: string): string => `${node} tries what cannot be done. ${reason}`,
  stored: (node: string): string => `${node} has it on disk.`,
  timer: (node: string, name: string): string => `${node}'s timer goes off: ${name}.`,
  answers: (node: string, customer: string, seconds: string, what: string): string => `${node} answers ${customer} after ${seconds}: ${what}.`,
  redirects: (node: string, customer: string, to: string): string => `${node} sends ${customer} on to ${to}.`,
  givesUp: (customer: string, node: string | null): string => (node === null ? `${capital(customer)} gives up.` : `${capital(customer)} gives up waiting for ${node}.`),
  jumps: (node: string, back: boolean, seconds: string): string => `The clock of ${node} jumps ${back ? 'back' : 'ahead'} by ${seconds}.`,
  drifts: (node: string, msPerSecond: number): string => `The clock of ${node} ${msPerSecond === 0 ? 'runs true' : `${msPerSecond < 0 ? 'loses' : 'gains'} ${Math.abs(msPerSecond)} ms a second`} from now on.`,
  crashes: (node: string, lostWrite: boolean): string => `${node} crashes. Its memory is lost${lostWrite ? ', and what it had not synced' : ''}.`,
  back: (node: string): string => `${node} is back, with what was on its disk.`,
  stands: (node: string): string => `${node} stands still, and does not notice.`,
  resumes: (node: string, seconds: string, things: number): string => `${node} goes on after ${seconds}; ${things === 1 ? '1 thing' : `${things} things`} waited for it.`,
  faultBegins: (type: string): string => `A fault begins: ${type}.`,
  faultTurns: (title: string, on: boolean): string => `${title}: ${on ? 'on' : 'off'} again.`,
  faultEnds: (title: string, healed: boolean): string => `${healed ? 'Healed by hand' : 'Over'}: ${title.toLowerCase()}.`,
  faultRefused: (reason: string): string => `A fault was refused. ${reason}`,
  plays: (node: string, bot: boolean): string => `A ${bot ? 'bot' : 'student'} plays ${node} from now on.`,
  level: (node: string, level: string): string => `${node} plays at help level ${level} from now on.`,
  broke: (claim: string): string => `The claim ${claim} broke.`,
  ends: 'The round ends.',
  secondCopy: 'It is a second copy.',
}
export type FactCatalogue = Words<typeof english>

/** How facts are told in one language, with the titles and sentences of a registry of faults in the same. */
export interface Telling {
  /** What happened, in one sentence: the mission's own words, or the general ones. */
  factWords(fact: Fact, scenario: Scenario): string
  /** The sentence that explains a breach, with the names of the round. */
  breachSentence(fact: Pick<FactOf<'breached'>, 'claim' | 'values'>, scenario: Scenario): string
  /** The name of a kind of fault, as on the palette. */
  faultTitle(type: string): string
}

const messageName = (scenario: Scenario, body: { readonly kind: string }): string =>
  (scenario.messages as { readonly [kind: string]: { name: string } | undefined })[body.kind]?.name ?? body.kind
const operationWords = (scenario: Scenario, operation: FactOf<'requested'>['operation']): string => scenario.tellOperation?.(operation as never) ?? bodyWords(operation)

/** Facts in the words of a catalogue. */
export function tellingIn(words: FactCatalogue, registry: FaultRegistry): Telling {
  const faultTitle = (type: string): string => (Object.hasOwn(registry, type) ? registry[type]?.title : undefined) ?? type
  const breachSentence: Telling['breachSentence'] = (fact, scenario) => scenario.claims[fact.claim]?.sentence(fact.values) ?? words.broke(fact.claim)
  const faultSentence = (type: string, params: Json): string => (Object.hasOwn(registry, type) ? registry[type]?.sentence(params as FaultParams) : undefined) ?? words.faultBegins(type)
  /** It was asked before, while the node stood still or was busy, where something else made it come up now. */
  const requested = ({ node, customer, because, hop, operation }: FactOf<'requested'>, scenario: Scenario): string =>
    (because.length > 0 ? words.takesUp(node, words.customer(customer), operationWords(scenario, operation)) : (hop === 0 ? words.asks : words.asksAgain)(words.customer(customer), node, operationWords(scenario, operation)))

  function general(fact: Fact, scenario: Scenario): string {
    switch (fact.kind) {
      case 'asked': return words.waits(words.customer(fact.customer), fact.to, operationWords(scenario, fact.operation))
      case 'requested': return requested(fact, scenario)
      case 'unreached': return words.unreached(words.customer(fact.customer), fact.to)
      case 'sent': return words.sends(fact.node, messageName(scenario, fact.body), fact.to)
      case 'delivered': return words.reaches(messageName(scenario, fact.body), fact.from, fact.node)
      case 'lost': return words.message(fact.from, fact.to, words.lost[fact.reason])
      case 'acted': return words.decides(fact.node, fact.action.kind.replaceAll('-', ' '))
      case 'refused': return words.refused(fact.node, fact.reason)
      case 'stored': return words.stored(fact.node)
      case 'timer': return words.timer(fact.node, fact.name.replaceAll('-', ' '))
      case 'replied': return words.answers(fact.node, words.customer(fact.customer), words.seconds(fact.tookMs), scenario.tellReply(fact.reply))
      case 'redirected': return words.redirects(fact.node, words.customer(fact.customer), fact.to)
      case 'expired': return words.givesUp(words.customer(fact.customer), fact.node)
      case 'held': return words.message(fact.from, fact.to, words.held[fact.why])
      case 'released': return words.message(fact.from, fact.to, words.goesOn)
      case 'clock-bent': return fact.byMs === 0 ? words.drifts(fact.node, fact.driftPpm / 1_000) : words.jumps(fact.node, fact.byMs < 0, words.seconds(Math.abs(fact.byMs)))
      case 'crashed': return words.crashes(fact.node, fact.lostWrite)
      case 'restarted': return words.back(fact.node)
      case 'paused': return words.stands(fact.node)
      case 'resumed': return words.resumes(fact.node, words.seconds(fact.pausedMs), fact.heldCount)
      case 'fault-started': return faultSentence(fact.type, fact.params)
      case 'fault-turned': return words.faultTurns(faultTitle(fact.type), fact.phase % 2 === 0)
      case 'fault-ended': return words.faultEnds(faultTitle(fact.type), fact.healed)
      case 'fault-refused': return words.faultRefused(fact.reason)
      case 'seat-changed': return words.plays(fact.node, fact.playedBy === 'bot')
      case 'level-changed': return words.level(fact.node, fact.level)
      case 'breached': return breachSentence(fact, scenario)
      case 'ended': return words.ends
      default: return unreachable(fact)
    }
  }

  return {
    faultTitle, breachSentence,
    factWords(fact, scenario) {
      const said = scenario.tellFact?.(fact) ?? general(fact, scenario)
      return fact.kind === 'delivered' && fact.copy > 0 ? `${said} ${words.secondCopy}` : said
    },
  }
}

/** Facts in English, as recordings are told on the command line. */
export const { factWords, breachSentence, faultTitle } = tellingIn(english, faults)
