/** Lessons as data: what an instructor does when. A timer in the cockpit follows one; it drives nothing by itself. */

export type StepKind = 'orient' | 'concepts' | 'brief' | 'demo' | 'play' | 'debrief' | 'replay' | 'worksheet' | 'close' | 'slack'
/** `n` counts the steps of one kind where there are several. */
export interface SessionStep { kind: StepKind; n?: number; minutes: number }
export interface SessionPlan { id: string; steps: readonly SessionStep[] }

/** A class that is all play: two rounds, and the replay of one. */
const game: SessionPlan = {
  id: 'game',
  steps: [
    { kind: 'brief', minutes: 5 }, { kind: 'demo', minutes: 3 }, { kind: 'play', n: 1, minutes: 5 }, { kind: 'debrief', n: 1, minutes: 6 }, { kind: 'play', n: 2, minutes: 5 },
    { kind: 'debrief', n: 2, minutes: 6 }, { kind: 'replay', minutes: 10 }, { kind: 'worksheet', minutes: 7 }, { kind: 'slack', minutes: 3 },
  ],
}

/** A first lesson on distributed systems, with rounds as its activities. */
const lesson: SessionPlan = {
  id: 'lesson',
  steps: [
    { kind: 'orient', minutes: 5 }, { kind: 'concepts', n: 1, minutes: 10 }, { kind: 'play', n: 1, minutes: 10 }, { kind: 'concepts', n: 2, minutes: 15 }, { kind: 'play', n: 2, minutes: 10 },
    { kind: 'close', minutes: 5 }, { kind: 'slack', minutes: 5 },
  ],
}

export const sessionPlans: { readonly [id: string]: SessionPlan } = { game, lesson }

export const minutesOf = (plan: SessionPlan): number => plan.steps.reduce((sum, { minutes }) => sum + minutes, 0)

/** Where a session stands: which step, since when (wall ms), and whether it is kept by anybody. */
export interface SessionAt { plan: string; step: number; sinceMs: number }

/** The step that runs and how much of it is left, in ms: less than nothing when it is over time. Null when the plan is not known or through. */
export function sessionNow(at: SessionAt, nowMs: number): { plan: SessionPlan; step: SessionStep; index: number; leftMs: number } | null {
  const plan = Object.hasOwn(sessionPlans, at.plan) ? sessionPlans[at.plan] : undefined, step = plan?.steps[at.step]
  return plan === undefined || step === undefined ? null : { plan, step, index: at.step, leftMs: step.minutes * 60_000 - (nowMs - at.sinceMs) }
}
