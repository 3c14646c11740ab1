import { ensureBuilt } from '../../server/tools/build.mjs'
import { launch } from './page/browser.ts'
import { loading } from './page/loading.ts'
import { memory, playing } from './page/playing.ts'
import type { Memory } from './page/playing.ts'
import { stages } from './page/stage.ts'
import { otherSide, serve, SERVE, told } from './served.ts'
import { print } from './table.ts'

/**
 * What the pages cost: their weight, how soon one can type into the join page on a slow laptop, frames a second, and memory over a long round.
 * The server is a process of its own. `--memory 60` plays so many minutes at four times the usual pace: an hour takes a quarter of one.
 */

const LIMITS = { joinKb: 100, interactiveMs: 1_500, gameKb: 350, frames: 30, growthMb: 5 }
const USAGE = 'Usage: npm run bench -- page [--json] [--memory MINUTES]\n'

if (process.argv.includes(SERVE)) await serve()
else await measure(process.argv.slice(2))

function minutesAsked(args: readonly string[]): number | null {
  const at = args.indexOf('--memory')
  if (at < 0) return null
  const minutes = Number(args[at + 1])
  if (Number.isInteger(minutes) && minutes >= 20 && minutes <= 60 && minutes % 10 === 0) return minutes
  process.stderr.write(`${USAGE}MINUTES is 20, 30, 40, 50 or 60.\n`)
  process.exit(2)
}

async function measure(args: readonly string[]): Promise<void> {
  const minutes = minutesAsked(args)
  const rest = args.filter((arg, at) => arg !== '--json' && arg !== '--memory' && args[at - 1] !== '--memory')
  if (rest.length > 0) { process.stderr.write(USAGE); process.exit(2) }
  ensureBuilt()
  const child = otherSide(import.meta.url), browser = await launch()
  try {
    const url = `http://127.0.0.1:${await told<number>(child)}`
    const join = await loading(browser, url), alone = await stages(browser), played = await playing(browser, url)
    const kept = minutes === null ? null : await memory(browser, url, minutes)
    const row = (what: string, value: number, digits: number, limit: string, holds: boolean): string[] => [what, value.toFixed(digits), limit, holds ? 'holds' : 'FALLS SHORT']
    print(args.includes('--json'), { bench: 'page', limits: LIMITS, join, stages: alone, played, memory: kept }, ['', 'figure', 'limit', ''], [
      row('join page, KB over the wire', join.kb, 1, `${LIMITS.joinKb}`, join.kb <= LIMITS.joinKb),
      row('join page, ms until a letter shows (median)', join.interactiveMs, 0, `${LIMITS.interactiveMs}`, join.interactiveMs <= LIMITS.interactiveMs),
      row('  the slowest of 7', join.worstMs, 0, `${LIMITS.interactiveMs}`, join.worstMs <= LIMITS.interactiveMs),
      ['  first picture, ms', join.paintedMs.toFixed(0), '', ''],
      row('the game, KB more', played.gameKb, 1, `${LIMITS.gameKb}`, played.gameKb <= LIMITS.gameKb),
      ['empty page, frames a second', alone.empty.toFixed(1), 'reference', ''],
      ...alone.stages.filter((one) => one.renderer === 'canvas').map((one) => row(`stage ${one.viewport}, canvas, frames a second`, one.perSecond, 1, `${LIMITS.frames}`, one.perSecond >= LIMITS.frames)),
      ...alone.stages.filter((one) => one.renderer === 'webgl').map((one) => [`stage ${one.viewport}, WebGL without hardware`, one.perSecond.toFixed(1), 'not chosen', '']),
      row('student page in a round, frames a second', played.student.perSecond, 1, `${LIMITS.frames}`, played.student.perSecond >= LIMITS.frames),
      row(`cockpit of ${played.clusters} clusters, frames a second`, played.cockpit.perSecond, 1, `${LIMITS.frames}`, played.cockpit.perSecond >= LIMITS.frames),
      ...(kept === null ? [] : growthRows(kept)),
    ], ['', 'Join page: 4 times slower processor, 10 Mbit/s, 40 ms there and back, nothing cached. Stage: 7 nodes, 60 packets, 1366x768. No hardware draws here: WebGL is SwiftShader\'s, and pages choose Canvas then.',
      ...(kept === null ? [] : [`Heap in MB at the start, every ten minutes, and a minute before the last: student ${listed(kept.student)}; cockpit ${listed(kept.cockpit)}.`])])
  } finally {
    await browser.close()
    child.send('stop')
  }
}

function listed(values: readonly number[]): string {
  return values.map((value) => value.toFixed(1)).join(', ')
}

/** The first ten minutes fill caches; after them nothing may pile up but, in the cockpit, the facts of the round. */
function growthRows(kept: Memory): string[][] {
  const growth = (values: readonly number[]): number => (values.at(-1) ?? NaN) - (values[1] ?? NaN)
  return [
    ['student page, MB more from minute 10 on', growth(kept.student).toFixed(1), `${LIMITS.growthMb}`, growth(kept.student) <= LIMITS.growthMb ? 'holds' : 'FALLS SHORT'],
    ['cockpit, MB more from minute 10 on', growth(kept.cockpit).toFixed(1), 'facts', ''],
  ]
}
