import type { Claim } from '../sim/claim.ts'
import type { FactNo, Json, SimMs } from '../sim/types.ts'
import { foldsOf } from './shows.ts'
import type { OwnWords, Shows } from './shows.ts'
import { entryOf } from './table.ts'
import type { Table } from './table.ts'
import { seconds } from './words.ts'

/** A version of an object: a number, or parts of which the first that differ decide. What was there before any write is the least, e.g. 0 or the empty list. */
export type Version = number | readonly (number | string)[]

/**
 * A session was answered: it read a version of an object, or its write made one. `session` is named as in a sentence, e.g. `customer 3`.
 * A session waits for one answer at a time, so its order is that of its answers; what was not answered, or failed, shows nothing: a write that may have
 * happened may be read or missed later. Where the store begins anew with empty objects, such as after a change of its settings, `key` has to tell the old from the
 * new, e.g. `x of epoch 2`; else the first read of the new one would seem to go back.
 */
export interface SessionStep { session: string; key: string; kind: 'read' | 'wrote'; version: Version }

/** Less than 0 if `a` is older than `b`, 0 if they are the same. Numbers are older than texts, texts are compared by their code units, and a list is newer than its beginning. */
export function compareVersions(a: Version, b: Version): number {
  const left = typeof a === 'number' ? [a] : a, right = typeof b === 'number' ? [b] : b
  for (let at = 0; at < left.length && at < right.length; at++) {
    const one = left[at]!, other = right[at]!
    if (one === other) continue
    if (typeof one !== typeof other) return typeof one === 'number' ? -1 : 1
    return one < other ? -1 : 1
  }
  return left.length - right.length
}

const versionWords = (version: Json | undefined): string => (Array.isArray(version) ? (version.length === 0 ? 'none' : version.join('-')) : String(version))

/** For each session and object the newest version of one kind of step, and the first fact that showed it. */
interface State { newest: Table<{ version: Version; fact: FactNo; atMs: SimMs }> }

interface Rule { words: string; prevention: string; /** A step of this kind is kept in mind ... */ first: SessionStep['kind']; /** ... and compared with each later one of this kind. */ then: SessionStep['kind'] }

/** One guarantee: a later step never has an older version than an earlier one, nor the same if it made it. Constant time a fact; memory for each session and object. */
const guarantee = ({ words, prevention, first, then }: Rule) => (steps: Shows<SessionStep>, own: OwnWords = {}): Claim<State> => ({
  words,
  severity: 'severe',
  concept: 'session guarantees',
  prevention,
  ...own,
  init: () => ({ newest: {} }),
  folds: foldsOf(steps, (state, { session, key, kind, version }, fact, judge) => {
    const place = JSON.stringify([session, key]), newest = entryOf(state.newest, place)
    const ahead = newest === undefined ? -1 : compareVersions(newest.version, version)
    if (kind === then && newest !== undefined && (ahead > 0 || (ahead === 0 && kind === 'wrote'))) {
      judge.breach(`${session} ${key} ${versionWords(version as Json)} after ${versionWords(newest.version as Json)}`, [newest.fact, fact.n], {
        session, key, version: version as Json, atMs: fact.atMs, newest: newest.version as Json, newestMs: newest.atMs,
      })
    }
    if (kind === first && (newest === undefined || ahead < 0)) state.newest[place] = { version, fact: fact.n, atMs: fact.atMs }
  }),
  sentence(v) {
    const version = versionWords(v['version']), newest = versionWords(v['newest'])
    const later = then === 'read' ? `then read the older version ${version}` : version === newest ? 'then made that same version by a write' : `then wrote the older version ${version}`
    const text = `${v['session']} ${first} version ${newest} of ${v['key']} at ${seconds(v['newestMs'])} and ${later} at ${seconds(v['atMs'])}.`
    return text.charAt(0).toUpperCase() + text.slice(1)
  },
})

/**
 * The session guarantees of Terry and others ("Session guarantees for weakly consistent replicated data", 1994), for missions whose answers carry the version
 * that was read or made, in one order for each object. What an answer does not tell, such as that a write was lost, is for the check of whole histories.
 */
export const readYourWrites = guarantee({
  words: 'A session never reads an older version than it has written.', first: 'wrote', then: 'read',
  prevention: 'Remember the version of your last write, and read only from a copy that has it.',
})

/** See `readYourWrites`. */
export const monotonicReads = guarantee({
  words: 'A session never reads an older version than it has read.', first: 'read', then: 'read',
  prevention: 'Remember the newest version that you read, and read only from a copy that has it.',
})

/** See `readYourWrites`. */
export const monotonicWrites = guarantee({
  words: 'Each write of a session makes a newer version than its writes before.', first: 'wrote', then: 'wrote',
  prevention: 'Let a copy take a write only when it has the earlier writes of that session.',
})

/** See `readYourWrites`. */
export const writesFollowReads = guarantee({
  words: 'Each write of a session makes a newer version than it had read.', first: 'read', then: 'wrote',
  prevention: 'Let a copy take a write only when it has what its session had read before.',
})
