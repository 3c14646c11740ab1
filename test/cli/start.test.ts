import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importsOf } from '../tidy.ts'

const top = resolve(import.meta.dirname, '..', '..')

/** All files that Node reads before the first line of one runs. */
function readFirst(entry: string): string[] {
  const read = new Set<string>(), open = [join(top, entry)]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (read.has(path)) continue
    read.add(path)
    const atOnce = stripTypeScriptTypes(readFileSync(path, 'utf8')).replaceAll('import(', '')
    for (const imported of importsOf(atOnce)) if (imported.startsWith('.')) open.push(resolve(path, '..', imported))
  }
  return [...read].map((path) => relative(top, path).replaceAll('\\', '/'))
}

describe('a command reads what it needs, and starts the sooner', () => {
  test('netsplit reads no command before it knows which', () => {
    expect(readFirst('server/cli.ts').filter((path) => /^shared\/(consistency|scenarios)|cli\/(check|export|plan|replay|serve|sim)\.ts$/.test(path))).toEqual([])
  })
  test('netsplit check reads no mission and no simulation unless it is given a recording', () => {
    const read = readFirst('server/cli/check.ts')
    expect(read).toContain('shared/consistency/linearizable/search.ts')
    expect(read.filter((path) => /^shared\/(scenarios|faults|replay\.ts|sim\/simulation\.ts)/.test(path))).toEqual([])
  })
  test('what is read by a command that plays rounds is seen', () => expect(readFirst('server/cli/sim.ts')).toContain('shared/sim/simulation.ts'))
})
