import { capital } from '../../sim/words.ts'
import { INITIAL, isRead } from '../registers.ts'
import type { Registers } from '../registers.ts'
import { objectOf, tell, tellClients, tellDone, tellValue } from '../tell.ts'
import type { SessionBreak } from './decide.ts'
import type { VersionEdge } from './edges.ts'

const named = (guarantee: VersionEdge['guarantee']): string => guarantee.replaceAll('-', ' ')

/** A sentence that is true of these accesses alone. */
export function tellSessions({ operations }: Registers, found: SessionBreak, promised: string): string {
  const at = (access: number) => operations[access]!
  const value = (access: number): string => tellValue(at(access))
  const version = (edge: VersionEdge, end: 'from' | 'to'): string => (edge[end] === INITIAL ? 'the initial value' : value(edge[end]))
  switch (found.kind) {
    case 'thin-air': return `${capital(tell(at(found.read)))}, which nobody wrote and which was not there at the start.`
    case 'circle': {
      const [only] = found.edges
      if (only !== undefined && found.edges.length === 1) {
        const { first, second, from } = only
        if (from === only.to) return `${capital(tell(at(first)))} before it wrote that itself, and no other write made it (${named(only.guarantee)}).`
        return `${capital(tell(at(first)))} and then read ${value(second)}, which was there only before the first write (${named(only.guarantee)}).`
      }
      const parts = found.edges.map((edge) => {
        const second = `${isRead(at(edge.first)) === isRead(at(edge.second)) ? '' : `${tellDone(at(edge.second)).split(' ')[0]} `}${value(edge.second)}`
        return `${tell(at(edge.first))} and then ${second}, so ${version(edge, 'from')} comes before ${version(edge, 'to')} (${named(edge.guarantee)})`
      })
      return `${capital(parts.join('; '))}. No order of the writes${objectOf(at(found.edges[0]!.first), 'to')} fits all of that.`
    }
    case 'no-assignment': return `Whichever of the equal values each read saw, no order of the writes keeps ${promised}: ${tellClients(operations)}.`
  }
}
