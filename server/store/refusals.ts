import { StoreError } from './types.ts'

/** The sentences of the refusals, so that every backend says the same. */
export const refusals = {
  staleOwner: (classId: string, given: number, current: number) =>
    new StoreError('stale-owner', `Class ${classId} belongs to owner ${current} now; owner ${given} may not write to it.`),
  sequenceGap: (classId: string, given: number, expected: number) =>
    new StoreError('sequence-gap', `The next record of class ${classId} is number ${expected}, not ${given}.`, expected),
  duplicateInput: (classId: string, author: string, clientSeq: number) =>
    new StoreError('duplicate-input', `Input ${clientSeq} of ${author} in class ${classId} is stored already.`),
  classTaken: (classId: string) => new StoreError('class-taken', `There is a class ${classId} already.`),
  recordingTaken: (recordingId: string) =>
    new StoreError('recording-taken', `There is a recording ${recordingId} already, or one of the same cluster and round.`),
  unknownClass: (classId: string) => new StoreError('unknown-class', `There is no class ${classId}.`),
  unknownRecording: (recordingId: string) => new StoreError('unknown-recording', `There is no recording ${recordingId}.`),
  classClosed: (classId: string) => new StoreError('class-closed', `Class ${classId} is closed; nothing can be added to it.`),
  overloaded: () => new StoreError('overloaded', 'Too much is waiting for the disk; nothing of this was stored.'),
  storeClosed: () => new StoreError('store-closed', 'The store is closed.'),
  storageFailed: (what: string) => new StoreError('storage-failed', `The storage failed: ${what}`),
}

/** The first record that repeats an earlier one of the same list, or null. */
export function repeatedInput<T extends { author: string | null; clientSeq: number | null }>(records: readonly T[]): T | null {
  const seen = new Set<string>()
  for (const record of records) {
    if (record.author === null || record.clientSeq === null) continue
    const input = JSON.stringify([record.author, record.clientSeq])
    if (seen.has(input)) return record
    seen.add(input)
  }
  return null
}
