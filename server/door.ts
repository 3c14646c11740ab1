import { randomInt } from 'node:crypto'
import { cleanName, proposeName } from '../shared/names.ts'
import { freeSeat } from '../shared/session.ts'
import type { ClassRecord } from '../shared/session.ts'
import { REFUSED, STUDENTS_MAX } from '../shared/wire/messages.ts'
import type { JoinOptions } from '../shared/wire/messages.ts'
import { fits, idOf } from './codes.ts'

/** Who a page belongs to, once it has joined. */
/** `device` names one of an instructor's pages; '' for one that has no name. A co-instructor may do all but end the class. */
export type Who = { role: 'host'; device: string; rank: 'host' | 'co' } | { role: 'student'; id: string }
export type Admission = { ok: true; who: Who | { role: 'newcomer'; name: string } } | { ok: false; code: number; reason: string }

/** A join that is refused: `code` is one of `REFUSED`, the message a sentence for the page. */
export class JoinRefused extends Error {
  override name = 'JoinRefused'
  readonly code: number
  constructor(code: number, reason: string) {
    super(reason)
    this.code = code
  }
}

const no = (code: number, reason: string): Admission => ({ ok: false, code, reason })

/** Whether somebody may come into this class, and as whom. Changes nothing. */
export function admits(record: ClassRecord, hostSecretHash: string, options: JoinOptions): Admission {
  if (record.phase === 'closed') return no(REFUSED.ended, 'This class has ended.')
  if (options.role === 'host') {
    const { secret, device = '' } = options
    if (fits(secret, hostSecretHash)) return { ok: true, who: { role: 'host', device, rank: 'host' } }
    return record.keys !== undefined && fits(secret, record.keys.coHash) ? { ok: true, who: { role: 'host', device, rank: 'co' } } : no(REFUSED.badSecret, 'This is not the instructor\'s key of this class.')
  }
  if (options.token !== undefined) {
    const { token } = options
    const student = record.students.find((one) => one.id === idOf(token))
    return student !== undefined && fits(token, student.tokenHash) ? { ok: true, who: { role: 'student', id: student.id } }
      : no(REFUSED.badToken, 'Your seat is not known here any more. Join again with your name.')
  }
  const name = cleanName(options.name.trim() === '' ? proposeName(randomInt(2 ** 32)) : options.name)
  if (!name.ok) return no(REFUSED.malformed, name.reason)
  const noSeat = record.clusters.length > 0 && record.phase !== 'debrief' && freeSeat(record) === null
  if (record.students.length >= STUDENTS_MAX || noSeat) return no(REFUSED.full, 'This class is full: every seat has its student. Ask your instructor.')
  return { ok: true, who: { role: 'newcomer', name: name.name } }
}
