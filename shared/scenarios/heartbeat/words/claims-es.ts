import type { ClaimWords } from '../../../sim/claim.ts'
import type { ClaimId } from '../claims/index.ts'

const whole = (ms: unknown): number => Math.round(Number(ms) / 1_000)
const tenths = (ms: unknown): string => `${(Math.round(Number(ms) / 100) / 10).toFixed(1).replace('.', ',')} s`

/** The claims of this mission in Spanish. What a breach holds is the same in every language. */
export const spanish: { readonly [C in ClaimId]: ClaimWords } = {
  'strong-completeness': {
    words: 'De un nodo caído sospecha en 30 s todo nodo que funciona.',
    prevention: 'Cuando se acabe la espera, di que sospechas. Puedes retirarlo.',
    sentence: (v) => `${v['peer']} cayó en el segundo ${whole(v['crashMs'])}${v['heardMs'] === null ? '' : `, su último latido llegó a ${v['node']} en el segundo ${whole(v['heardMs'])}`}, y ${whole(v['withinMs'])} s después ${v['node']} aún lo creía vivo.`,
  },
  'accuracy-returns': {
    words: 'Quien oye a un nodo del que sospecha vuelve a fiarse en 10 s.',
    prevention: 'Un latido prueba que quien lo envía vive. Retira la sospecha.',
    sentence: (v) => `${v['node']} sospechó de ${v['peer']} en el segundo ${whole(v['suspectedMs'])}, luego oyó su latido, y ${whole(v['withinMs'])} s después aún sospechaba.`,
  },
  'suspicion-earned': {
    words: 'De nadie se sospecha antes de 12 s desde un latido suyo que llegó.',
    prevention: 'Espera más que un hueco normal entre dos latidos, y aún más donde llegan desiguales.',
    sentence: (v) => `${v['node']} sospechó de ${v['peer']} solo ${tenths(v['afterMs'])} después de oír su latido. Un hueco de hasta ${whole(v['leastMs'])} s es normal.`,
  },
}
