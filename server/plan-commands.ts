import { wrongPlan } from '../shared/plan-check.ts'
import type { ChaosPlan } from '../shared/plan-file.ts'
import { scenarios } from '../shared/scenarios/index.ts'
import type { ClassRecord, Playing } from '../shared/session.ts'
import { NO_PLAN } from './cluster-plans.ts'
import type { OwnPlan } from './cluster-plans.ts'
import type { Cluster } from './cluster.ts'
import type { Asked, Round } from './round.ts'

/** Stands before the names of the faults of a class's own plan: those of the mission's plan have nothing before them, those set off by hand an `h`. */
const OWN_NAME = 'own'

/** Plans that run in one cluster at a time: each is looked at whenever the cluster moves. */
const PLANS_MAX = 16

/** What a round runs by itself: nothing, the class's own plan, or the mission's. */
export function ownPlanOf({ chaos, plan, setUp }: Playing): OwnPlan {
  if (!chaos) return NO_PLAN
  return plan === undefined ? { steps: scenarios[setUp.scenario]?.chaos ?? [], name: '', seed: null } : { steps: plan.steps, name: OWN_NAME, seed: plan.seed }
}

/** Why the class's own plan cannot be run in a round as it is set up, in words; null when it can, or there is none. */
export function unfitPlan({ plan, setUp }: ClassRecord): string | null {
  const mission = scenarios[setUp.scenario]
  const wrong = plan === undefined || mission === undefined ? null : wrongPlan(plan, { mission, nodes: setUp.clusterSize })
  return wrong === null ? null : `The plan does not fit this round: ${wrong}`
}

/** Begins a plan in these clusters now, beside those under way or instead of them; null when it is on disk, else what is wrong with it there. */
export async function runPlan(round: Round, clusters: readonly Cluster[], { plan, instead }: { plan: ChaosPlan; instead?: true }, asked: { author: string; seq: number }): Promise<string | null> {
  if (instead !== true && clusters.some((one) => one.plansRunning >= PLANS_MAX)) return `At most ${PLANS_MAX} plans run in a cluster at a time. Wait for one to end, or halt all chaos.`
  for (const { scenario, sim } of clusters) {
    const wrong = wrongPlan(plan, { mission: scenario, nodes: sim.ids.length })
    if (wrong !== null) return `The plan does not fit this round: ${wrong}`
  }
  const { steps, seed } = plan
  await round.enter(clusters, (atMs) => ({ kind: 'plan', atMs, id: `p${asked.seq}`, steps, seed, ...(instead === true ? { instead } : {}) }), asked satisfies Asked)
  return null
}
