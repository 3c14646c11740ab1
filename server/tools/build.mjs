import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pinnedNode, top } from './install.mjs'

const sources = ['client', 'shared', 'package-lock.json', 'tsconfig.json', 'vite.config.ts']
const stamp = join(top, 'dist', '.stamp')

/** A hash of all that the pages are made of: contents and not times, so that a fresh checkout of the same commit is not stale. */
function sourceHash() {
  const hash = createHash('sha256')
  for (const source of sources) {
    const files = source.includes('.') ? [source] : filesBelow(source)
    for (const file of files) hash.update(file).update('\0').update(readFileSync(join(top, file))).update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(folder) {
  if (!existsSync(join(top, folder))) return []
  return readdirSync(join(top, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(top.length + 1))
    .sort()
}

/** Builds the pages into dist/ when their sources changed since the last build; words go to stderr. Exits the process when the build fails. */
export function ensureBuilt() {
  const hash = sourceHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  process.stderr.write('Building the pages ...\n')
  const vite = spawnSync(pinnedNode, [join(top, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], {
    // Whoever asks may run tests or develop; the pages are for the server all the same.
    cwd: top, stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production' },
  })
  if (vite.status !== 0) {
    process.stderr.write('The pages could not be built; the reason is above.\n')
    process.exit(vite.status || 1)
  }
  mkdirSync(join(top, 'dist'), { recursive: true })
  writeFileSync(stamp, hash)
}
