import { runReplay } from './cli/replay.ts'
import { runSim } from './cli/sim.ts'
import { UsageError } from './cli/usage.ts'

const help = `netsplit <command> [options]

  sim      plays a mission with bots, for one seed or many, and says what broke
  replay   runs a recording again, verifies its digests and lists its breaches

netsplit <command> --help says more.
Exit status: 0 fine, 1 a claim broke or a digest differs, 2 bad arguments or an unreadable file.`

const commands: { readonly [name: string]: (args: readonly string[]) => { lines: string[]; status: 0 | 1 } } = { sim: runSim, replay: runReplay }

/** A reader that has seen enough, such as \`head\`, closes the pipe: that is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

function main(args: readonly string[]): number {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(`${help}\n`)
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) throw new UsageError(`There is no command ${JSON.stringify(name)}; there is ${Object.keys(commands).join(', ')}.`)
  const { lines, status } = command(rest)
  process.stdout.write(`${lines.join('\n')}\n`)
  return status
}

process.stdout.on('error', ignoreClosedPipe)
try {
  process.exitCode = main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`netsplit: ${error.message}\n`)
  process.exitCode = 2
}
