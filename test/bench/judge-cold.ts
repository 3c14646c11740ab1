import { judgeAll } from './judge-whole.ts'
import { knownHistories } from './judge-alone.ts'
import { timed } from './table.ts'

/** Judges the one history that the command line names, before the engine has seen any, and prints in how many ms. */

const [name] = process.argv.slice(2)
const one = knownHistories().find((known) => known.name === name)
if (one === undefined) throw new Error(`no history is called ${name}`)
process.stdout.write(`${timed(() => judgeAll([one])).ms}\n`)
