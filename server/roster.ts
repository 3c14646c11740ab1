import { moveStudent, removeStudent, seatOf } from '../shared/session.ts'
import type { Commanded } from '../shared/session.ts'
import { change } from './change.ts'
import type { ClassSession } from './class-session.ts'

/** What the instructor does with students: each resolves to null when it is done, else to a sentence that says why nothing was changed. */

interface Place { cluster: number; seat: number }

/** Takes a student off the list; in a round a bot plays on. */
export async function remove(session: ClassSession, by: Commanded, student: string): Promise<string | null> {
  const at = seatOf(session.record, student)
  const refusal = await change(session, by, (record) => removeStudent(record, student))
  if (refusal !== null) return refusal
  session.dismiss(student)
  session.botPlays.delete(student)
  const { round } = session
  if (at !== null && round !== null && session.record.phase === 'round') {
    round.leaveSeat(at.cluster, at.seat)
    await giveTo(session, at)
  }
  return null
}

/** Seats a student elsewhere; whoever sits there takes their seat. In a round each page is told its new node at once, and nothing of the old one any more. */
export async function move(session: ClassSession, by: Commanded, student: string, to: Place): Promise<string | null> {
  const from = seatOf(session.record, student)
  const refusal = await change(session, by, (record) => moveStudent(record, student, to), () => {
    // In the very turn in which the record changes: a step of the new node must not come before its snapshot.
    for (const at of from === null ? [to] : [from, to]) {
      session.round?.leaveSeat(at.cluster, at.seat)
      const who = session.record.clusters[at.cluster]?.seats[at.seat] ?? null
      if (who !== null) session.showStudent(who)
    }
  })
  if (refusal !== null || session.record.phase !== 'round') return refusal
  for (const at of from === null ? [to] : [from, to]) await giveTo(session, at)
  return null
}

/** Lets a bot play for a student who is here, or gives the seat back. */
export async function letBot(session: ClassSession, by: Commanded, student: string, on: boolean): Promise<string | null> {
  const at = seatOf(session.record, student)
  if (at === null || session.round === null || session.record.phase !== 'round') return 'No round is being played in which that student has a seat.'
  // Nothing of the record changes, but the command counts as done.
  const refusal = await change(session, by, (record) => ({ ok: true, record }))
  if (refusal !== null) return refusal
  if (on) session.botPlays.add(student)
  else session.botPlays.delete(student)
  await giveTo(session, at)
  session.attendance.students.get(student)?.send('notice', {
    text: on ? 'A bot plays your node for now. You can watch.' : 'Your node is yours again.', kind: 'info', from: 'instructor',
  })
  return null
}

/** Puts a seat into the hands of whom it belongs to now. */
async function giveTo(session: ClassSession, { cluster, seat }: Place): Promise<void> {
  const { round } = session
  const who = session.record.clusters[cluster]?.seats[seat] ?? null
  const to = who !== null && session.here.has(who) && !session.botPlays.has(who) ? 'student' : 'bot'
  if (round !== null && round.playedBy(cluster, seat) !== to) await round.hand(cluster, seat, to)
}

/** The instructor's words on a student's screen, or on all. */
export function message(session: ClassSession, student: string | null, text: string): string | null {
  const notice = { text, kind: 'info', from: 'instructor' } as const
  if (student === null) {
    if (session.here.size === 0) return 'No student is here who could read it.'
    session.attendance.tellStudents(notice)
    return null
  }
  const page = session.attendance.students.get(student)
  if (page === undefined) return 'That student is not here now.'
  page.send('notice', notice)
  return null
}
