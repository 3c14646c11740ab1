import { parseFields } from './sim/fields.ts'
import type { RecordedAction } from './sim/inputs.ts'
import { letterIdOf } from './sim/letters.ts'
import type { ActionSpec } from './sim/scenario.ts'
import type { Json, Shape } from './sim/types.ts'
import type { Played } from './seat-view.ts'

export type ReadAction = { ok: true; action: RecordedAction } | { ok: false; reason: string }
/** As a page sends it: letters and requests by the node's own numbers. */
export type SentAction = { kind: string; [field: string]: Json | undefined }

/**
 * A page's action as it is recorded: letters and requests by their identity, so that it keeps its meaning in a fork. What no node could
 * ever do (an unknown action, a field that is not there) is refused here, and is not recorded.
 */
export function actionOf(cluster: Pick<Played, 'scenario' | 'sim'>, seat: number, sent: SentAction): ReadAction {
  const node = cluster.sim.world.nodes[seat]
  const actions: { readonly [kind: string]: ActionSpec<Shape, Shape['action']> } = cluster.scenario.actions
  const spec = Object.hasOwn(actions, sent.kind) ? actions[sent.kind] : undefined
  if (node === undefined || spec === undefined) return { ok: false, reason: 'There is no such action.' }
  if (!node.up) return { ok: false, reason: 'Your node has crashed. It comes back by itself.' }
  const parsed = parseFields(spec.fields, sent, node.self)
  if (!parsed.ok) return { ok: false, reason: parsed.error }
  const { letter, request, ...fields } = parsed.value
  const action: RecordedAction = { ...fields, kind: sent.kind }
  if (typeof letter === 'number') {
    const id = letterIdOf(node, letter)
    if (id === undefined) return { ok: false, reason: 'That message is gone.' }
    action.letter = id
  }
  if (typeof request === 'number') {
    const id = node.requestIds[request]
    if (id === undefined) return { ok: false, reason: 'That request is gone.' }
    action.request = id
  }
  return { ok: true, action }
}
