/** The shape of a catalogue, whatever its language: the same keys, functions with the same arguments, and words. */
export type Words<T> = T extends string ? string
  : T extends (...given: infer A) => infer R ? (...given: A) => Words<R>
  : { readonly [K in keyof T]: Words<T[K]> }
