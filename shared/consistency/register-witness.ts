import type { History, Operation } from './history.ts'
import type { Before } from './linearizable/order.ts'
import { relax } from './linearizable/relax.ts'
import type { Breaks } from './linearizable/relax.ts'
import { rulesFor } from './linearizable/useless.ts'
import { models } from './models/index.ts'
import { register } from './models/register.ts'

/** The fewest operations of registers found that still break a check, in the order of their calls. `before`: what the check keeps in order whatever happens. */
export function fewest({ model: { type, init } }: History, operations: readonly Operation[], before: Before, breaks: Breaks): readonly Operation[] {
  const kind = Object.hasOwn(models, type) ? models[type]! : register
  return relax(operations, breaks, rulesFor('register', kind.make(init), before)).toSorted((a, b) => a.call - b.call)
}
