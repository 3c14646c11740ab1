import type { SwarmStatus } from './swarm.ts'
import { UsageError } from './usage.ts'

const help = `netsplit [command] [options]

  serve    serves the pages and the classes (the default)
  sim      plays a mission with bots, for one seed or many, and says what broke
  plan     checks a chaos plan and tells it as a timeline, or writes a random one
  replay   runs a recording again, verifies its digests and lists its breaches
  check    judges histories of operations, and shows the smallest part that is wrong
  lab      runs the heartbeat experiment: wrong suspicions against late ones
  export   writes a recording in a form that other tools read: Jepsen, ShiViz, JSON, CSV

netsplit COMMAND --help says more.
Exit status: 0 fine, 1 something broke, a digest differs or a recording is damaged, 2 bad arguments or a file that cannot be read or written,
3 a verdict is unknown, 130 stopped by Ctrl-C.`

type Status = SwarmStatus | 2 | 3

/** Lines for a reader, or parts of a file, which hold no control characters but the ends of lines. `notes` go to stderr. */
type Said = ({ lines: string[] } | { parts: Iterable<string> }) & { notes?: string[]; status: Status }
/** Each is read when it is asked for: to judge a history takes no missions, and a program of 240 files takes half a second to start. */
const commands: { readonly [name: string]: (args: readonly string[]) => Promise<Said | null> } = {
  serve: async (args) => (await import('./serve.ts')).runServe(args),
  sim: async (args) => (await import('./sim.ts')).runSim(args),
  plan: async (args) => (await import('./plan.ts')).runPlan(args),
  replay: async (args) => (await import('./replay.ts')).runReplay(args),
  check: async (args) => (await import('./check.ts')).runCheck(args),
  lab: async (args) => (await import('./lab.ts')).runLab(args),
  export: async (args) => (await import('./export.ts')).runExport(args),
}

/** What goes to stdout, in parts that may be made as they are written, and to stderr, and the exit status. */
export interface Outcome { out: Iterable<string>; err: string; status: Status }

async function run(args: readonly string[]): Promise<Said | null> {
  const [name = 'serve', ...rest] = args
  if (name === 'help' || name === '--help' || name === '-h') return { lines: [help], status: 0 }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) throw new UsageError(`There is no command ${JSON.stringify(name)}; there is ${Object.keys(commands).join(', ')}.`)
  return command(rest)
}

/** A file from elsewhere cannot move a terminal's cursor, or turn the direction of what follows. */
const plain = (text: string): string => text.replace(/[^\P{Cc}\n]|[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu, '?')

/** Runs a command line; null when it goes on by itself, as `serve` does. */
export async function outcomeOf(args: readonly string[]): Promise<Outcome | null> {
  try {
    const ran = await run(args)
    if (ran === null) return null
    const err = (ran.notes ?? []).map((note) => `netsplit: ${plain(note)}\n`).join('')
    return { out: 'parts' in ran ? ran.parts : ran.lines.map((line) => `${plain(line)}\n`), err, status: ran.status }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { out: [], err: `netsplit: ${error.message}\n`, status: 2 }
  }
}
