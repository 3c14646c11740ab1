import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Json } from '../../shared/sim/json.ts'

/** Where histories with known verdicts lie, outside this project: `NETSPLIT_HISTORIES`, or beside it. They are read in place, and never copied. */
export const outsideFolder = (): string => resolve(process.env['NETSPLIT_HISTORIES'] ?? resolve(import.meta.dirname, '..', '..', '..', 'shared', 'histories'))

/** One history file as it stands there. */
export interface OutsideFile {
  /** From the folder, e.g. `porcupine/etcd_000.json`. */
  name: string
  path: string
  text: string
  expected: { linearizable?: boolean }
  model: { type: string; init: Json }
}

/** All files with a verdict on linearizability, by name. Empty when the folder is absent: skip with `needs('histories')` first. */
export function outsideHistories(): OutsideFile[] {
  const folder = outsideFolder()
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path): OutsideFile => {
      const text = readFileSync(path, 'utf8')
      const { expected, model } = JSON.parse(text) as Pick<OutsideFile, 'expected' | 'model'>
      return { name: relative(folder, path), path, text, expected, model }
    })
    .filter(({ expected }) => expected.linearizable !== undefined)
}
