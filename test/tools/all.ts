// What `npm test` runs once the packages are there: browsers, pages, type check, lint, all tests. The last line it prints is the count.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from '../../server/tools/build.mjs'
import { runOnPinnedNode } from '../../server/tools/child.mjs'
import { browsers, ensureBrowser } from './browsers.ts'
import { countTests } from './count.ts'
import type { Report } from './count.ts'

const modules = 'node_modules'
const chosen = process.argv.slice(2)

for (const browser of Object.values(browsers)) {
  const path = ensureBrowser(browser)
  if (path === null) console.log(`No ${browser.title} found and none could be installed: install it, or set ${browser.variable}.`)
  else process.env[browser.variable] = path
}
ensureBuilt()

/** Runs one of the checks and says how it ended; a failing one does not keep the others from running. */
async function check(name: string, args: string[]): Promise<boolean> {
  const beganMs = performance.now()
  const code = await runOnPinnedNode(args)
  console.log(`${name}: ${code === 0 ? 'ok' : `FAILED (exit ${code})`}, ${((performance.now() - beganMs) / 1000).toFixed(1)} s`)
  return code === 0
}

const typesOk = await check('type check', [join(modules, 'typescript', 'bin', 'tsc'), '--noEmit'])
const lintOk = await check('lint', [join(modules, 'oxlint', 'bin', 'oxlint'), '--type-aware', '--quiet'])

const folder = mkdtempSync(join(tmpdir(), 'netsplit-tests-'))
const reportFile = join(folder, 'report.json')
const testsOk = await check('tests', [
  join(modules, 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...chosen,
])
let report: Report | null = null
try {
  report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report
} catch {
  console.log('The tests ended without a report.')
}
rmSync(folder, { recursive: true, force: true })

const count = countTests(report ?? { testResults: [] })
for (const name of count.skippedNames) console.log(`skipped: ${name}`)
const skipsCount = process.env['CI'] === 'true' && count.skipped > count.outside
if (skipsCount) console.log('A test skipped for want of a program is a failure here, because CI=true.')
const ok = typesOk && lintOk && testsOk && report !== null && count.failed === 0 && !skipsCount
process.exitCode = ok ? 0 : 1
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
