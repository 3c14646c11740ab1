import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { RECORDING_CHARS_MAX } from '../../shared/replay.ts'
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

/** The text of a file, in UTF-8 or as Windows pipes it; a `UsageError` in one line when it cannot be read. */
export function readText(file: string): string {
  const path = fromWhereTheUserIs(file)
  try {
    const found = statSync(path)
    // A device may never come to an end.
    if (found.isCharacterDevice() || found.isBlockDevice()) throw new UsageError(`Cannot read ${file}: it is a device.`)
    if (found.size > RECORDING_CHARS_MAX) throw new UsageError(`${file} is too large: more than ${RECORDING_CHARS_MAX / 1_000_000} million bytes.`)
    const bytes = readFileSync(path)
    return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`Cannot read ${file}: ${reasonOf(error)}.`)
  }
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
