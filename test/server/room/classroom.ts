import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@colyseus/sdk'
import type { Room } from '@colyseus/sdk'
import { startServer } from '../../../server/start.ts'
import type { Running, StartOptions } from '../../../server/start.ts'
import type { Lobby } from '../../../shared/wire/lobby.ts'
import type { Fact } from '../../../shared/sim/facts.ts'
import type { Level } from '../../../shared/sim/types.ts'
import type { HostCommand, JoinOptions, OpenedClass, ToClient } from '../../../shared/wire/messages.ts'

/** A server and pages for the tests of the room: real sockets on loopback, a free port, a folder that is removed afterwards. */

export type Heard = { [K in keyof ToClient]: { type: K; body: ToClient[K] } }[keyof ToClient]
export type Answer = { ok: true } | { ok: false; reason: string }

const WAIT_MS = 15_000

/** Waits until `found` gives something, looking whenever something may have changed. Throws after a while, saying what was waited for. */
export async function until<T>(what: string, found: () => T | undefined | null | false, waitMs = WAIT_MS): Promise<T> {
  const end = performance.now() + waitMs
  for (;;) {
    const value = found()
    if (value !== undefined && value !== null && value !== false) return value
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((wake) => { setTimeout(wake, 5) })
  }
}

/** One page: a student's or the instructor's. */
export class TestPage {
  readonly room: Room<unknown, Lobby>
  readonly heard: Heard[] = []
  /** Close code and reason once the line is gone. */
  closed: { code: number; reason: string } | null = null
  #seq = 0

  constructor(room: Room<unknown, Lobby>) {
    this.room = room
    room.reconnection.enabled = false
    room.onMessage('*', (type, body) => { this.heard.push({ type, body } as Heard) })
    room.onLeave((code, reason) => { this.closed = { code, reason: reason ?? '' } })
    room.onError(() => {})
  }

  get lobby(): Lobby { return this.room.state }

  all<K extends keyof ToClient>(type: K): ToClient[K][] {
    return this.heard.flatMap((one) => (one.type === type ? [one.body as ToClient[K]] : []))
  }

  async first<K extends keyof ToClient>(type: K, fits: (body: ToClient[K]) => boolean = () => true): Promise<ToClient[K]> {
    return until(`a message ${type}`, () => this.all(type).find(fits))
  }

  /** Everything heard from here on is new. */
  forget(): void { this.heard.length = 0 }

  async answer(seq: number): Promise<Answer> {
    return until(`an answer to ${seq}`, () => {
      if (this.all('ack').some((one) => one.seq === seq)) return { ok: true }
      const nack = this.all('nack').find((one) => one.seq === seq)
      return nack === undefined ? undefined : { ok: false, reason: nack.reason }
    })
  }

  async command(command: HostCommand, seq = ++this.#seq): Promise<Answer> {
    this.#seq = Math.max(this.#seq, seq)
    this.room.send('command', { seq, command })
    return this.answer(seq)
  }

  async act(action: { kind: string; [field: string]: unknown }, seq = ++this.#seq): Promise<Answer> {
    this.#seq = Math.max(this.#seq, seq)
    this.room.send('act', { seq, action })
    return this.answer(seq)
  }

  /** Numbers go on from here, as the page of a returning student does. */
  countFrom(nextSeq: number): void { this.#seq = nextSeq - 1 }

  async leave(): Promise<void> { await this.room.leave(true) }
}

export async function joinAt(url: string, code: string, options: JoinOptions): Promise<TestPage> {
  const page = new TestPage(await new Client(url).joinById<Lobby>(code, options))
  if (options.role === 'host') page.countFrom((await page.first('hostWelcome')).nextSeq)
  else page.countFrom((await page.first('welcome')).nextSeq)
  return page
}

export async function openAt(url: string, title = 'Distributed systems'): Promise<OpenedClass> {
  const answer = await fetch(`${url}/api/classes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ title }) })
  return await answer.json() as OpenedClass
}

/** All facts of one cluster that the instructor's page was told. */
export const factsOf = (host: TestPage, cluster: number): Fact[] => [
  ...(host.all('cockpit').at(-1)?.clusters.find((one) => one.cluster === cluster)?.facts ?? []),
  ...host.all('facts').filter((one) => one.cluster === cluster).flatMap((one) => one.facts),
]

/** Does a command that must succeed. */
export async function done(answer: Promise<Answer>): Promise<void> {
  const given = await answer
  if (!given.ok) throw new Error(`refused: ${given.reason}`)
}

export interface Served { url: string; running: Running; folder: string; stop(): Promise<void> }

export async function serve(options: Partial<StartOptions> = {}): Promise<Served> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'netsplit-room-'))
  const running = await startServer({ port: 0, host: '127.0.0.1', folder, ...options })
  return {
    url: `http://127.0.0.1:${running.port}`, running, folder,
    stop: async () => {
      await running.close()
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A class with its instructor and some students, in the lobby. */
export async function classOf(url: string, students: number): Promise<{ opened: OpenedClass; host: TestPage; students: TestPage[] }> {
  const opened = await openAt(url)
  const host = await joinAt(url, opened.code, { role: 'host', secret: opened.secret })
  const pages: TestPage[] = []
  for (let n = 0; n < students; n++) pages.push(await joinAt(url, opened.code, { role: 'student', name: `Student ${n + 1}` }))
  return { opened, host, students: pages }
}

/** Takes a class from the lobby into a round, at four times the usual pace. */
export async function startRound(host: TestPage, clusterSize = 5, chaos = false, { scenario = 'election', level = 'L0' }: { scenario?: string; level?: Level } = {}): Promise<void> {
  await done(host.command({ kind: 'set-up', scenario, level, clusterSize }))
  await done(host.command({ kind: 'brief' }))
  await done(host.command({ kind: 'start', chaos }))
  await done(host.command({ kind: 'speed', speed: 4 }))
}
