import type { ClusterInfo } from '../../sim/claim.ts'
import type { Fact } from '../../sim/facts.ts'
import type { Figure } from '../../sim/scenario.ts'
import type { NodeId, SimMs } from '../../sim/types.ts'
import { foldLease, leasedUntilMs, watchLeases } from './claims/lease-watch.ts'
import type { LeaseWatch } from './claims/lease-watch.ts'
import { foldRole } from './claims/roles.ts'
import type { Roles } from './claims/roles.ts'
import { bodyOf } from './claims/shown.ts'
import { recovery } from './recovery.ts'
import { english } from './words/en.ts'

interface Leaderless { leases: LeaseWatch; cluster: ClusterInfo; coveredMs: number; sinceMs: SimMs; untilMs: SimMs }

/** Time under a lease up to `nowMs`. */
const covered = (own: Leaderless, nowMs: SimMs): number => own.coveredMs + Math.max(0, Math.min(nowMs, own.untilMs) - own.sinceMs)

/**
 * Time in which no leader held a lease. Well-playing bots need about 130 s of a five-minute round under the default plan
 * (30 s when nothing breaks); the objective leaves room for bad luck, not for endless split votes.
 */
const leaderless: Figure = {
  title: english.figures.leaderless,
  unit: 'ms',
  init: (cluster): Leaderless => ({ leases: watchLeases(), cluster, coveredMs: 0, sinceMs: 0, untilMs: -1 }),
  fold(state, fact) {
    const own = state as Leaderless
    if (!foldLease(own.leases, fact, own.cluster)) return
    own.coveredMs = covered(own, fact.atMs)
    own.sinceMs = fact.atMs
    own.untilMs = leasedUntilMs(own.leases)
  },
  value: (state, nowMs) => nowMs - covered(state as Leaderless, nowMs),
  objective: { atMost: 180_000 },
}

interface Splits { stood: { [term: string]: NodeId[] }; led: { [term: string]: true } }

/** Terms in which two or more stood and nobody led. */
const splitVotes: Figure = {
  title: english.figures['split-votes'],
  unit: 'count',
  init: (): Splits => ({ stood: {}, led: {} }),
  fold(state, fact) {
    if (fact.kind !== 'sent') return
    const own = state as Splits
    const body = bodyOf(fact)
    if (body.kind === 'beat') own.led[body.term] = true
    if (body.kind === 'ask-vote' && own.stood[body.term]?.includes(fact.node) !== true) (own.stood[body.term] ??= []).push(fact.node)
  },
  value(state) {
    const own = state as Splits
    return Object.keys(own.stood).filter((term) => (own.stood[term] ?? []).length > 1 && own.led[term] === undefined).length
  },
  objective: null,
}

interface Believers { roles: Roles; since: SimMs; twoMs: number; leads: NodeId[] }

function change(state: Believers, atMs: SimMs, leads: NodeId[]): void {
  if (state.leads.length > 1) state.twoMs += atMs - state.since
  state.since = atMs
  state.leads = leads
}

/** Time in which two or more nodes believed that they led. */
const believers: Figure = {
  title: english.figures['two-believe'],
  unit: 'ms',
  init: (): Believers => ({ roles: {}, since: 0, twoMs: 0, leads: [] }),
  fold(state, fact: Fact) {
    const own = state as Believers
    const role = foldRole(own.roles, fact)
    if (role === null) return
    const others = own.leads.filter((one) => one !== role.node)
    change(own, fact.atMs, role.change === 'led' ? [...others, role.node] : others)
  },
  value(state, nowMs) {
    const own = state as Believers
    return own.twoMs + (own.leads.length > 1 ? nowMs - own.since : 0)
  },
  objective: null,
}

export const figures = { leaderless, recovery, 'split-votes': splitVotes, 'two-believe': believers } as const satisfies { [id: string]: Figure }
