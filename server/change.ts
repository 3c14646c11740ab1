import { applied, appliedMark } from '../shared/session.ts'
import type { Change, ClassRecord, Commanded } from '../shared/session.ts'
import type { ClassSession } from './class-session.ts'

type Reckon = (record: ClassRecord) => Change
type Also = (record: ClassRecord) => Promise<void> | void

/** Changes a class's record as an instructor asked; null when it is on disk, else a sentence that says why nothing was changed. */
export async function change(session: ClassSession, by: Commanded, reckon: Reckon, also?: Also): Promise<string | null> {
  const refusal = await changeUnseen(session, by, reckon, also)
  session.events.changed()
  return refusal
}

/** A change that the lobby does not show. */
export async function changeUnseen(session: ClassSession, by: Commanded, reckon: Reckon, also?: Also): Promise<string | null> {
  const kept = await session.keeper.change((record) => {
    // The same command may have come twice before the first one was through.
    if (record.applied.includes(appliedMark(by))) return { ok: true, record }
    const changed = reckon(record)
    return changed.ok ? { ok: true, record: applied(changed.record, by) } : changed
  }, also)
  return kept.ok ? null : kept.reason
}
