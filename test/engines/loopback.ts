import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { answer } from './answer.ts'
import type { Answer, Given } from './answer.ts'
import type { Bundle } from './bundle.ts'

/** The way to a browser that nothing else can drive: it fetches the program and the work from us, and posts its answer. */

/** A browser that was told to show a page. */
export interface Opened {
  /** Settles with the reason when the browser ends by itself; never rejects. */
  ended: Promise<string>
  close(): Promise<void>
}
export type Open = (url: string) => Promise<Opened>

/** What a browser needs at most, in ms, on a machine that does other things too. */
const ANSWER_MS_MAX = 90_000

function serve(bundle: Bundle, work: string, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '/'
  if (path === '/') {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(`<!doctype html><title>Engines</title><script type="module" src="/${bundle.page}"></script>`)
    return
  }
  if (path === '/work') {
    response.setHeader('content-type', 'application/json').end(work)
    return
  }
  const file = join(bundle.folder, basename(path))
  if (path.endsWith('.mjs') && existsSync(file)) response.setHeader('content-type', 'text/javascript; charset=utf-8').end(readFileSync(file))
  else response.writeHead(404).end()
}

/** Has a browser run the bundle and hands back its answer. Throws when the browser ends, fails, or says nothing for `answerMsMax`. */
export async function askBrowser(bundle: Bundle, work: readonly Given[], open: Open, answerMsMax = ANSWER_MS_MAX): Promise<Answer> {
  const workText = JSON.stringify(work)
  const server = createServer()
  const answered = new Promise<Answer>((settle, fail) => {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (request.method !== 'POST') return serve(bundle, workText, request, response)
      text(request).then((body) => {
        response.writeHead(204).end()
        if (request.url === '/answer') settle(answer.parse(JSON.parse(body)))
        else fail(new Error(`the page failed: ${body}`))
      }).catch((error: unknown) => { fail(error) })
    })
  })
  // Whoever gives up first decides; what comes later is nobody's error.
  answered.catch(() => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server of the page has no port')
  const over = new AbortController()
  let opened: Opened | null = null
  try {
    opened = await open(`http://127.0.0.1:${address.port}/`)
    const ended = opened.ended.then((why) => { throw new Error(`the browser ended before it answered: ${why}`) })
    const late = delay(answerMsMax, null, { signal: over.signal }).then(() => { throw new Error(`no answer within ${answerMsMax / 1_000} s`) })
    return await Promise.race([answered, ended, late])
  } finally {
    over.abort()
    await opened?.close()
    server.closeAllConnections()
    server.close()
  }
}
