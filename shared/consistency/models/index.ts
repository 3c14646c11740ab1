import type { ModelKind } from '../model.ts'
import { register } from './register.ts'

/** All models. A model is one file and one line here; the key is what a history file names. */
export const models: { readonly [type: string]: ModelKind } = { register }
