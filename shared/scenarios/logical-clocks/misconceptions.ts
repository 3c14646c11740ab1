import type { Misconception } from '../../sim/scenario.ts'
import { answerRule, applyRule, stampRule } from './rules.ts'
import { nextStamp, pairOf, seatOf } from './state.ts'
import type { LogicalClocks, Self, Stamp } from './types.ts'

/** A stamp with another clock; its vector is as it should be. */
const withClock = (clock: (self: Self, told: Stamp | null) => number) => (self: Self, told: Stamp | null): Stamp => [clock(self, told), ...nextStamp(self, told).slice(1)] as unknown as Stamp
const byWall = withClock((self) => Math.max(0, self.clockMs)), ownOnly = withClock((self) => self.disk.stamp[0] + 1)

export const misconceptions: { readonly [id: string]: Misconception<LogicalClocks> } = {
  'wall-clock': {
    idea: 'My clock tells the time. What else would a timestamp be?',
    replaces: { stamp: stampRule('Stamp with the time on your clock.', byWall), apply: applyRule('Apply it at the time on your clock.', byWall) },
    breaks: ['clock-condition'], heldBy: 'all',
  },
  'no-max': {
    idea: 'I count my own events. What others count is their business.',
    replaces: { stamp: stampRule('Count one more.', ownOnly), apply: applyRule('Apply it and count one more.', ownOnly) },
    breaks: ['clock-condition'], heldBy: 'one',
  },
  'no-tick': {
    idea: 'Only what I do myself counts. Taking in what others did is no event.',
    replaces: { apply: applyRule('Apply it and take the larger clock.', withClock((self, told) => Math.max(self.disk.stamp[0], told?.[0] ?? 0))) },
    breaks: ['clock-condition'], heldBy: 'one',
  },
  'arrival-order': {
    idea: 'What comes first is done first.',
    replaces: { apply: applyRule('Apply what arrives, when it arrives.', nextStamp, () => true) },
    breaks: ['causal-delivery'], heldBy: 'one',
  },
  'total-means-causal': {
    idea: 'The lower stamp came first, so it caused the other.',
    replaces: { answer: answerRule('The lower clock happened before.', (self) => { const pair = pairOf(self); return pair === null || pair[0].stamp[0] < pair[1].stamp[0] || (pair[0].stamp[0] === pair[1].stamp[0] && seatOf(pair[0].node) < seatOf(pair[1].node)) ? 'before' : 'after' }) },
    breaks: ['right-answer'], heldBy: 'one',
  },
}
