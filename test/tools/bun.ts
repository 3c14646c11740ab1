import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The path of Bun, by which the tests reach JavaScriptCore; null when this platform has none. Its package only fetches the program
 * of the platform. An npm that runs install scripts moves that program into the package; ours does not let it run one.
 */
export function findBun(): string | null {
  const modules = join(import.meta.dirname, '..', '..', 'node_modules')
  const platforms = join(modules, '@oven')
  const folders = existsSync(platforms) ? readdirSync(platforms).map(platform => join(platforms, platform)) : []
  const places = [...folders, join(modules, 'bun')].flatMap(folder => [join(folder, 'bin', 'bun'), join(folder, 'bin', 'bun.exe')])
  return places.find(place => existsSync(place) && spawnSync(place, ['--version'], { stdio: 'ignore' }).status === 0) ?? null
}
