import type { FactWords } from './facts-en.ts'

const named = (value: string | null): string => value ?? 'nada'

export const spanish: FactWords = {
  decided(node, action) {
    switch (action.kind) {
      case 'query': return `${node} pide copias.`
      case 'store': return `${node} guarda la versión siguiente.`
      case 'store-by-clock': return `${node} lo guarda, con su reloj como versión.`
      case 'write-back': return `${node} reescribe la copia más nueva.`
      case 'reply-ok': return `${node} dice que está guardado.`
      case 'reply-value': return `${node} responde con la copia más nueva de la que oyó.`
      case 'reply-fail': return `${node} dice que falló.`
      case 'answer': return `${node} dice cuál es su copia.`
      case 'ack': return `${node} guarda lo que le enviaron.`
      case 'count': return `${node} cuenta la respuesta.`
      case 'repeat': return `${node} pregunta otra vez a quien no respondió.`
      case 'set-quorum': return `${node} lee de ${action.read} copias y escribe en ${action.write} desde ahora.`
    }
  },
  sent(from, to, message) {
    switch (message.kind) {
      case 'query': return `${from} pide a ${to} su copia de ${message.key}.`
      case 'value': return `${from} dice a ${to} que su copia de ${message.key} es ${named(message.copy.value)}, versión ${message.copy.version[0]}.`
      case 'store': return `${from} pide a ${to} que guarde ${message.key} como ${named(message.copy.value)}, versión ${message.copy.version[0]}.`
      case 'stored': return `${from} dice a ${to} que ha guardado la versión ${message.version[0]} de ${message.key}.`
    }
  },
  arrived(at, from, message) {
    switch (message.kind) {
      case 'query': return `${at} oye que ${from} pide ${message.key}.`
      case 'value': return `${at} oye que ${from} tiene ${named(message.copy.value)} en ${message.key}, versión ${message.copy.version[0]}.`
      case 'store': return `A ${at} le llega ${message.key} de ${from} para guardar: ${named(message.copy.value)}, versión ${message.copy.version[0]}.`
      case 'stored': return `${at} oye que ${from} ha guardado la versión ${message.version[0]} de ${message.key}.`
    }
  },
  rang: (node) => `${node} ya esperó bastante algunas respuestas.`,
}
