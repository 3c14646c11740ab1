import type { Json } from '../../sim/json.ts'
import type { Operation } from '../history.ts'
import type { Model } from '../model.ts'
import type { Witness } from '../verdict.ts'
import { cutOff } from './cut.ts'
import type { BreaksFrom } from './cut.ts'
import { inTime } from './order.ts'
import type { Before } from './order.ts'
import { firstBreak, relax, relaxed, unanswered } from './relax.ts'
import type { Rules } from './relax.ts'
import type { Scene } from './scene.ts'
import { explain, find } from './shapes.ts'
import type { Explained } from './shapes.ts'
import { rulesFor } from './useless.ts'
import { plainWords } from './words.ts'
import type { Words } from './words.ts'

/** What is to be shown broken. */
export interface Subject {
  /** The model by its name in the registry, and made. */
  type: string
  model: Model
  /** Null when the operations are of several. */
  partition: string | null
  /** They break the check. */
  operations: readonly Operation[]
  /** The states in which each partition may begin. */
  from: readonly Json[]
  /** What the check keeps in order: `inTime`, or `ofOneClient`. */
  before: Before
  /** Whether some of them break the check when they may begin in any of these states; 'unknown' and 'stopped' keep operations in the witness that might be spared. */
  breaks: BreaksFrom
  /** Only a witness that begins as the history did will do, however long. */
  fromStart?: boolean
  words?: Words
}

/** Of so many operations each is tried in turn; a sentence that takes more is of their number, which takes them all. */
const RELAXED_MAX = 200
/** A witness of up to so many operations is told from the start of the history, if it can be; and it is looked for only in histories of up to so many. */
const PLAIN_MAX = 4, PLAIN_HISTORY_MAX = 100

/**
 * A small witness of a break and its sentence. If the history, up to where it breaks first, shows a break of a sort that has a name, that is told (`tell`). Otherwise it is made
 * smaller: from its start if few operations tell it from there, or else from any states that it may have been in later; `relax` and `cutOff` say why both are sound. Where it
 * shows a value out of thin air that somebody began to write later, that write is added, unanswered, for it tells more: as it comes
 * after, it explains nothing. Costs O(n) calls of `breaks`, most of them with few operations, and O(log n) for breaks with a name.
 */
export function witnessOf(subject: Subject): Witness {
  const { type, model, from, before, breaks, operations, words = plainWords } = subject
  const rules = rulesFor(type, model, before)
  const sceneOf = (some: readonly Operation[], states: readonly Json[]): Scene => ({ operations: inOrder(some), from: states, before })
  const toldAs = (scene: Scene, as: Explained): Witness => {
    const both = as.shape === 'thin-air' ? withLaterWrite(subject, scene) : null
    return both === null ? tell(subject, scene, as) : tell(subject, both)
  }
  const told = (scene: Scene): Witness => toldAs(scene, explain(type, scene, words))
  const toldByName = (scene: Scene): Witness | null => {
    const as = explain(type, scene, words)
    return as.shape === 'no-order' ? null : toldAs(scene, as)
  }

  const all = sceneOf(operations.filter(({ status }) => status !== 'fail'), from)
  // Texts tell by themselves what came before; to search for the first break takes longer.
  const text = type === 'kv' ? toldByName(all) : null
  const known = text !== null || before !== inTime ? all : sceneOf(firstBreak(operations, (some) => breaks(some, from), rules), from)
  const named = text ?? toldByName(known)
  if (named !== null && named.operations.length <= PLAIN_MAX) return named

  const smallest = (scene: Scene, tries?: number): Scene => sceneOf(relax(scene.operations, (less) => breaks(less, scene.from), rules, tries), scene.from)
  const whole = named ?? (known.operations.length <= PLAIN_HISTORY_MAX || before !== inTime ? told(smallest(known, before === inTime ? 1 : undefined)) : null)
  if (whole !== null && whole.shape !== 'no-order' && whole.operations.length <= PLAIN_MAX) return whole
  const end = before === inTime && subject.fromStart !== true ? cutOff(type, known.operations, from, breaks, rules) : null
  if (end === null) return whole ?? told(smallest(known))
  const rest = sceneOf(end.operations, end.from), short = toldByName(rest) ?? told(smallest(rest))
  return whole === null ? short : plainer(whole, short)
}

/** The one whose sort of break has a name, or else the smaller one. */
function plainer(whole: Witness, end: Witness): Witness {
  const isWholeNamed = whole.shape !== 'no-order'
  if (isWholeNamed !== (end.shape !== 'no-order') && Math.max(whole.operations.length, end.operations.length) <= 2 * PLAIN_MAX) return isWholeNamed ? whole : end
  return end.operations.length < whole.operations.length ? end : whole
}

/** A scene of a value out of thin air with those that began to write it later; null if nobody did. */
function withLaterWrite({ type, model, operations, breaks }: Subject, scene: Scene): Scene | null {
  const { from, before } = scene, { idle } = rulesFor(type, model, before), answered = scene.operations.filter(({ status }) => status === 'ok')
  const later = operations.filter((one) => one.status !== 'fail' && !idle(one) && !scene.operations.some(({ id }) => id === one.id) && answered.every((other) => before(other, one))).map(unanswered)
  // Those that would help if they came in time.
  const both = { ...scene, operations: inOrder(rulesFor(type, model, () => false).helpful([...scene.operations, ...later])) }
  return explain(type, both).shape === 'read-before-write' && breaks(both.operations, from) === true ? both : null
}

/**
 * The witness that a scene makes, which breaks the check, and its sentence. A break with a name is shown by what its sentence needs: the scene is relaxed as long as the
 * sentence stays the same, first all at once that it does not speak of. Only by the steps of `relax`, so that whatever explains the scene would explain the witness. `as`: what `explain` says of it.
 */
export function tell({ type, model, partition, words = plainWords }: Pick<Subject, 'type' | 'model' | 'partition' | 'words'>, scene: Scene, as: Explained = explain(type, scene, words)): Witness {
  const { shape, sentence, cast } = as, { idle, helpful } = rulesFor(type, model, scene.before)
  if (shape === 'no-order') return { operations: scene.operations, partition, from: scene.from, edges: [], shape, sentence }
  // What the sentence speaks of may be there though it explains nothing, such as a write that came too late.
  const rules: Rules = { idle, helpful: (some) => { const kept = new Set([...helpful(some), ...cast].map(({ id }) => id)); return some.filter(({ id }) => kept.has(id)) } }
  const isSame = (some: readonly Operation[]): boolean => find(shape, type, { ...scene, operations: some })?.sentence(words) === sentence
  const isCast = new Set(cast), few = [(one: Operation): boolean => !isCast.has(one), (one: Operation): boolean => !isCast.has(one) && idle(one)]
  const start = few.map((which) => relaxed(scene.operations, which, rules)).find(isSame) ?? scene.operations
  let operations = start.length <= RELAXED_MAX ? relax(start, isSame, rules, 1) : start
  // Some may lose their answers, though the sentence would be another one without them.
  for (const one of operations.length <= RELAXED_MAX ? operations : []) {
    const less = operations.map((other) => (other === one && !idle(one) ? unanswered(one) : other))
    if (one.status === 'ok' && isSame(less)) operations = less
  }
  return { operations: inOrder(operations), partition, from: scene.from, edges: [], shape, sentence }
}

const inOrder = (operations: readonly Operation[]): readonly Operation[] => [...operations].sort((a, b) => a.call - b.call)

/** Why linearizability matters, for the check and the claim. */
export const linearizableWords = {
  words: 'Every operation takes effect at one moment between its call and its answer, and its answer fits what took effect before.',
  concept: 'linearizability',
  prevention: 'Answer a read only after asking a majority, or as a leader that a majority has just confirmed, and answer a write only when a majority has stored it.',
} as const
