import { effect, signal, untracked } from '@preact/signals'
import type { ReadonlySignal, Signal } from '@preact/signals'
import { scenarios } from '../../all-missions.ts'
import type { ChaosPlan } from '../../../shared/plan-file.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { AskedQuestion, HostCommand, ToClient } from '../../../shared/wire/messages.ts'
import type { LobbyView } from '../../link/connect.ts'
import { hostLink } from '../../link/host-link.ts'
import type { HostLink } from '../../link/host-link.ts'
import { hearLooked } from './see-as.ts'
import { cockpit } from '../../model/cockpit.ts'
import type { ClusterSeen, Cockpit } from '../../model/cockpit.ts'
import { inOwnWords } from '../../texts/said.ts'

/** Facts that do not follow on ask for everything again, at most this often. */
const resyncEveryMs = 1_000
/** Countdowns and tiles move twice a second. */
const tickMs = 500
/** How long a refusal stays on the page. */
const sayMs = 6_000

/** One class, as long as the page shows it. */
export interface Session {
  readonly code: string
  readonly link: HostLink
  readonly cockpit: ReadonlySignal<Cockpit | null>
  readonly recordings: ReadonlySignal<ToClient['recordings'] | null>
  /** The plan that the next rounds run; null for the mission's own. */
  readonly plan: ReadonlySignal<ChaosPlan | null>
  /** What the class is asked, with its tally; null when nothing is. */
  readonly question: ReadonlySignal<AskedQuestion | null>
  /** The keys of the other links; null for a co-instructor, and before the room has said. */
  readonly links: ReadonlySignal<ToClient['hostWelcome']['links']>
  /** How many pages of instructors are open. */
  readonly hosts: ReadonlySignal<number>
  readonly secret: string
  /** The sheet that lies over the page. */
  readonly sheet: Signal<'ask' | 'people' | 'share' | null>
  /** Index of the cluster on the stage. */
  readonly selected: Signal<number>
  /** Moves twice a second. */
  readonly tick: ReadonlySignal<number>
  /** What went wrong last, in words, for a few seconds. */
  readonly said: ReadonlySignal<string | null>
  /** Sends a command; a refusal is said on the page. True when it was done. */
  command(command: HostCommand): Promise<boolean>
  scenario(): Scenario | null
  close(): void
}

export function openSession(code: string, secret: string): Session {
  const shown = signal<Cockpit | null>(null), recordings = signal<ToClient['recordings'] | null>(null), plan = signal<ChaosPlan | null>(null)
  const selected = signal(0), tick = signal(0), said = signal<string | null>(null)
  const question = signal<AskedQuestion | null>(null), links = signal<ToClient['hostWelcome']['links']>(null), hosts = signal(1), sheet = signal<'ask' | 'people' | 'share' | null>(null)
  let waiting: ToClient['cockpit'] | null = null
  let resyncedAtMs = -Infinity
  let saying: ReturnType<typeof setTimeout> | undefined

  const resync = (): void => {
    if (performance.now() - resyncedAtMs < resyncEveryMs) return
    resyncedAtMs = performance.now()
    link.resync()
  }
  const link = hostLink(code, secret, {
    cockpit: (message) => { waiting = message; build() },
    facts: (message) => { if (shown.value === null || shown.value.facts(message, performance.now()) === 'gap') resync() },
    plans: (message) => { if (shown.value === null) resync(); else shown.value.plans(message) },
    times: (message) => shown.value?.times(message, performance.now()),
    recordings: (message) => { recordings.value = message },
    plan: (message) => { plan.value = message.plan },
    question: (message) => { question.value = message.question },
    hostWelcome: (message) => { links.value = message.links },
    looked: (message) => hearLooked(message),
    hosts: (message) => { hosts.value = message.pages },
    notice: (message) => say(inOwnWords(message.text)),
  })
  const scenario = (): Scenario | null => {
    const id = link.lobby.value?.scenario ?? ''
    return Object.hasOwn(scenarios, id) ? scenarios[id] ?? null : null
  }

  /** The mission's name may come after the facts: they wait for it. */
  function build(): void {
    const mission = scenario(), level = link.lobby.value?.level
    if (waiting === null || mission === null || level === undefined) return
    const next = cockpit(mission, level)
    next.snapshot(waiting, performance.now())
    next.runs(speed(), performance.now())
    waiting = null
    shown.value?.close()
    shown.value = next
    if (selected.value >= next.clusters.length) selected.value = 0
  }

  const speed = (): number => {
    const lobby = link.lobby.value
    return lobby !== null && lobby.phase === 'round' && !lobby.paused ? lobby.speed : 0
  }

  function say(text: string): void {
    said.value = text
    clearTimeout(saying)
    saying = setTimeout(() => { said.value = null }, sayMs)
  }

  const stop = effect(() => {
    const now = speed()
    untracked(build)
    shown.peek()?.runs(now, performance.now())
  })
  const ticking = setInterval(() => { tick.value++ }, tickMs)
  return {
    code, link, secret, question, links, hosts, sheet, cockpit: shown, recordings, plan, selected, tick, said, scenario,
    async command(command) {
      const reason = await link.command(command)
      if (reason !== null) say(reason)
      return reason === null
    },
    close() {
      stop()
      clearInterval(ticking)
      clearTimeout(saying)
      shown.value?.close()
      link.close()
    },
  }
}

/** What the parts of the cockpit are handed while a round runs. */
export interface InRound { session: Session; lobby: LobbyView }

/** Has the component drawn anew twice a second: countdowns. */
export function followTime(session: Session): void { void session.tick.value }

/** Has the component drawn anew when facts came, ten times a second at most. */
export function followFacts(session: Session): void { void session.cockpit.value?.version.value }

/** The cluster on the stage, or null before the round. */
export function selectedCluster(session: Session): ClusterSeen | null {
  return session.cockpit.value?.clusters[session.selected.value] ?? null
}

/** The node that leads a cluster, to the eye from above; null when none does. */
export function leaderNow(cluster: ClusterSeen): string | null {
  const down = new Set(cluster.above.nodesAt(cluster.clock.at(performance.now()), cluster.badges, {}).filter((node) => node.state === 'crashed').map((node) => node.id))
  let best = -1, bestTab = -1
  cluster.badges.forEach((badge, seat) => {
    const tab = Number(badge.tab.slice(1))
    if (badge.leads && !down.has(cluster.nodes[seat] ?? '') && tab > bestTab) { best = seat; bestTab = tab }
  })
  return cluster.nodes[best] ?? null
}

/** The node that leads, or its first node, which stands in where none does. */
export const leaderOf = (cluster: ClusterSeen): string => leaderNow(cluster) ?? cluster.nodes[0] ?? 'A'
