import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openAt, serve, until } from './classroom.ts'
import type { Served } from './classroom.ts'

/** How often a line is asked whether it still stands, in ms, and how long one that never answers may last. */
const PING_MS = 3_000, BROKEN_AFTER_MS = 9_500
const LINES = 12

let served: Served
beforeAll(async () => { served = await serve() })
afterAll(() => served.stop())

/** A student's line, bare: when it was pinged and whether it was closed. */
async function lineTo(code: string, name: string, autoPong: boolean) {
  const answer = await fetch(`${served.url}/matchmake/joinById/${code}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ role: 'student', name }),
  })
  const { processId, roomId, sessionId } = await answer.json() as { processId: string; roomId: string; sessionId: string }
  const socket = new WebSocket(`${served.url.replace('http', 'ws')}/${processId}/${roomId}?sessionId=${sessionId}`, { autoPong })
  const line = { socket, pingsMs: [] as number[], closedMs: null as number | null }
  socket.on('ping', () => { line.pingsMs.push(performance.now()) })
  socket.on('close', () => { line.closedMs = performance.now() })
  await new Promise<void>((resolve, reject) => { socket.once('open', () => resolve()); socket.once('error', reject) })
  return line
}

test('lines are pinged each at its own moment; one that never answers is ended, and those that do are left alone', async () => {
  const { code } = await openAt(served.url)
  const deaf = await lineTo(code, 'Deaf', false)
  const lines = await Promise.all(Array.from({ length: LINES }, (_, n) => lineTo(code, `Student ${n}`, true)))
  const beganMs = performance.now()
  await until('the end of the line that never answers', () => deaf.closedMs, BROKEN_AFTER_MS + 3_000)
  expect((deaf.closedMs ?? Infinity) - beganMs).toBeLessThan(BROKEN_AFTER_MS)
  expect(lines.filter(({ closedMs }) => closedMs !== null)).toEqual([])
  for (const { pingsMs } of lines) expect(pingsMs.length).toBeGreaterThanOrEqual(2)
  // They came together; the pings are spread over the interval, so no quarter of it has half of them.
  const phases = lines.map(({ pingsMs }) => (pingsMs[0] ?? 0) % PING_MS)
  for (const quarter of [0, 1, 2, 3]) {
    expect(phases.filter((phase) => Math.floor((phase * 4) / PING_MS) === quarter).length, `quarter ${quarter}`).toBeLessThan(LINES / 2)
  }
  for (const { socket } of lines) socket.close()
})
