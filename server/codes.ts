import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { CODE_ALPHABET, CODE_LENGTH } from '../shared/wire/messages.ts'

/** Class codes, secrets and tokens: from the operating system's generator, but for the two keys that the host's secret is known by. */

/** 144 bits: nobody guesses one. */
const SECRET_BYTES = 18
/** 144 bits too. */
const KEY_LENGTH = 24
const STUDENT_ID_BYTES = 6
const SEED_MAX = 2 ** 47

/** A class code, which students read from the wall: 31^6 of them, about 890 million. */
export function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('')
}

/** A class code as somebody typed it: capitals, without blanks. Null when it cannot be one. */
export function readCode(typed: string): string | null {
  const code = typed.length > CODE_LENGTH * 2 ? '' : typed.replace(/[\s-]/g, '').toUpperCase()
  return code.length === CODE_LENGTH && [...code].every((one) => CODE_ALPHABET.includes(one)) ? code : null
}

/** The instructor's secret, or the id of a recording: whoever has it may come in. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** The keys that the host hands on: the co-instructor's and the wall's. Who has one cannot find the secret, nor the other key. */
export function keysOf(secret: string): { co: string; wall: string } {
  const derived = (use: string): string => createHmac('sha256', secret).update(use).digest('base64url').slice(0, KEY_LENGTH)
  return { co: derived('netsplit co-instructor'), wall: derived('netsplit wall') }
}

/** A student's public id and the token that only their page has. The token begins with the id, so that one hash is compared. */
export function newSeatToken(): { id: string; token: string } {
  const id = randomBytes(STUDENT_ID_BYTES).toString('hex')
  return { id, token: `${id}.${newSecret()}` }
}

/** The id that a token claims to be of. */
export function idOf(token: string): string {
  return token.slice(0, STUDENT_ID_BYTES * 2)
}

export function newSeed(): number {
  return randomInt(SEED_MAX)
}

/** What is stored in place of a secret. A fast hash is enough: the secret is random and has 144 bits. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** Compares in constant time. */
export function fits(secret: string, hash: string): boolean {
  return timingSafeEqual(createHash('sha256').update(hashOf(secret)).digest(), createHash('sha256').update(hash).digest())
}
