import { createServer, get } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../server/app.ts'
import { Classes } from '../../server/classes.ts'
import { memoryStore } from '../../server/store/memory.ts'

const script = 'export const words = "lorem ipsum"\n'.repeat(100)

describe('assets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netsplit-assets-'))
  const servers: Server[] = []

  async function serve(dist: string): Promise<number> {
    const store = memoryStore()
    const http = createServer(app(new Classes(store, { now: () => 0, dropMs: 0 }), store, dist, '127.0.0.1'))
    servers.push(http)
    await new Promise<void>((listening) => { http.listen(0, '127.0.0.1', listening) })
    const address = http.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  /** Asks without any client that unpacks by itself. */
  async function ask(port: number, path: string, accepts: string): Promise<{ answer: IncomingMessage; body: Buffer }> {
    return new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, headers: { 'Accept-Encoding': accepts } }, (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => { parts.push(part) })
        answer.on('end', () => { resolve({ answer, body: Buffer.concat(parts) }) })
      }).on('error', reject)
    })
  }

  let port = 0
  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'assets', 'page-abc.js'), script)
    writeFileSync(join(folder, 'assets', 'page-abc.js.gz'), gzipSync(script))
    port = await serve(folder)
  })
  afterAll(() => {
    for (const one of servers) one.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('who takes gzip gets it, and the right type, for a year, with our headers', async () => {
    const { answer, body } = await ask(port, '/assets/page-abc.js', 'gzip, deflate')
    expect(answer.headers['content-encoding']).toBe('gzip')
    expect(answer.headers['content-type']).toContain('javascript')
    expect(answer.headers['cache-control']).toContain('immutable')
    expect(answer.headers['vary']).toContain('Accept-Encoding')
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'")
    expect(gunzipSync(body).toString()).toBe(script)
    expect(body.length).toBeLessThan(script.length / 10)
  })

  test('who does not gets the text', async () => {
    const { answer, body } = await ask(port, '/assets/page-abc.js', 'identity')
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(body.toString()).toBe(script)
  })

  test.each(['/assets/none.js', '/assets/..%2f..%2fpackage.json', '/assets/%2e%2e/index.html'])('there is nothing at %s', async (path) => {
    expect((await ask(port, path, 'gzip')).answer.statusCode).toBe(404)
  })

  test('a server without built pages starts all the same', async () => {
    expect((await ask(await serve(join(folder, 'none')), '/assets/page-abc.js', 'gzip')).answer.statusCode).toBe(404)
  })
})
