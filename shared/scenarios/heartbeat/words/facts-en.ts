import type { FactWords as Words } from '../../tell-facts.ts'
import { doubted } from '../state.ts'
import type { Action, Message } from '../types.ts'

/** What happens in this mission, for who sees the whole cluster. */
export type FactWords = Words<Action, Message>
const seconds = (ms: number): number => Math.round(ms / 1_000)

export const english: FactWords = {
  decided(node, action) {
    switch (action.kind) {
      case 'beat': return `${node} sends its heartbeat.`
      case 'suspect': return `${node} suspects ${action.peer}.`
      case 'trust': return `${node} takes its suspicion back.`
      case 'set-timeout': return `${node} will wait ${seconds(action.timeoutMs)} s for ${action.peer}.`
      case 'set-all': return `${node} will wait ${seconds(action.timeoutMs)} s for everybody.`
      case 'set-interval': return `${node} will beat every ${seconds(action.intervalMs)} s.`
    }
  },
  sent: (from, to, message) => `${from} tells ${to} that it is there (heartbeat ${message.beat}).`,
  arrived: (at, from, message) => `${at} hears heartbeat ${message.beat} of ${from}.`,
  rang: (node, alarm) => { const peer = doubted(alarm); return peer === null ? null : `${peer} has been silent for as long as ${node} waits.` },
}
