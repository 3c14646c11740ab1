import { fromWhereTheUserIs } from './files.ts'
import { parse, whole } from './usage.ts'

export const serveHelp = `netsplit serve [options]

Serves everything on one port, as npm start does, and prints the addresses to open.

  --port N        the port (PORT, or 2567)
  --host NAME     the address to listen on (HOST, or 0.0.0.0: all of them)
  --data FOLDER   where classes and recordings are kept (NETSPLIT_DATA, or ./data)

Exit status: 0 stopped by a signal, 2 bad arguments, a port in use or a folder that cannot be used.`

/** Runs `serve` until a signal stops it. Options win over the environment. */
export async function runServe(args: readonly string[]): Promise<{ lines: string[]; status: 0 } | null> {
  const { values } = parse(args, { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean', short: 'h' } }, 0)
  if (values.help === true) return { lines: [serveHelp], status: 0 }
  if (values.port !== undefined) process.env['PORT'] = String(whole('port', values.port, 0, 65_535))
  if (values.host !== undefined) process.env['HOST'] = values.host
  if (values.data !== undefined) process.env['NETSPLIT_DATA'] = fromWhereTheUserIs(values.data)
  // The program itself: it reads its settings, serves, and ends the process.
  await import('../main.ts')
  return null
}
