import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { RECORDING_CHARS_MAX } from '../../shared/recording.ts'
import { UsageError } from './usage.ts'

/** npm changes to the top folder; a file is named from where the user stands. */
export const fromWhereTheUserIs = (file: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), file)

/** Why a file could not be opened, read or written, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const words: { readonly [code: string]: string } = {
    ENOENT: 'there is no such file or folder', EACCES: 'it may not be opened', EPERM: 'it may not be opened', EISDIR: 'it is a folder', ENOTDIR: 'a part of its path is no folder', ENOSPC: 'the disk is full', EROFS: 'the disk is read-only',
    ENAMETOOLONG: 'its name is too long', ELOOP: 'its links lead round in a circle', EMFILE: 'too many files are open', EIO: 'the disk does not answer',
  }
  return words[code] ?? (error instanceof Error ? error.message : 'unknown reason')
}

const tooLarge = `it is too large: more than ${RECORDING_CHARS_MAX / 1_000_000} million bytes`
const textOf = (bytes: Uint8Array): string => new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes)

/** A text, or why it could not be read, in words. */
export type Read = { ok: true; text: string } | { ok: false; why: string }

/** The text of a file, in UTF-8 or as Windows pipes it. */
function read(file: string): Read {
  const path = fromWhereTheUserIs(file)
  try {
    const found = statSync(path)
    // A device may never come to an end.
    if (found.isCharacterDevice() || found.isBlockDevice()) return { ok: false, why: 'it is a device' }
    if (found.size > RECORDING_CHARS_MAX) return { ok: false, why: tooLarge }
    return { ok: true, text: textOf(readFileSync(path)) }
  } catch (error) {
    return { ok: false, why: reasonOf(error) }
  }
}

/** The text of a file, or of stdin for `-`, in UTF-8 or as Windows pipes it. */
export async function readInput(file: string): Promise<Read> {
  if (file !== '-') return read(file)
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of process.stdin as AsyncIterable<Uint8Array>) {
      size += part.length
      if (size > RECORDING_CHARS_MAX) return { ok: false, why: tooLarge }
      parts.push(part)
    }
  } catch (error) {
    return { ok: false, why: reasonOf(error) }
  }
  return { ok: true, text: textOf(Buffer.concat(parts)) }
}

/** The text of a file; a `UsageError` in one line when it cannot be read. */
export function readText(file: string): string {
  const found = read(file)
  if (!found.ok) throw new UsageError(`Cannot read ${file}: ${found.why}.`)
  return found.text
}

/** Writes a file anew; a `UsageError` in one line when it cannot be written. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(fromWhereTheUserIs(file), text)
  } catch (error) {
    throw new UsageError(`Cannot write ${file}: ${reasonOf(error)}.`)
  }
}

/** The same part by part, for files too long to be one text. */
export function writeParts(file: string, parts: Iterable<string>): void {
  try {
    const to = openSync(fromWhereTheUserIs(file), 'w')
    try {
      for (const part of parts) writeWhole(to, Buffer.from(part))
    } finally {
      closeSync(to)
    }
  } catch (error) {
    throw new UsageError(`Cannot write ${file}: ${reasonOf(error)}.`)
  }
}

/** A pipe may take less than it is given. */
function writeWhole(to: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(to, bytes, written)
}
