import { outcomeOf } from './cli/command.ts'
import { reasonOf } from './cli/files.ts'

/** The program `netsplit`: its streams and its exit status. */

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
    if (error.code === 'EPIPE') return
    process.exitCode = 2
    if (stream === process.stdout) process.stderr.write(`netsplit: Cannot write the output: ${reasonOf(error)}.\n`)
  })
}
const outcome = await outcomeOf(process.argv.slice(2))
if (outcome !== null) {
  process.exitCode = outcome.status
  if (outcome.err !== '') process.stderr.write(outcome.err)
  for (const part of outcome.out) {
    // A slow reader is waited for; of one that has gone, or a full disk, the handler above has told.
    const error = await new Promise<Error | null | undefined>((settle) => { process.stdout.write(part, settle) })
    if (error instanceof Error) break
  }
}
