import type { Fact } from '../../../sim/facts.ts'
import { INBOX_MAX } from '../../../sim/limits.ts'
import type { NodeId } from '../../../sim/types.ts'
import type { Action, Message } from '../types.ts'

/** What the facts say of one node's role. */
interface Role {
  /** The term it leads, which it shows by beating; null while it does not. */
  leads: number | null
  /** The highest term that it has spoken of or taken over since it woke up. */
  known: number
  /** Letters in its inbox whose terms are higher than that, oldest first: few, and mostly none. */
  letters: { letter: number; term: number }[]
}

/** Who leads, as far as facts can say: from the first heartbeat until an action, or a crash, lays the role down. */
export interface Roles { [node: NodeId]: Role }

/** `led`: the node has begun to lead the term. `laid-down`: it leads no more. */
export type RoleChange = { change: 'led'; node: NodeId; term: number } | { change: 'laid-down'; node: NodeId } | null

const learn = (role: Role, term: number): void => {
  if (term <= role.known) return
  role.known = term
  if (role.letters.length > 0) role.letters = role.letters.filter((one) => one.term > term)
}

const layDown = (role: Role, node: NodeId): RoleChange => {
  if (role.leads === null) return null
  role.leads = null
  return { change: 'laid-down', node }
}

/** Folds a fact in constant time. A letter lays a role down only if its term is higher: old cards can be answered too. */
export function foldRole(roles: Roles, fact: Fact): RoleChange {
  switch (fact.kind) {
    case 'sent': {
      const body = fact.body as Message
      const role = (roles[fact.node] ??= { leads: null, known: 0, letters: [] })
      learn(role, body.term)
      // A beat that waited for the disk may leave after the role was laid down: it is of a term below the known one.
      if (body.kind !== 'beat' || body.term < role.known || (role.leads !== null && role.leads >= body.term)) return null
      role.leads = body.term
      return { change: 'led', node: fact.node, term: body.term }
    }
    case 'delivered': {
      const { term } = fact.body as Message
      const role = (roles[fact.node] ??= { leads: null, known: 0, letters: [] })
      // What fell out of the inbox lays nothing down any more.
      if (role.letters[0]?.letter === fact.letter - INBOX_MAX) role.letters.shift()
      if (term > role.known) role.letters.push({ letter: fact.letter, term })
      return null
    }
    case 'acted': {
      const role = roles[fact.node]
      if (role === undefined) return null
      const action = fact.action as Action
      if (action.kind === 'step-down' || action.kind === 'stand') return layDown(role, fact.node)
      if (action.kind !== 'adopt-term' && action.kind !== 'grant') return null
      const term = role.letters.find((one) => one.letter === action.letter)?.term
      if (term === undefined) return null
      learn(role, term)
      return layDown(role, fact.node)
    }
    case 'crashed': {
      const role = roles[fact.node]
      if (role === undefined) return null
      role.known = 0
      role.letters = []
      return layDown(role, fact.node)
    }
    default: return null
  }
}
