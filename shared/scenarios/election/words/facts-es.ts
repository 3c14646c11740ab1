import type { FactWords } from './facts-en.ts'

export const spanish: FactWords = {
  decided(node, action) {
    switch (action.kind) {
      case 'stand': return `${node} se presenta.`
      case 'ask-again': return `${node} pide votos otra vez.`
      case 'lead': return `${node} toma el mando.`
      case 'beat': return `${node} envía su latido.`
      case 'step-down': return `${node} deja el mando.`
      case 'set-timeout': return `${node} esperará ${Math.round(action.timeoutMs / 1_000)} s a un líder.`
      case 'grant': return `${node} concede su voto.`
      case 'deny': return `${node} niega su voto.`
      case 'count-vote': return `${node} cuenta el voto.`
      case 'ack': return `${node} acusa recibo del latido.`
      case 'note-ack': return `${node} apunta el acuse.`
      case 'adopt-term': return `${node} adopta el mandato mayor.`
      case 'serve': return `${node} sella el paquete.`
      case 'redirect': return `${node} envía al cliente a ${action.to}.`
    }
  },
  sent(from, to, message) {
    switch (message.kind) {
      case 'ask-vote': return `${from} pide a ${to} su voto en el mandato ${message.term}.`
      case 'vote': return message.granted ? `${from} vota por ${to} en el mandato ${message.term}.` : `${from} niega su voto a ${to}, en el mandato ${message.term}.`
      case 'beat': return `${from} dice a ${to} que manda en el mandato ${message.term} (latido ${message.beat}).`
      case 'beat-ack': return `${from} dice a ${to}, en el mandato ${message.term}, que oyó el latido ${message.beat}.`
    }
  },
  arrived(at, from, message) {
    switch (message.kind) {
      case 'ask-vote': return `${at} oye que ${from} se presenta en el mandato ${message.term}.`
      case 'vote': return message.granted ? `El voto de ${from} para el mandato ${message.term} llega a ${at}.` : `La negativa de ${from} llega a ${at}. ${from} está en el mandato ${message.term}.`
      case 'beat': return `${at} oye que ${from} manda en el mandato ${message.term} (latido ${message.beat}).`
      case 'beat-ack': return `${at} oye que ${from}, en el mandato ${message.term}, oyó el latido ${message.beat}.`
    }
  },
  rang(node, alarm) {
    switch (alarm) {
      case 'beat': return `A ${node} le toca enviar un latido.`
      case 'ask': return `A ${node} le toca pedir votos otra vez.`
      case 'stand': return `A ${node} se le acaba la espera de un líder.`
      default: return null
    }
  },
}
