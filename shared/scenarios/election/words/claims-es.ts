import type { ClaimWords } from '../../../sim/claim.ts'
import type { Json } from '../../../sim/types.ts'
import type { ClaimId } from '../claims/index.ts'

/** Names that a breach holds as an English list: `A and B`, or `only its own`. */
const voters = (said: Json | undefined): string => (said === 'only its own' ? 'solo el suyo' : String(said).replace(/ and (?=[^ ]+$)/, ' y '))

/** The claims of this mission in Spanish. What a breach holds is the same in every language. */
export const spanish: { readonly [C in ClaimId]: ClaimWords } = {
  'one-vote': {
    words: 'Cada nodo vota como mucho por un candidato en cada mandato, también tras una caída.',
    prevention: 'Escribe el voto en el disco antes de enviarlo, y míralo antes de votar otra vez.',
    sentence: (v) => `${v['node']} votó por ${v['first']} en el mandato ${v['term']}, y luego por ${v['second']} en el mismo mandato.`,
  },
  'election-safety': {
    words: 'Como mucho un nodo manda en cada mandato.',
    prevention: 'Manda solo con una mayoría de votos; dos mayorías comparten siempre un nodo, y ese nodo vota una vez.',
    sentence: (v) => `${v['first']} y ${v['second']} mandaron los dos en el mandato ${v['term']}.`,
  },
  'term-monotonic': {
    words: 'El mandato del que habla un nodo nunca retrocede.',
    prevention: 'Escribe el mandato en el disco antes de hablar de él.',
    sentence: (v) => `${v['node']} había hablado del mandato ${v['highest']}, y volvió al mandato ${v['term']}.`,
  },
  'quorum-to-lead': {
    words: 'Quien manda en un mandato tiene los votos de más de la mitad de todos los nodos para él.',
    prevention: 'Cuenta los votos de este mandato, el tuyo incluido, y manda solo con más de la mitad de todos los nodos.',
    sentence: (v) => `${v['node']} mandó en el mandato ${v['term']} con ${v['count']} de ${v['nodes']} votos: ${voters(v['voters'])}. Hacen falta ${v['majority']}.`,
  },
  'steps-down': {
    words: 'Un líder que oye de un mandato mayor ya no responde a nadie y deja el mando en 10 s.',
    prevention: 'Un mandato mayor gana: adóptalo, y sigue.',
    sentence: (v) => `${v['node']} había oído de ${v['from']} el mandato ${v['heard']}, y ${v['served'] === true ? `aun así respondió a un cliente como líder del mandato ${v['term']}` : `10 s después aún mandaba en el mandato ${v['term']}`}.`,
  },
  'no-stale-serve': {
    words: 'Nadie responde a un cliente como líder de un mandato después de que otro respondiera como líder de uno posterior.',
    prevention: 'Responde solo con permiso: mientras una mayoría haya acusado un latido de los últimos 14 s.',
    sentence: (v) => `${v['node']} respondió a un cliente como líder del mandato ${v['term']}, después de que ${v['leader']} respondiera como líder del mandato ${v['later']}.`,
  },
  'leader-returns': {
    words: 'En los 240 s tras la última cura, un líder tiene permiso.',
    prevention: 'Preséntate cuando no oigas a un líder en tu espera, y sortea esa espera de nuevo cada vez.',
    sentence: (v) => `Desde el segundo ${Math.round(Number(v['sinceMs']) / 1_000)} de la ronda no había nada roto, y 240 s después nadie había mandado con permiso.`,
  },
}
