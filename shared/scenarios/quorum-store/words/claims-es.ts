import type { ClaimWords } from '../../../sim/claim.ts'
import type { Json } from '../../../sim/types.ts'
import type { ClaimId } from '../claims/index.ts'

const whole = (ms: unknown): number => Math.round(Number(ms) / 1_000)
const exactly = (ms: unknown): string => String(Number(ms) / 1_000).replace('.', ',')
const version = (said: Json | undefined): string => (Array.isArray(said) ? (said.length === 0 ? 'ninguna' : said.join('-')) : String(said))
const customer = (said: Json | undefined): string => String(said).replace(/^customer /, 'el cliente ')
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A session that went back: what it did first, and what it did then. */
const wentBack = (first: string, then: string) => (v: { readonly [name: string]: Json }): string =>
  capital(`${customer(v['session'])} ${first} la versión ${version(v['newest'])} de ${v['key']} a los ${exactly(v['newestMs'])} s y luego ${then} la versión ${version(v['version'])}, ${JSON.stringify(v['version']) === JSON.stringify(v['newest']) ? 'la misma' : 'anterior'}, a los ${exactly(v['atMs'])} s.`)

interface Did { client: number; f: string; arg: Json; result?: Json; status: string; atMs: [number, number | null] }
const did = ({ client, f, arg, result, status, atMs: [call, ret] }: Did): string => {
  const what = f === 'write' ? `escribió ${JSON.stringify(arg)}` : status === 'ok' ? `leyó ${result === null ? 'nada' : JSON.stringify(result)}` : 'leía'
  return `el cliente ${client + 1} ${what} (del segundo ${whole(call)} ${ret === null ? 'en adelante' : `al ${whole(ret)}`})`
}

/** The claims of this mission in Spanish. What a breach holds is the same in every language. */
export const spanish: { readonly [C in ClaimId]: ClaimWords } = {
  linearizable: {
    words: 'Cada operación parece suceder en un solo momento, entre su petición y su respuesta.',
    prevention: 'Responde solo cuando quien lea después no pueda ver algo más antiguo.',
    sentence: (v) => `Ningún orden explica lo que pasó con ${v['object'] === '' ? 'el objeto' : v['object']}: ${(v['operations'] as unknown as Did[]).map(did).join(', ')}.`,
  },
  'no-lost-write': {
    words: 'Cuando todo se cura, no se ha perdido ninguna escritura confirmada a un cliente.',
    prevention: 'Confirma una escritura solo cuando esté en tu disco, y responde solo cuando la tengan bastantes discos.',
    sentence: (v) => `${v['node']} dijo a un cliente que ${v['key']} estaba guardado como versión ${v['version']}. Cuando todo se curó, ningún nodo lo tenía ya.`,
  },
  'read-your-writes': {
    words: 'Una sesión nunca lee una versión anterior a la que escribió.',
    prevention: 'Recuerda la versión de tu última escritura, y lee solo de una copia que la tenga.',
    sentence: wentBack('escribió', 'leyó'),
  },
  'monotonic-reads': {
    words: 'Una sesión nunca lee una versión anterior a otra que ya leyó.',
    prevention: 'Recuerda la versión más nueva que leíste, y lee solo de una copia que la tenga.',
    sentence: wentBack('leyó', 'leyó'),
  },
  'monotonic-writes': {
    words: 'Cada escritura de una sesión crea una versión más nueva que las anteriores.',
    prevention: 'Que una copia acepte una escritura solo cuando tenga las anteriores de esa sesión.',
    sentence: wentBack('escribió', 'escribió'),
  },
  'writes-follow-reads': {
    words: 'Cada escritura de una sesión crea una versión más nueva que la que había leído.',
    prevention: 'Que una copia acepte una escritura solo cuando tenga lo que su sesión leyó antes.',
    sentence: wentBack('leyó', 'escribió'),
  },
  'quorum-before-ack': {
    words: 'Una escritura se confirma solo cuando la tienen tantos discos como dice W.',
    prevention: 'Cuenta las confirmaciones, tu disco incluido, y responde al llegar a W, no antes.',
    sentence: (v) => `${v['node']} dijo a un cliente que la versión ${v['version']} de ${v['key']} estaba guardada, cuando la tenían ${v['count']} de ${v['nodes']} discos. Su W es ${v['wanted']}.`,
  },
}
