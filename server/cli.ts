import { runPlan } from './cli/plan.ts'
import { runReplay } from './cli/replay.ts'
import { runServe } from './cli/serve.ts'
import { runSim } from './cli/sim.ts'
import type { SwarmStatus } from './cli/swarm.ts'
import { UsageError } from './cli/usage.ts'

const help = `netsplit [command] [options]

  serve    serves the pages and the classes (the default)
  sim      plays a mission with bots, for one seed or many, and says what broke
  plan     checks a chaos plan and tells it as a timeline, or writes a random one
  replay   runs a recording again, verifies its digests and lists its breaches

netsplit COMMAND --help says more.
Exit status: 0 fine, 1 a claim broke or a digest differs, 2 bad arguments or an unreadable file, 130 stopped by Ctrl-C.`

/** What a command prints and its exit status; null when it goes on by itself. */
type Outcome = { lines: string[]; status: SwarmStatus } | null

const commands: { readonly [name: string]: (args: readonly string[]) => Outcome | Promise<Outcome> } = { serve: runServe, sim: runSim, plan: runPlan, replay: runReplay }

async function run(args: readonly string[]): Promise<Outcome> {
  const [name = 'serve', ...rest] = args
  if (name === 'help' || name === '--help' || name === '-h') return { lines: [help], status: 0 }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) throw new UsageError(`There is no command ${JSON.stringify(name)}; there is ${Object.keys(commands).join(', ')}.`)
  return command(rest)
}

// A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'EPIPE') throw error })
try {
  const outcome = await run(process.argv.slice(2))
  if (outcome !== null) {
    process.exitCode = outcome.status
    process.stdout.write(`${outcome.lines.join('\n')}\n`)
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`netsplit: ${error.message}\n`)
  process.exitCode = 2
}
