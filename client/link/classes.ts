import { CODE_ALPHABET, CODE_LENGTH } from '../../shared/wire/messages.ts'
import type { ClassGlance, OpenedClass } from '../../shared/wire/messages.ts'
import { texts } from '../texts/common.ts'
import { inOwnWords } from '../texts/said.ts'

/** What the two pages that have no room yet ask of the server by HTTP. No SDK here: the join page must stay light. */
const answerMsMax = 10_000

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const textOf = (value: unknown, name: string): string | null => (isRecord(value) && typeof value[name] === 'string' ? value[name] : null)
const countOf = (value: unknown, name: string): number | null => (isRecord(value) && typeof value[name] === 'number' ? value[name] : null)

const phases: Record<ClassGlance['phase'], true> = { lobby: true, briefing: true, round: true, debrief: true, closed: true }
const isPhase = (text: string | null): text is ClassGlance['phase'] => text !== null && Object.hasOwn(phases, text)

/** Whether `text` can be a class code at all. */
export const isCode = (text: string): boolean => text.length === CODE_LENGTH && [...text].every(letter => CODE_ALPHABET.includes(letter))

/** Opens a class. Throws an error whose message is a sentence for the page. */
export async function openClass(title: string): Promise<OpenedClass> {
  const answer = await fetch('/api/classes', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ title }), signal: AbortSignal.timeout(answerMsMax),
  }).catch(() => { throw new Error(texts.link.noAnswerTry) })
  const body: unknown = await answer.json().catch(() => null)
  const code = textOf(body, 'code'), secret = textOf(body, 'secret')
  if (!answer.ok || code === null || secret === null) throw new Error(inOwnWords(textOf(body, 'error') ?? texts.link.notOpened))
  return { code, secret }
}

/** What the class with this code is, or null if there is none. Throws when the server does not answer. */
export async function glance(code: string): Promise<ClassGlance | null> {
  const answer = await fetch(`/api/classes/${encodeURIComponent(code)}`, { signal: AbortSignal.timeout(answerMsMax) })
  if (answer.status === 404) return null
  const body: unknown = await answer.json()
  const title = textOf(body, 'title'), here = countOf(body, 'here'), seats = countOf(body, 'seats'), phase = textOf(body, 'phase')
  if (!answer.ok || title === null || here === null || seats === null || !isPhase(phase)) throw new Error(inOwnWords(textOf(body, 'error') ?? texts.link.noAnswer))
  return { code, title, here, seats, phase }
}
