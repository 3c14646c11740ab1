import { causalChecks } from './causal.ts'
import { sequential } from './sequential.ts'
import { sessionChecks } from './sessions.ts'
import type { Check } from './verdict.ts'

/** Checks that ask for less than linearizability: what each client, or each session, may rely on. */
export const orders = { sequential, ...causalChecks, ...sessionChecks } as const satisfies { readonly [id: string]: Check }
