import type { ChildProcess } from 'node:child_process'
import { done, joinAt, openAt, until } from '../server/room/classroom.ts'
import type { TestPage } from '../server/room/classroom.ts'
import { otherSide, pause, percentile, serve, SERVE, told, usage } from './served.ts'
import { jsonAsked, median, print } from './table.ts'

/**
 * What one class costs the server, and how long its students wait: from an action to its acknowledgement, which means a round
 * trip and a write to the disk. The reference is a ping on the same line in the same second: a round trip alone.
 * The server is a process of its own; all students share this one, so a full class is also a load of 85 lines.
 */

const CLASSES = [{ students: 40, clusterSize: 5 }, { students: 84, clusterSize: 7 }]
const PLAYED_MS = 20_000, ACT_EVERY_MS = 4_000, SETTLE_MS = 2_000

if (process.argv.includes(SERVE)) await serve()
else await measure()

async function measure(): Promise<void> {
  const json = jsonAsked(process.argv.slice(2))
  const child = otherSide(import.meta.url)
  try {
    const url = `http://127.0.0.1:${await told<number>(child)}`
    const results = []
    for (const { students, clusterSize } of CLASSES) results.push(await play(url, child, students, clusterSize))
    print(json, { bench: 'room', playedMs: PLAYED_MS, actEveryMs: ACT_EVERY_MS, results },
      ['one class, chaos by the plan', 'ack ms', '99%', 'ping ms', '99%', 'ack / ping', 'messages/s', 'CPU', 'MB'],
      results.map((one) => [`${one.students} students, ${one.clusters} clusters`, ms(one.ack.median), ms(one.ack.p99), ms(one.ping.median), ms(one.ping.p99),
        one.ratio.toFixed(1), one.messagesPerSecond.toFixed(0), `${(one.cpuShare * 100).toFixed(0)}%`, one.rssMb.toFixed(0)]), [
        '', `${PLAYED_MS / 1_000} s of a round at the usual speed; every student acts once in ${ACT_EVERY_MS / 1_000} s, and pings then. CPU is the server's share of one core.`,
      ])
  } finally {
    child.send('stop')
  }
}

async function play(url: string, child: ChildProcess, students: number, clusterSize: number) {
  const { code, secret } = await openAt(url, `Bench ${students}`)
  const host = await joinAt(url, code, { role: 'host', secret })
  const pages: TestPage[] = []
  for (let n = 0; n < students; n++) pages.push(await joinAt(url, code, { role: 'student', name: `Student ${n + 1}` }))
  await done(host.command({ kind: 'set-up', scenario: 'election', level: 'L2', clusterSize }))
  await done(host.command({ kind: 'brief' }))
  await done(host.command({ kind: 'start', chaos: true }))
  await pause(SETTLE_MS)
  const all = [host, ...pages]
  for (const page of all) page.forget()
  const before = await usage(child), beganMs = performance.now()
  const acks: number[] = [], pings: number[] = []
  let heard = 0
  const endMs = beganMs + PLAYED_MS
  await Promise.all(pages.map(async (page, n) => {
    const heardOf = listen(page)
    // Spread over the interval, as people are.
    await pause((ACT_EVERY_MS * n) / students)
    for (let turn = 1; performance.now() < endMs; turn++) {
      const sentMs = performance.now()
      const pong = heardOf('pong')
      page.room.send('ping', { n: turn })
      pings.push(await pong - sentMs)
      const actedMs = performance.now()
      const ack = heardOf('ack')
      page.room.send('act', { seq: turn, action: { kind: 'set-timeout', timeoutMs: 20_000 + 1_000 * (turn % 20) } })
      acks.push(await ack - actedMs)
      heard += page.heard.length + 2
      page.forget()
      await pause(ACT_EVERY_MS - (performance.now() - sentMs))
    }
  }))
  const after = await usage(child), tookMs = performance.now() - beganMs
  heard += host.heard.length
  await done(host.command({ kind: 'end' }))
  await until('the debrief', () => host.lobby.phase === 'debrief')
  await done(host.command({ kind: 'close' }))
  const ack = { median: median(acks), p99: percentile(acks, 99) }, ping = { median: median(pings), p99: percentile(pings, 99) }
  return {
    students, clusters: Math.ceil(students / clusterSize), acts: acks.length, ack, ping, ratio: ack.median / ping.median,
    messagesPerSecond: heard / (tookMs / 1_000), cpuShare: (after.cpuMs - before.cpuMs) / tookMs, rssMb: after.rssMb,
  }
}

/** Says when the next message of a type came in. Looking for it now and then, as the tests do, would be the larger part of the figure. */
function listen(page: TestPage): (type: 'pong' | 'ack') => Promise<number> {
  const waiting: { pong: ((atMs: number) => void) | null; ack: ((atMs: number) => void) | null } = { pong: null, ack: null }
  for (const type of ['pong', 'ack'] as const) page.room.onMessage(type, () => waiting[type]?.(performance.now()))
  page.room.onMessage('nack', ({ reason }: { reason: string }) => { throw new Error(`refused: ${reason}`) })
  return (type) => new Promise((resolve) => { waiting[type] = resolve })
}

function ms(value: number): string {
  return value.toFixed(1)
}
