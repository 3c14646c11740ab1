import { doubted } from '../state.ts'
import type { FactWords } from './facts-en.ts'

const seconds = (ms: number): number => Math.round(ms / 1_000)

export const spanish: FactWords = {
  decided(node, action) {
    switch (action.kind) {
      case 'beat': return `${node} envía su latido.`
      case 'suspect': return `${node} sospecha de ${action.peer}.`
      case 'trust': return `${node} retira su sospecha.`
      case 'set-timeout': return `${node} esperará ${seconds(action.timeoutMs)} s a ${action.peer}.`
      case 'set-all': return `${node} esperará ${seconds(action.timeoutMs)} s a todos.`
      case 'set-interval': return `${node} latirá cada ${seconds(action.intervalMs)} s.`
    }
  },
  sent: (from, to, message) => `${from} dice a ${to} que está ahí (latido ${message.beat}).`,
  arrived: (at, from, message) => `${at} oye el latido ${message.beat} de ${from}.`,
  rang: (node, alarm) => { const peer = doubted(alarm); return peer === null ? `A ${node} le toca enviar un latido.` : `${peer} lleva callado tanto como espera ${node}.` },
}
