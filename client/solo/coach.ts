import type { NodeId } from '../../shared/sim/types.ts'
import { PATIENCE_MS } from './tutorial-mission.ts'
import type { HelloSelf } from './tutorial-mission.ts'

/** The steps of the practice, in order. */
export const STEPS = ['send', 'wait', 'other', 'silence', 'doubt', 'late', 'trust', 'asked', 'answer', 'done'] as const
export type Step = typeof STEPS[number]

/** Where the student is: the step, who was greeted first, and the other one, who will be slow. */
export interface Progress { step: Step; first: NodeId | null; slow: NodeId | null }

export const BEGIN: Progress = { step: 'send', first: null, slow: null }

/** What the world does when a step is reached: the other node stands still from the first hello on, wakes up once it is doubted, and the first one greets once all is well. */
export type Cue = { do: 'pause'; node: NodeId } | { do: 'wake' } | { do: 'greet'; from: NodeId } | null

/** The next step, from what the student's node knows; the same again while nothing has changed. It looks at the node alone, so that clicking out of turn does no harm. */
export function advance(before: Progress, self: HelloSelf): { now: Progress; cue: Cue } {
  const of = (id: NodeId | null) => (id === null ? undefined : self.memory.of[id])
  const stay = { now: before, cue: null }, to = (step: Step, cue: Cue = null): { now: Progress; cue: Cue } => ({ now: { ...before, step }, cue })
  const { first, slow } = before, slowAskedMs = of(slow)?.askedAtMs ?? null
  switch (before.step) {
    case 'send': {
      const greeted = self.peers.find((id) => of(id)?.answered === true) ?? null, other = self.peers.find((id) => id !== greeted) ?? null
      return greeted === null || other === null ? stay : { now: { step: 'wait', first: greeted, slow: other }, cue: { do: 'pause', node: other } }
    }
    case 'wait': return (of(first)?.heardAtMs ?? null) === null ? stay : to('other')
    case 'other': return of(slow)?.answered === true ? to('silence') : stay
    case 'silence': return slowAskedMs !== null && self.clockMs - slowAskedMs >= PATIENCE_MS ? to('doubt') : stay
    case 'doubt': return of(slow)?.belief === 'suspected' ? to('late', { do: 'wake' }) : stay
    case 'late': return (of(slow)?.heardAtMs ?? null) === null ? stay : to('trust')
    case 'trust': return of(slow)?.belief === 'alive' ? to('asked', first === null ? null : { do: 'greet', from: first }) : stay
    case 'asked': return self.inbox.some(({ message }) => message.kind === 'hello') ? to('answer') : stay
    case 'answer': return self.inbox.some(({ message, handled }) => message.kind === 'hello' && handled) ? to('done') : stay
    case 'done': return stay
  }
}
