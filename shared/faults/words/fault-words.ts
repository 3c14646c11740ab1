import type { Fault, FaultParams } from '../../sim/fault.ts'

/** What a fault is called and says in another language; the physics stay those of the fault. */
export interface FaultWords {
  title: string
  sentence(params: FaultParams): string
  /** A label for each field. */
  fields: { readonly [name: string]: string }
  /** A name for each option of its choices. */
  options?: { readonly [option: string]: string }
  /** Units that are words, by what they are in the fault itself. */
  units?: { readonly [unit: string]: string }
  /** Titles of the presets, in their order. */
  presets: readonly string[]
  composes: string
  /** What `invalid` says, by its English sentence. */
  invalid?: { readonly [sentence: string]: string }
}

type TextFor<Names extends string> = { readonly [N in Names]: string }
type OptionsOf<F extends Fault> = { [N in keyof F['fields']]: F['fields'][N] extends { options: readonly (infer O extends string)[] } ? O : never }[keyof F['fields']]
type SaidBy<Check> = Check extends (...given: never) => infer S ? Extract<S, string> : never
type EachNamed<List extends readonly unknown[]> = { readonly [P in keyof List]: string }

/**
 * The words that this very fault needs, no more and no fewer: a label for each field, a name for each option and preset, a sentence for each
 * that it refuses with. A fault that is not declared with `as const satisfies Fault` does not tell what it needs, and has none that fit.
 */
export type FaultWordsOf<F extends Fault> = string extends keyof F['fields'] ? never : Omit<FaultWords, 'fields' | 'options' | 'presets' | 'invalid'>
  & { fields: TextFor<keyof F['fields'] & string>; presets: EachNamed<F['presets']> }
  & ([OptionsOf<F>] extends [never] ? { options?: never } : { options: TextFor<OptionsOf<F>> })
  & (F extends { invalid: infer Check } ? { invalid: TextFor<SaidBy<Check>> } : { invalid?: never })
