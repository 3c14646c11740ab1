import type { Misconception, Rule } from '../../sim/scenario.ts'
import { messageOf, rules } from './rules.ts'
import { timing } from './state.ts'
import type { Election } from './types.ts'

type ElectionRule = Rule<Election>

const changed = (rule: ElectionRule, change: Partial<ElectionRule>): ElectionRule => ({ ...rule, ...change })

export const misconceptions: { readonly [id: string]: Misconception<Election> } = {
  eager: {
    idea: 'I asked first and somebody said yes. That is enough to lead.',
    replaces: { lead: changed(rules.lead, { when: (self) => self.memory.role === 'candidate' && self.memory.votes.length >= 2 }) },
    breaks: ['quorum-to-lead'], heldBy: 'one',
  },
  'double-voter': {
    idea: 'Whoever asks gets my vote. Being helpful speeds things up.',
    replaces: {
      grant: changed(rules.grant, { when: (self, event) => (messageOf(event)?.term ?? -1) >= self.disk.term && self.memory.role === 'follower' }),
      deny: changed(rules.deny, { when: (self, event) => (messageOf(event)?.term ?? -1) < self.disk.term || self.memory.role !== 'follower' }),
    },
    breaks: ['one-vote'], heldBy: 'one',
  },
  'forgetful-voter': {
    idea: 'I know whom I voted for. Why write it down?',
    replaces: {
      grant: changed(rules.grant, { act: (_self, event) => [{ kind: 'grant', letter: event.on === 'message' ? event.letter.n : -1, durable: false }] }),
      stand: changed(rules.stand, { act: (self, event, dice) => rules.stand.act(self, event, dice).map((one) => (one.kind === 'stand' ? { ...one, durable: false } : one)) }),
      'adopt-term': changed(rules['adopt-term'], { act: (_self, event) => [{ kind: 'adopt-term', letter: event.on === 'message' ? event.letter.n : -1, durable: false }] }),
    },
    breaks: ['one-vote'], heldBy: 'one',
  },
  deaf: {
    idea: 'I was elected. Others may count their terms as they like.',
    replaces: {
      'adopt-term': changed(rules['adopt-term'], {
        when: (self, event) => self.memory.role !== 'leader' && rules['adopt-term'].when(self, event),
      }),
    },
    breaks: ['steps-down'], heldBy: 'one',
  },
  overconfident: {
    idea: 'I lead until somebody tells me otherwise, so I may answer.',
    replaces: { serve: changed(rules.serve, { when: (self) => self.memory.role === 'leader' && self.requests.length > 0 }) },
    breaks: ['no-stale-serve'], heldBy: 'one',
  },
  'in-step': {
    idea: 'A fair timeout is the same for everybody.',
    replaces: {
      'same-timeout': {
        on: ['start'], sort: 'judgement', sentence: 'Everybody waits equally long.',
        when: () => true,
        act: (self) => [{ kind: 'set-timeout', timeoutMs: timing(self, 'timeoutLeastMs') }],
      },
      stand: changed(rules.stand, {
        act: (self) => [{ kind: 'set-timeout', timeoutMs: timing(self, 'timeoutLeastMs') }, { kind: 'stand', durable: true }],
      }),
    },
    breaks: [], misses: 'leaderless', heldBy: 'all',
  },
}
