import type { Json, NodeId, Self } from './types.ts'

/**
 * Typed fields of an action or a fault: one line gives the parser at the edge, the form on the screen and the sample for a
 * fuzz test. `letter` and `request` say what the action answers; on screen it then sits on that card.
 */
export type Field =
  | { type: 'letter'; of: readonly string[] }
  | { type: 'request' }
  | { type: 'peer' }
  | { type: 'integer'; least: number; most: number; step: number; unit: string; label: string; usual: number }
  /** `names`: what the options are called on screen, where that is not what they are. */
  | { type: 'choice'; options: readonly string[]; label: string; names?: { readonly [option: string]: string } }
  /** A logical clock and a vector, one number for each node: `[clock, A, B, ...]`. */
  | { type: 'stamp'; label: string }
  /** Whether a write must be on disk before anything leaves. Not shown; a student's actions are durable. */
  | { type: 'durable' }
export type Fields = { readonly [name: string]: Field }

/** The action answers a letter of one of these kinds; without kinds, any letter. */
export const letter = (...of: string[]): Field => ({ type: 'letter', of })
export const request = (): Field => ({ type: 'request' })
export const peer = (): Field => ({ type: 'peer' })
/** A Lamport clock and a vector, typed in. */
export const stamp = (label: string): Field => ({ type: 'stamp', label })
export const durable = (): Field => ({ type: 'durable' })
export const choice = (label: string, options: readonly string[]): Field => ({ type: 'choice', options, label })
/** A whole number from `least` to `most`. */
export const integer = (label: string, unit: string, least: number, most: number, usual: number, step = 1): Extract<Field, { type: 'integer' }> =>
  ({ type: 'integer', least, most, step, unit, label, usual })

/** A stamp as it is written on screen, e.g. `4 [2 1 0]`. */
export const stampText = ([clock, ...vector]: readonly number[]): string => `${clock} [${vector.join(' ')}]`

/** As high as any number of a stamp may be. */
const STAMP_MOST = 1_000_000_000

/** What `parseFields` says: the parsed values, or a sentence that says what was expected. */
export type Parsed = { ok: true; value: { [name: string]: Json } } | { ok: false; error: string }

function fault(field: Field, name: string, value: Json | undefined, self: Self): string | null {
  switch (field.type) {
    case 'letter': {
      const found = self.inbox.find((one) => one.n === value)
      if (found === undefined) return 'That message is gone.'
      return field.of.length === 0 || field.of.includes(found.message.kind) ? null : `${name} must be a message of kind ${field.of.join(' or ')}.`
    }
    case 'request': return self.requests.some((one) => one.n === value) ? null : 'That request is gone.'
    case 'peer': return self.peers.includes(value as NodeId) ? null : `${name} must be one of ${self.peers.join(', ')}.`
    case 'integer': return typeof value === 'number' && Number.isInteger(value) && value >= field.least && value <= field.most
      ? null : `${name} must be a whole number from ${field.least} to ${field.most} ${field.unit}.`.replace(' .', '.')
    case 'choice': return field.options.includes(value as string) ? null : `${name} must be one of ${field.options.join(', ')}.`
    case 'stamp': return Array.isArray(value) && value.length === self.peers.length + 2 && value.every((one) => Number.isInteger(one) && Number(one) >= 0 && Number(one) <= STAMP_MOST)
      ? null : `${name} must be ${self.peers.length + 2} whole numbers from 0 to ${STAMP_MOST}: the clock, and one for each node.`
    case 'durable': return typeof value === 'boolean' ? null : `${name} must be true or false.`
  }
}

/**
 * Checks the values of `raw` against `fields`, as the node sees the world now. A missing `durable` is true. Fields that are
 * not declared are an error: an edge that ignores what it does not know hides mistakes.
 */
export function parseFields(fields: Fields, raw: { readonly [name: string]: Json | undefined }, self: Self): Parsed {
  const value: { [name: string]: Json } = {}
  for (const name of Object.keys(raw)) {
    if (name !== 'kind' && !Object.hasOwn(fields, name)) return { ok: false, error: `This action has no field ${JSON.stringify(name).slice(0, 40)}.` }
  }
  for (const name in fields) {
    const field = fields[name] as Field
    const given = field.type === 'durable' && raw[name] === undefined ? true : raw[name]
    const error = fault(field, name, given, self)
    if (error !== null) return { ok: false, error }
    value[name] = given as Json
  }
  return { ok: true, value }
}
