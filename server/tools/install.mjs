// Plain JavaScript for Node 20 without packages: this runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const top = resolve(fileURLToPath(new URL('../..', import.meta.url)))

const windows = process.platform === 'win32'

/** The pinned Node that comes with the packages; what runs the server, the tools and the tests. */
export const pinnedNode = windows
  ? join(top, 'node_modules', 'node', 'bin', 'node.exe')
  : join(top, 'node_modules', '.bin', 'node')

/**
 * Says what the package folder lacks against the lock file, or null when it is complete.
 *
 * npm writes its own list of what it installed as its very last step, so an interrupted install is seen here.
 * Optional packages are not compared: npm leaves out those of other platforms.
 */
function missingPackage() {
  const installedList = join(top, 'node_modules', '.package-lock.json')
  if (!existsSync(installedList) || !existsSync(pinnedNode)) return 'the packages'
  const wanted = JSON.parse(readFileSync(join(top, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(installedList, 'utf8')).packages
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.optional || entry.peer) continue
    if (installed[path]?.version !== entry.version) return `${path.replace(/^.*node_modules\//, '')} ${entry.version}`
  }
  return null
}

/** npm must not run on the Node that it is about to replace, so the package folder leaves the search path. */
function environmentForNpm() {
  const path = (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.endsWith(join('node_modules', '.bin')))
  return { ...process.env, PATH: path.join(delimiter) }
}

/** Installs the packages when any is missing; all of npm's words go to stderr. Exits the process when npm fails. */
export function ensureInstalled() {
  const missing = missingPackage()
  if (missing === null) return
  process.stderr.write(`Installing (missing: ${missing}) ...\n`)
  const npm = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: top, env: environmentForNpm(), stdio: ['ignore', 2, 2], shell: windows,
  })
  if (npm.status === 0) return
  process.stderr.write(`npm ci failed${npm.error ? ` (${npm.error.message})` : ''}; its words are above.\n`)
  process.exit(npm.status || 1)
}
