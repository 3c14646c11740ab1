import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A piece of text in a file of `shared/consistency`, which stands there once, and what stands there instead. */
export interface Change { file: string; from: string; to: string }

const shared = resolve(import.meta.dirname, '..', '..', 'shared')

/**
 * Loads `file` of `shared/consistency` from a copy with changes, for a moment's use by `use`. Throws when what is to be changed is not there exactly once, so that
 * a test never goes on with a copy that is like the original.
 */
export async function withPlanted<M, T>(file: string, changes: readonly Change[], use: (module: M) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'netsplit-planted-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    for (const part of ['sim', 'consistency']) cpSync(join(shared, part), join(folder, part), { recursive: true })
    for (const change of changes) {
      const path = join(folder, 'consistency', change.file), parts = readFileSync(path, 'utf8').split(change.from)
      if (parts.length !== 2) throw new Error(`${change.file} has ${parts.length - 1} times: ${change.from}`)
      writeFileSync(path, parts.join(change.to))
    }
    return use((await import(/* @vite-ignore */ pathToFileURL(join(folder, 'consistency', file)).href)) as M)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
