import { faults } from './faults/index.ts'
import type { Round } from './failure.ts'
import { nodeIds } from './sim/create.ts'
import type { FaultParams, FaultRegistry } from './sim/fault.ts'
import type { Fields } from './sim/fields.ts'
import type { Input, RecordedAction } from './sim/inputs.ts'
import { wrongParams } from './sim/fault-check.ts'
import type { Scenario } from './sim/scenario.ts'
import type { Json, NodeId } from './sim/types.ts'

/** The new name of each node that stays. */
type Renamed = ReadonlyMap<NodeId, NodeId>
const registry: FaultRegistry = faults

/**
 * The round without some of its seats. Those that stay move up and keep clock, player and misconception. Parameters of faults lose the
 * nodes that go; a fault that is left without any, or that so small a cluster cannot have, goes too, and so does what was done at a seat
 * that goes or about a message of its node. It need not be a round that the mission allows: check the number of nodes before.
 */
export function withoutSeats(scenario: Scenario, { seed, settings, inputs }: Round, dropped: readonly number[]): Round {
  const ids = nodeIds(settings.nodes)
  const kept = ids.map((_, seat) => seat).filter((seat) => !dropped.includes(seat))
  const fewer = nodeIds(kept.length)
  const renamed: Renamed = new Map(kept.map((seat, at): [NodeId, NodeId] => [ids[seat] ?? '', fewer[at] ?? '']))
  const stays = <T>(_: T, seat: number): boolean => kept.includes(seat)
  return {
    seed,
    settings: {
      ...settings, nodes: kept.length, clockOffsetsMs: settings.clockOffsetsMs.filter(stays), playedBy: settings.playedBy.filter(stays),
      beliefs: Object.fromEntries(kept.flatMap((seat, at) => { const belief = settings.beliefs[String(seat)]; return belief === undefined ? [] : [[String(at), belief]] })),
    },
    inputs: inputs.flatMap((input): Input[] => {
      switch (input.kind) {
        case 'fault': {
          const params = renameParams(input.type, input.params, renamed, fewer)
          return params === null ? [] : [{ ...input, params }]
        }
        case 'act': {
          const action = renameAction(scenario, input.action, renamed)
          return action === null || !kept.includes(input.seat) ? [] : [{ ...input, seat: kept.indexOf(input.seat), action }]
        }
        case 'seat': case 'level': case 'prediction': return kept.includes(input.seat) ? [{ ...input, seat: kept.indexOf(input.seat) }] : []
        default: return [input]
      }
    }),
  }
}

function renameParams(type: string, params: Json, renamed: Renamed, ids: readonly NodeId[]): Json | null {
  const fault = Object.hasOwn(registry, type) ? registry[type] : undefined
  if (fault === undefined || params === null || typeof params !== 'object' || Array.isArray(params)) return null
  const changed = Object.fromEntries(Object.entries(params as FaultParams).map(([name, value]): [string, Json] => {
    const field = fault.fields[name]?.type
    if (field === 'node') return [name, renamed.get(String(value)) ?? null]
    return [name, field === 'nodes' && Array.isArray(value) ? value.flatMap((node) => renamed.get(String(node)) ?? []) : value]
  }))
  return wrongParams(fault, changed, ids) === null ? changed : null
}

/** The identity of a message begins with its sender and its receiver, as in `A>C ask-vote 3 #1`. */
const ENDS = /^(\w)>(\w)(?= )/

function renameAction(scenario: Scenario, action: RecordedAction, renamed: Renamed): RecordedAction | null {
  const spec = (scenario.actions as { readonly [kind: string]: { fields: Fields } | undefined })[action.kind]
  const changed: RecordedAction = { ...action }
  for (const [name, field] of Object.entries(spec?.fields ?? {})) {
    if (field.type !== 'peer') continue
    const peer = renamed.get(String(action[name]))
    if (peer === undefined) return null
    changed[name] = peer
  }
  if (action.letter === undefined) return changed
  const [ends = '', from = '', to = ''] = ENDS.exec(action.letter) ?? []
  const [sender, receiver] = [renamed.get(from), renamed.get(to)]
  return sender === undefined || receiver === undefined ? null : { ...changed, letter: `${sender}>${receiver}${action.letter.slice(ends.length)}` }
}
