import type { ModelKind } from '../model.ts'
import { casRegister } from './cas-register.ts'
import { counter } from './counter.ts'
import { kv } from './kv.ts'
import { mutex } from './mutex.ts'
import { queue } from './queue.ts'
import { register } from './register.ts'

/** All models. A model is one file and one line here; the key is what a history file names. */
export const models: { readonly [type: string]: ModelKind } = { register, 'cas-register': casRegister, kv, mutex, counter, queue }
