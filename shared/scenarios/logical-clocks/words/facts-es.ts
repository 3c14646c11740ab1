import type { Verb } from '../types.ts'
import type { FactWords } from './facts-en.ts'

export const verbs: { readonly [V in Verb]: string } = { create: 'crear', pay: 'pagar', ship: 'enviar', cancel: 'anular' }
const relations = { before: 'antes', after: 'después', concurrent: 'concurrentes' } as const

export const spanish: FactWords = {
  decided(node, action) {
    switch (action.kind) {
      case 'stamp': return `${node} sella una operación con ${action.stamp[0]} y la envía a todos.`
      case 'apply': return `${node} aplica una operación; su reloj es ahora ${action.stamp[0]}.`
      case 'ack': return `${node} dice que ya tiene esa operación.`
      case 'note': return `${node} anota quién tiene su operación.`
      case 'repeat': return `${node} envía otra vez lo que no se confirmó.`
      case 'answer': return `${node} responde: ${relations[action.relation]}.`
      case 'too-few': return `${node} responde que conoce pocas operaciones.`
    }
  },
  sent: (from, to, message) => (message.kind === 'op' ? `${from} envía a ${to} la operación ${message.entry.name}: ${verbs[message.entry.verb]} el pedido ${message.entry.order}.` : `${from} dice a ${to} que tiene ${message.name}.`),
  arrived: (at, from, message) => (message.kind === 'op' ? `${message.entry.name} llega a ${at} desde ${from}: ${verbs[message.entry.verb]} el pedido ${message.entry.order}.` : `${at} oye que ${from} tiene ${message.name}.`),
  rang: (node, alarm) => (alarm === 'repeat' ? `${node} ya esperó bastante las confirmaciones.` : `${node} mira otra vez lo que esperaba.`),
}
