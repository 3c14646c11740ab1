import { runPlan } from './plan.ts'
import { runReplay } from './replay.ts'
import { runServe } from './serve.ts'
import { runSim } from './sim.ts'
import type { SwarmStatus } from './swarm.ts'
import { UsageError } from './usage.ts'

const help = `netsplit [command] [options]

  serve    serves the pages and the classes (the default)
  sim      plays a mission with bots, for one seed or many, and says what broke
  plan     checks a chaos plan and tells it as a timeline, or writes a random one
  replay   runs a recording again, verifies its digests and lists its breaches

netsplit COMMAND --help says more.
Exit status: 0 fine, 1 something broke or a digest differs, 2 bad arguments or a file that cannot be read or written, 130 stopped by Ctrl-C.`

type Lines = { lines: string[]; status: SwarmStatus } | null
const commands: { readonly [name: string]: (args: readonly string[]) => Lines | Promise<Lines> } = { serve: runServe, sim: runSim, plan: runPlan, replay: runReplay }

/** What goes to stdout and to stderr, and the exit status. */
export interface Outcome { out: string; err: string; status: SwarmStatus | 2 }

async function run(args: readonly string[]): Promise<Lines> {
  const [name = 'serve', ...rest] = args
  if (name === 'help' || name === '--help' || name === '-h') return { lines: [help], status: 0 }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) throw new UsageError(`There is no command ${JSON.stringify(name)}; there is ${Object.keys(commands).join(', ')}.`)
  return command(rest)
}

/** Runs a command line; null when it goes on by itself, as `serve` does. A file from elsewhere cannot move a terminal's cursor. */
export async function outcomeOf(args: readonly string[]): Promise<Outcome | null> {
  try {
    const ran = await run(args)
    return ran === null ? null : { out: `${ran.lines.join('\n').replace(/[^\P{Cc}\n]/gu, '?')}\n`, err: '', status: ran.status }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { out: '', err: `netsplit: ${error.message}\n`, status: 2 }
  }
}
