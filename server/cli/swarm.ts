import { SHRINK_RUNS_MAX } from '../../shared/shrink.ts'
import { Crew } from './crew.ts'
import { keepFirst } from './found.ts'
import { Interrupt, INTERRUPTED_STATUS } from './interrupt.ts'
import { playSeeds } from './play-seeds.ts'
import { Progress, TERMINAL_EVERY_MS } from './progress.ts'
import type { ProgressTarget } from './progress.ts'
import type { SimRequest } from './sim-request.ts'
import { allLines, swarmJson, swarmLines } from './swarm-report.ts'
import type { Swarmed } from './swarm-report.ts'

/** Rounds that shrinking may play once somebody waits for the end: a second or two. */
const SHRINK_RUNS_AFTER_STOP = 60

export type SwarmStatus = 0 | 1 | typeof INTERRUPTED_STATUS

/** Many seeds on many threads: how often each claim broke, how the figures spread, and the first failure, shrunk and written. */
export async function swarm(request: SimRequest): Promise<{ lines: string[]; status: SwarmStatus }> {
  const crew = new Crew(request.jobs)
  const interrupt = new Interrupt(() => {
    crew.interrupt()
    if (!request.quiet) process.stderr.write(`${process.stderr.isTTY ? '\n' : ''}Stopping: the seeds under way are finished first. Ctrl-C again ends at once.\n`)
  })
  try {
    const swarmed: Swarmed[] = []
    for (const rules of request.rules) {
      if (!interrupt.happened) swarmed.push(await swarmOf(crew, request, rules, interrupt))
    }
    const [only] = swarmed
    const lines = request.json || only === undefined ? [swarmJson(request, swarmed)] : request.rules.length > 1 ? allLines(request, swarmed) : swarmLines(request, only)
    return { lines, status: interrupt.happened ? INTERRUPTED_STATUS : swarmed.every((one) => isAsItShould(request, one)) ? 0 : 1 }
  } finally {
    interrupt.close()
    await crew.close()
  }
}

async function swarmOf(crew: Crew, request: SimRequest, rules: string, interrupt: Interrupt): Promise<Swarmed> {
  const { scenario, plan, seeds } = request
  const progress = new Progress(request.json || request.quiet ? null : stderr(request.progressMs), seeds, () => performance.now())
  const beganMs = performance.now()
  const totals = await playSeeds(crew, scenario, { ...plan, rules }, seeds, { stopped: () => interrupt.happened, progress: (now) => progress.show(now) })
  const elapsedMs = performance.now() - beganMs
  progress.clear()
  const found = await keepFirst(crew, request, totals, interrupt.happened ? SHRINK_RUNS_AFTER_STOP : SHRINK_RUNS_MAX)
  return { totals, found, elapsedMs }
}

function stderr(everyMs: number): ProgressTarget {
  const { isTTY, columns } = process.stderr
  return { isTerminal: isTTY, width: columns ?? 80, everyMs: isTTY ? TERMINAL_EVERY_MS : everyMs, write: (text) => { process.stderr.write(text) } }
}

/** Nothing failed; or, when all rules are played, a misconception did what it is known for. */
function isAsItShould({ rules }: SimRequest, { totals }: Swarmed): boolean {
  if (totals.errors.length > 0) return false
  return rules.length > 1 && totals.rules !== 'good' ? totals.found !== null : totals.first === null
}
