import { memoryStore } from '../../../server/store/memory.ts'
import type { Store } from '../../../server/store/types.ts'

/** A store that lets a stale owner write: it puts the current epoch in the place of the one it was given. */
export function storeWithoutEpochs(): Store {
  const store = memoryStore()
  const epochs = new Map<string, number>()
  const epochOf = (classId: string) => epochs.get(classId) ?? 1
  return {
    ...store,
    async claim(classId) {
      const claimed = await store.claim(classId)
      epochs.set(classId, claimed.ownerEpoch)
      return claimed
    },
    updateBody: (classId, _stale, body) => store.updateBody(classId, epochOf(classId), body),
    closeClass: (classId, _stale, atMs) => store.closeClass(classId, epochOf(classId), atMs),
    deleteClass: (classId, _stale) => store.deleteClass(classId, epochOf(classId)),
    append: (classId, _stale, firstSeq, records) => store.append(classId, epochOf(classId), firstSeq, records),
    createRecording: (recording) => store.createRecording(recording, epochOf(recording.classId)),
  }
}

/** A store that does not know an input again. */
export function storeWithoutIdentity(): Store {
  const store = memoryStore()
  return {
    ...store,
    append: (classId, ownerEpoch, firstSeq, records) =>
      store.append(classId, ownerEpoch, firstSeq, records.map((record) => ({ ...record, clientSeq: null }))),
  }
}
