import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'

/** Bad arguments, or a file that cannot be read or written: one line on stderr, exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError'

  constructor(message: string) {
    // Names of files and options may hold anything.
    super(message.replace(/\p{Cc}+/gu, '?'))
  }
}

type Options = NonNullable<ParseArgsConfig['options']>

/** `parseArgs`, whose complaints become one plain line. Throws `UsageError`. */
export function parse<const O extends Options>(args: readonly string[], options: O, positionals: number): ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>> {
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>>
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(complaint(error instanceof Error ? error.message : 'These arguments cannot be read'))
  }
  if (parsed.positionals.length > positionals) throw new UsageError(`What is ${JSON.stringify(parsed.positionals[positionals])}? ${positionals === 0 ? 'No file is expected.' : 'One file is expected.'}`)
  return parsed
}

/** The first sentence of what `parseArgs` says, but in whole where an option lacks its value, or has one that looks like an option. */
function complaint(message: string): string {
  const [, option] = /^Option '(?:-\w, )?--([\w-]+).*argument (?:missing|is ambiguous)/.exec(message) ?? []
  return option === undefined ? (message.split(/\.\s/)[0] ?? message).replace(/\.?$/, '.') : `--${option} needs a value; one that begins with a dash is written --${option}=-1, with an equals sign.`
}

/** A whole number from `least` to `most`; `text` as it was typed. Throws `UsageError` when it is none. */
export function whole(option: string, text: string, least: number, most: number): number {
  const value = /^[0-9]+$/.test(text) ? Number(text) : NaN
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value
  throw new UsageError(`--${option} must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}.`)
}

/** One of a few names. Throws `UsageError` when it is none of them. */
export function oneOf<T extends string>(option: string, text: string, names: readonly T[]): T {
  const found = names.find((name) => name === text)
  if (found === undefined) throw new UsageError(`--${option} must be one of ${names.join(', ')}; not ${JSON.stringify(text)}.`)
  return found
}
