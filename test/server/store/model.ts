import fc from 'fast-check'
import type { Store } from '../../../server/store/types.ts'

/** A store so simple that it is plainly right: what two classes hold, and nothing about how. */
interface ModelClass { epoch: number; open: boolean; inputs: (string | null)[] }
export type Model = Map<string, ModelClass>
export const modelOf = (): Model => new Map()

/**
 * One random call: how to make it, and what the model says its answer must be (a value, or a refusal's code).
 * `nextSeq` is the right next number as the model sees it: an append that guessed would hardly ever get through.
 */
export interface Operation {
  readonly text: string
  readonly classId: string
  run(store: Store, prefix: string, nextSeq: number): Promise<unknown>
  expected(model: Model): unknown
}

export const nextSeqOf = (model: Model, classId: string): number => (model.get(classId)?.inputs.length ?? 0) + 1

function owned(model: Model, id: string, epoch: number): ModelClass | string {
  const held = model.get(id)
  return held === undefined ? 'unknown-class' : held.epoch === epoch ? held : 'stale-owner'
}

const id = fc.constantFrom('A', 'B')
const epoch = fc.constantFrom(1, 1, 1, 1, 1, 2)

const create = id.map((classId): Operation => ({
  text: `create ${classId}`,
  classId,
  run: (store, prefix) => store.createClass({ classId: prefix + classId, createdAtMs: 1, hostSecretHash: '', body: null }),
  expected(model) {
    if (model.has(classId)) return 'class-taken'
    model.set(classId, { epoch: 1, open: true, inputs: [] })
    return { ownerEpoch: 1 }
  },
}))

const claim = id.map((classId): Operation => ({
  text: `claim ${classId}`,
  classId,
  run: (store, prefix) => store.claim(prefix + classId),
  expected(model) {
    const held = model.get(classId)
    return held === undefined ? 'unknown-class' : { ownerEpoch: ++held.epoch }
  },
}))

const close = fc.tuple(id, epoch).map(([classId, ownerEpoch]): Operation => ({
  text: `close ${classId} as ${ownerEpoch}`,
  classId,
  run: (store, prefix) => store.closeClass(prefix + classId, ownerEpoch, 5),
  expected(model) {
    const held = owned(model, classId, ownerEpoch)
    if (typeof held === 'string') return held
    held.open = false
    return undefined
  },
}))

const remove = fc.tuple(id, epoch).map(([classId, ownerEpoch]): Operation => ({
  text: `delete ${classId} as ${ownerEpoch}`,
  classId,
  run: (store, prefix) => store.deleteClass(prefix + classId, ownerEpoch),
  expected(model) {
    const held = owned(model, classId, ownerEpoch)
    if (typeof held === 'string') return held
    model.delete(classId)
    return undefined
  },
}))

const author = fc.constantFrom('host', 'seat:1', null)
const append = fc.tuple(id, epoch, fc.constantFrom(0, 0, 0, 0, 0, 0, 1, -1), fc.array(fc.tuple(author, fc.integer({ min: 1, max: 6 })), { maxLength: 3 }))
  .map(([classId, ownerEpoch, skew, inputs]): Operation => ({
    text: `append ${classId} as ${ownerEpoch}, off by ${skew}: ${JSON.stringify(inputs)}`,
    classId,
    run: (store, prefix, nextSeq) => store.append(prefix + classId, ownerEpoch, nextSeq + skew,
      inputs.map(([by, clientSeq]) => ({ round: 1, cluster: null, author: by, clientSeq, body: { clientSeq } }))),
    expected(model) {
      const held = owned(model, classId, ownerEpoch)
      if (typeof held === 'string') return held
      if (!held.open) return 'class-closed'
      if (skew !== 0) return 'sequence-gap'
      const keys = inputs.map(([by, clientSeq]) => by === null ? null : `${by} ${clientSeq}`)
      const real = [...held.inputs, ...keys].filter((key) => key !== null)
      if (new Set(real).size < real.length) return 'duplicate-input'
      held.inputs.push(...keys)
      return { lastSeq: held.inputs.length }
    },
  }))

const lastSeq = id.map((classId): Operation => ({
  text: `lastSeq ${classId}`,
  classId,
  run: (store, prefix) => store.lastSeq(prefix + classId),
  expected: (model) => model.get(classId)?.inputs.length ?? 'unknown-class',
}))

const readAll = id.map((classId): Operation => ({
  text: `read ${classId}`,
  classId,
  run: async (store, prefix) => (await store.read(prefix + classId)).map(({ author: by, clientSeq }) => by === null ? null : `${by} ${clientSeq}`),
  expected: (model) => [...model.get(classId)?.inputs ?? []],
}))

/** Mostly appends, and now and then what takes a class from under them. A failing run prints its `text`s. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { arbitrary: create, weight: 4 }, { arbitrary: append, weight: 20 }, { arbitrary: claim, weight: 1 }, { arbitrary: close, weight: 1 },
  { arbitrary: remove, weight: 1 }, { arbitrary: lastSeq, weight: 2 }, { arbitrary: readAll, weight: 2 },
)
