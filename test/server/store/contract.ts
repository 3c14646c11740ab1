import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { NewRecord, Store, StoreErrorCode } from '../../../server/store/types.ts'
import { modelOf, nextSeqOf, operation } from './model.ts'

export const aClass = (classId: string, createdAtMs = 1_000) => ({ classId, createdAtMs, hostSecretHash: 'hash', body: { names: ['Ada'] } })
export const anInput = (clientSeq: number, author = 'seat:1'): NewRecord => ({ round: 1, cluster: 0, author, clientSeq, body: { clientSeq } })
export const aWatermark = (toMs: number, round = 1, cluster: number | null = null): NewRecord =>
  ({ round, cluster, author: null, clientSeq: null, body: { toMs } })

/** Expects a typed refusal with a sentence that a person can read. */
export async function expectRefusal(call: Promise<unknown>, code: StoreErrorCode): Promise<void> {
  await expect(call).rejects.toMatchObject({ name: 'StoreError', code, message: expect.stringMatching(/^[A-Z].*\.?$/s) })
}

/**
 * What every store promises. `make` gives an empty store.
 * `broken` names the promises that this store is known to break: their tests must then fail, which shows that they can.
 */
export function storeContract(name: string, make: () => Promise<Store>, broken: readonly string[] = []): void {
  function promise(title: string, check: () => Promise<void>): void {
    const declare = broken.some((id) => title.startsWith(`[${id}]`)) ? test.fails : test
    declare(title, check)
  }

  describe(`the store contract: ${name}`, () => {
    let store: Store
    beforeEach(async () => { store = await make() })
    afterEach(() => store.close())

    promise('[STORE-1] a class is kept as it was created, and its id is taken', async () => {
      expect(await store.createClass(aClass('K7QX2M'))).toEqual({ ownerEpoch: 1 })
      expect(await store.readClass('K7QX2M')).toEqual({ ...aClass('K7QX2M'), open: true, closedAtMs: null })
      expect(await store.readClass('NOBODY')).toBeNull()
      await expectRefusal(store.createClass(aClass('K7QX2M', 2_000)), 'class-taken')
      expect((await store.readClass('K7QX2M'))?.createdAtMs).toBe(1_000)
    })

    promise('[STORE-2] open classes are listed by age until they are closed', async () => {
      await store.createClass(aClass('YOUNG2', 3_000))
      await store.createClass(aClass('OLDER2', 2_000))
      await store.createClass(aClass('CLOSED', 1_000))
      await store.closeClass('CLOSED', 1, 9_000)
      await store.closeClass('CLOSED', 1, 9_999)
      expect((await store.openClasses()).map(({ classId }) => classId)).toEqual(['OLDER2', 'YOUNG2'])
      expect(await store.readClass('CLOSED')).toMatchObject({ open: false, closedAtMs: 9_000 })
    })

    promise('[STORE-3] a closed class takes no records, but its names can be removed and its log read', async () => {
      await store.createClass(aClass('C'))
      await store.append('C', 1, 1, [anInput(1)])
      await store.closeClass('C', 1, 5)
      await expectRefusal(store.append('C', 1, 2, [anInput(2)]), 'class-closed')
      await expectRefusal(store.createRecording({ recordingId: 'R', classId: 'C', round: 1, cluster: 0, header: {} }, 1), 'class-closed')
      await store.updateBody('C', 1, null)
      expect((await store.readClass('C'))?.body).toBeNull()
      expect(await store.read('C')).toHaveLength(1)
    })

    promise('[STORE-4] every write with an older epoch is refused after a claim', async () => {
      await store.createClass(aClass('C'))
      await store.append('C', 1, 1, [anInput(1)])
      expect(await store.claim('C')).toEqual({ ownerEpoch: 2 })
      await expectRefusal(store.append('C', 1, 2, [anInput(2)]), 'stale-owner')
      await expectRefusal(store.updateBody('C', 1, {}), 'stale-owner')
      await expectRefusal(store.closeClass('C', 1, 5), 'stale-owner')
      await expectRefusal(store.deleteClass('C', 1), 'stale-owner')
      await expectRefusal(store.createRecording({ recordingId: 'R', classId: 'C', round: 1, cluster: 0, header: {} }, 1), 'stale-owner')
      expect(await store.append('C', 2, 2, [anInput(2)])).toEqual({ lastSeq: 2 })
      expect((await store.read('C')).map(({ body }) => body)).toEqual([{ clientSeq: 1 }, { clientSeq: 2 }])
    })

    promise('[STORE-5] records are numbered without gap or overlap', async () => {
      await store.createClass(aClass('C'))
      expect(await store.lastSeq('C')).toBe(0)
      await expect(store.append('C', 1, 2, [anInput(1)])).rejects.toMatchObject({ code: 'sequence-gap', expectedSeq: 1 })
      expect(await store.append('C', 1, 1, [anInput(1), aWatermark(250)])).toEqual({ lastSeq: 2 })
      await expect(store.append('C', 1, 2, [anInput(2)])).rejects.toMatchObject({ code: 'sequence-gap', expectedSeq: 3 })
      await expect(store.append('C', 1, 4, [anInput(2)])).rejects.toMatchObject({ code: 'sequence-gap', expectedSeq: 3 })
      expect(await store.append('C', 1, 3, [])).toEqual({ lastSeq: 2 })
      expect((await store.read('C')).map(({ seq }) => seq)).toEqual([1, 2])
      expect(await store.lastSeq('C')).toBe(2)
    })

    promise('[STORE-6] an input is stored once: a retry is refused, and nothing of its append is stored', async () => {
      await store.createClass(aClass('C'))
      await store.createClass(aClass('D'))
      await store.append('C', 1, 1, [anInput(1), anInput(1, 'host'), aWatermark(250), aWatermark(250)])
      await expectRefusal(store.append('C', 1, 5, [anInput(2), anInput(1)]), 'duplicate-input')
      await expectRefusal(store.append('C', 1, 5, [anInput(3), anInput(3)]), 'duplicate-input')
      expect(await store.lastSeq('C')).toBe(4)
      await store.append('C', 1, 5, [anInput(2), anInput(3)])
      await store.append('D', 1, 1, [anInput(1)])
    })

    promise('[STORE-7] appends sent without waiting keep their order, and one refused leaves the others alone', async () => {
      await store.createClass(aClass('C'))
      await store.createClass(aClass('D'))
      const answers = await Promise.allSettled([
        store.append('C', 1, 1, [anInput(1)]), store.append('D', 1, 1, [anInput(1)]), store.append('C', 1, 2, [anInput(1)]),
        store.append('D', 1, 2, [anInput(2)]), store.append('C', 7, 2, [anInput(2)]), store.append('C', 1, 2, [anInput(2)]),
        store.append('C', 1, 4, [anInput(3)]),
      ])
      expect(answers.map((answer) => answer.status === 'fulfilled' ? answer.value.lastSeq : answer.reason.code))
        .toEqual([1, 1, 'duplicate-input', 2, 'stale-owner', 2, 'sequence-gap'])
    })

    promise('[STORE-8] reading narrows by round, cluster and number', async () => {
      await store.createClass(aClass('C'))
      await store.append('C', 1, 1, [aWatermark(1, 1, 0), aWatermark(2, 1, 1), aWatermark(3, 1, null), aWatermark(4, 2, 0)])
      const seqs = async (filter?: Parameters<Store['read']>[1]) => (await store.read('C', filter)).map(({ seq }) => seq)
      expect(await seqs()).toEqual([1, 2, 3, 4])
      expect(await seqs({ round: 1 })).toEqual([1, 2, 3])
      expect(await seqs({ cluster: 0 })).toEqual([1, 4])
      expect(await seqs({ cluster: null })).toEqual([3])
      expect(await seqs({ round: 1, cluster: 0 })).toEqual([1])
      expect(await seqs({ round: 1, fromSeq: 2 })).toEqual([2, 3])
      expect(await store.read('NOBODY')).toEqual([])
    })

    promise('[STORE-9] a recording is its header, its cluster\'s records, and those of no cluster', async () => {
      await store.createClass(aClass('C'))
      const recording = { recordingId: 'R', classId: 'C', round: 1, cluster: 0, header: { seed: 7 } }
      await store.createRecording(recording, 1)
      await store.createRecording({ ...recording, recordingId: 'Q', cluster: 1 }, 1)
      await expectRefusal(store.createRecording({ ...recording, round: 2 }, 1), 'recording-taken')
      await expectRefusal(store.createRecording({ ...recording, recordingId: 'R2' }, 1), 'recording-taken')
      await store.append('C', 1, 1, [aWatermark(1, 1, 0), aWatermark(2, 1, 1), aWatermark(3, 1, null), aWatermark(4, 2, 0)])
      const read = await store.readRecording('R')
      expect(read).toMatchObject({ ...recording, facts: null })
      expect(read?.records.map(({ seq }) => seq)).toEqual([1, 3])
      expect(await store.listRecordings('C')).toEqual([recording, { ...recording, recordingId: 'Q', cluster: 1 }])
      expect(await store.readRecording('NONE')).toBeNull()
    })

    promise('[STORE-10] facts are kept byte for byte, and can be replaced', async () => {
      await store.createClass(aClass('C'))
      await store.createRecording({ recordingId: 'R', classId: 'C', round: 1, cluster: 0, header: {} }, 1)
      await store.saveFacts('R', Uint8Array.of(1, 2, 3))
      await store.saveFacts('R', Uint8Array.of(0, 255))
      expect([...(await store.readRecording('R'))?.facts ?? []]).toEqual([0, 255])
      await expectRefusal(store.saveFacts('NONE', Uint8Array.of(1)), 'unknown-recording')
    })

    promise('[STORE-11] a deleted class leaves nothing, and its id is free', async () => {
      await store.createClass(aClass('C'))
      await store.append('C', 1, 1, [anInput(1)])
      await store.createRecording({ recordingId: 'R', classId: 'C', round: 1, cluster: 0, header: {} }, 1)
      await store.deleteClass('C', 1)
      expect(await store.readClass('C')).toBeNull()
      expect(await store.read('C')).toEqual([])
      expect(await store.readRecording('R')).toBeNull()
      await store.createClass(aClass('C'))
      await store.append('C', 1, 1, [anInput(1)])
    })

    promise('[STORE-12] an unknown class is refused by name', async () => {
      for (const call of [store.claim('X'), store.updateBody('X', 1, {}), store.closeClass('X', 1, 1), store.deleteClass('X', 1),
        store.append('X', 1, 1, []), store.lastSeq('X')]) await expectRefusal(call, 'unknown-class')
    })

    promise('[STORE-13] the store shares nothing with its callers', async () => {
      const body = { names: ['Ada'], gone: undefined }
      await store.createClass({ ...aClass('C'), body })
      body.names.push('Bob')
      const read = (await store.readClass('C'))?.body
      expect(read).toStrictEqual({ names: ['Ada'] })
    })

    promise('[STORE-14] a closed store refuses', async () => {
      await store.close()
      await expectRefusal(store.lastSeq('C'), 'store-closed')
      await store.close()
    })

    promise('[STORE-15] any sequence of calls answers as the model does', async () => {
      let run = 0
      await fc.assert(fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 60, size: 'max' }), async (operations) => {
        run += 1
        const model = modelOf()
        // Calls go out together, so that a backend that groups them is tried with real groups.
        const planned = operations.map((call) => ({ call, nextSeq: nextSeqOf(model, call.classId), expected: call.expected(model) }))
        const answers = await Promise.all(planned.map(({ call, nextSeq }) => settled(call.run(store, `${run}-`, nextSeq))))
        expect(answers).toEqual(planned.map(({ expected }) => expected))
      }), { numRuns: 100 })
    })
  })
}

/** The answer, or the code of the refusal. */
async function settled(call: Promise<unknown>): Promise<unknown> {
  return call.catch((error: unknown) => error instanceof Error && 'code' in error ? error.code : error)
}
