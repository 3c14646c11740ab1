// What `npm start`, `npm test` and the others call: install what is missing, build what is stale, then run the real program on the pinned Node.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { runOnPinnedNode, serverFlags } from './child.mjs'
import { ensureInstalled, top } from './install.mjs'

const benchEnd = '.bench.ts'

async function bench(name, ...rest) {
  const folder = join(top, 'test', 'bench')
  const names = existsSync(folder)
    ? readdirSync(folder).filter(file => file.endsWith(benchEnd)).map(file => file.slice(0, -benchEnd.length)).sort()
    : []
  if (name === undefined || !names.includes(name)) {
    process.stderr.write(`Usage: npm run bench -- NAME [--json]\nNames: ${names.join(', ') || 'none yet'}\n`)
    return 2
  }
  return runOnPinnedNode([join('test', 'bench', name + benchEnd), ...rest])
}

const verbs = {
  start: (...args) => (ensureBuilt(), runOnPinnedNode([...serverFlags, join('server', 'main.ts'), ...args])),
  build: () => (ensureBuilt(), 0),
  dev: (...args) => runOnPinnedNode([join('server', 'tools', 'dev.mjs'), ...args]),
  netsplit: (...args) => {
    const serves = args[0] === undefined || args[0] === 'serve'
    if (serves) ensureBuilt()
    return runOnPinnedNode([...(serves ? serverFlags : []), join('server', 'cli.ts'), ...args])
  },
  test: (...args) => runOnPinnedNode([join('test', 'tools', 'all.ts'), ...args]),
  soak: (...args) => runOnPinnedNode([join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', 'vitest.config.ts', '--mode', 'soak', ...args]),
  shots: (...args) => runOnPinnedNode([join('test', 'shots', 'shots.ts'), ...args]),
  bench,
}

const [verb = '', ...args] = process.argv.slice(2)
if (!Object.hasOwn(verbs, verb)) {
  process.stderr.write(`Usage: node server/tools/run.mjs ${Object.keys(verbs).join('|')}\n`)
  process.exit(2)
}
ensureInstalled()
process.exitCode = await verbs[verb](...args)
