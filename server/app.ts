import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { matchMaker } from '@colyseus/core'
import express from 'express'
import type { Express, NextFunction, Request, Response } from 'express'
import sirv from 'sirv'
import { encodeRecording } from '../shared/recording.ts'
import type { Entry, Header } from '../shared/recording.ts'
import { REFUSED } from '../shared/wire/messages.ts'
import { parseJoin, parseOpening } from '../shared/wire/parse.ts'
import { reachableHosts } from './addresses.ts'
import type { Classes } from './classes.ts'
import { readCode } from './codes.ts'
import { networkOf, Tally } from './gate.ts'
import { factsText } from './kept-facts.ts'
import { opensWall, wallOf } from './wall.ts'
import { StoreError } from './store/types.ts'
import type { Store } from './store/types.ts'

/** A request of ours fits into this. */
const BODY_BYTES_MAX = 4_096
/** Classes opened from one network in an hour: a school opens a few, a script opens thousands. */
const OPENED_MAX = 60
const OPENED_WINDOW_MS = 3_600_000
/** An asset carries its hash in its name: a year. */
const ASSETS_KEPT_S = 31_536_000
const RECORDING_ID_LENGTH_MAX = 60

const TOO_MANY = 'Too many wrong codes came from this network. Wait five minutes.'
const NO_CLASS = 'This code has no class. Check the wall.'

/** Headers of every answer. None needs https: a classroom reaches a laptop by plain http. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self' ws: wss:; "
    + "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
}

/** Everything that is asked by HTTP: the pages, opening and finding a class, recordings, and a place in a room. */
export function app(classes: Classes, store: Store, dist: string, host: string): Express {
  const web = express()
  const failures = new Tally()
  const openings = new Tally(OPENED_MAX, OPENED_WINDOW_MS)
  web.disable('x-powered-by')
  web.use((request, response, next) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
    // Pages of other sites may not ask us anything: no page of ours needs it, so no permission is ever given.
    if (request.method === 'GET' || request.method === 'HEAD' || isOurs(request)) next()
    else refuse(response, 403, 'Only the pages of this server may ask for this.')
  })
  const json = express.json({ limit: BODY_BYTES_MAX, type: 'application/json', strict: true })

  web.get('/api/health', (_request, response) => { response.setHeader('Cache-Control', 'no-store').json({ ok: true }) })

  // A cockpit opened as localhost shows students an address that they can open.
  web.get('/api/addresses', (_request, response) => { response.setHeader('Cache-Control', 'no-store').json({ addresses: reachableHosts(host) }) })

  web.post('/api/classes', json, async (request, response) => {
    const network = networkOf(request.socket.remoteAddress)
    if (openings.isOver(network, performance.now())) return refuse(response, 429, 'Too many classes were opened from here. Try again later.')
    if (request.is('application/json') === false) return refuse(response, 415, 'Send JSON with a title.')
    const asked = parseOpening(request.body)
    if (!asked.ok) return refuse(response, 400, asked.reason)
    const done = await classes.open(asked.value.title)
    if (!done.ok) return refuse(response, done.status, done.reason)
    openings.note(network, performance.now())
    response.status(201).setHeader('Cache-Control', 'no-store').json(done.opened)
  })

  web.get('/api/classes/:code', async (request, response) => {
    const network = networkOf(request.socket.remoteAddress)
    if (failures.isOver(network, performance.now())) return refuse(response, REFUSED.tooMany, TOO_MANY)
    const code = readCode(request.params.code)
    const glance = code === null ? null : await classes.glance(code)
    response.setHeader('Cache-Control', 'no-store')
    if (glance !== null) return void response.json(glance)
    failures.note(network, performance.now())
    refuse(response, REFUSED.noClass, NO_CLASS)
  })

  web.get('/api/wall/:code', (request, response) => {
    const network = networkOf(request.socket.remoteAddress)
    const code = readCode(request.params.code)
    const session = code === null ? null : classes.find(code)
    const key = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    response.setHeader('Cache-Control', 'no-store')
    // Who has the key comes in, however many others of the network guessed wrong.
    if (session !== null && opensWall(session, key)) return void response.json(wallOf(session))
    if (failures.isOver(network, performance.now())) return refuse(response, REFUSED.tooMany, TOO_MANY)
    failures.note(network, performance.now())
    if (session === null) return refuse(response, REFUSED.noClass, NO_CLASS)
    refuse(response, REFUSED.badSecret, 'This is not the key of this class\'s wall.')
  })

  web.get('/api/recordings/:id', async (request, response) => {
    const { id } = request.params
    const stored = id.length > RECORDING_ID_LENGTH_MAX ? null : await store.readRecording(id)
    if (stored === null) return refuse(response, 404, 'There is no such recording.')
    const playing = classes.find(stored.classId)?.record
    if (playing?.phase === 'round' && playing.round === stored.round) return refuse(response, 409, 'This round is still being played.')
    // What stands in the store was written by this program; whoever replays the text checks it line by line.
    const text = encodeRecording({ header: stored.header as Header, entries: stored.records.map(({ body }) => body as Entry) })
    response.setHeader('Cache-Control', 'private, max-age=3600').type('text/plain; charset=utf-8').send(text)
  })

  web.get('/api/recordings/:id/facts', async (request, response) => {
    const { id } = request.params
    const stored = id.length > RECORDING_ID_LENGTH_MAX ? null : await store.readRecording(id)
    if (stored === null || stored.facts === null) return refuse(response, 404, 'No facts are kept of this recording.')
    response.setHeader('Cache-Control', 'private, no-cache').type('json').send(await factsText(stored.facts))
  })

  // The room's own door is asked here, so that every way in passes the same gate.
  web.post('/matchmake/:method/:code', json, async (request, response) => {
    const network = networkOf(request.socket.remoteAddress)
    const code = readCode(request.params.code)
    const options = parseJoin(request.body)
    const session = code === null ? null : classes.find(code)
    const admission = session === null || !options.ok ? null : session.admits(options.value)
    // Who proves that they belong here comes in, however many others of their network guessed wrong.
    const proven = admission?.ok === true && admission.who.role !== 'newcomer'
    if (!proven && failures.isOver(network, performance.now())) return refuse(response, REFUSED.tooMany, TOO_MANY)
    const wrong = (status: number, reason: string): void => {
      const guessed: readonly number[] = [REFUSED.noClass, REFUSED.badSecret, REFUSED.badToken]
      if (guessed.includes(status)) failures.note(network, performance.now())
      refuse(response, status, reason)
    }
    if (request.params.method !== 'joinById') return wrong(REFUSED.malformed, 'A class is joined by its code.')
    if (!options.ok) return wrong(REFUSED.malformed, options.reason)
    if (code === null || session === null || admission === null) {
      const ended = code !== null && (await classes.glance(code)) !== null
      return ended ? wrong(REFUSED.ended, 'This class has ended.') : wrong(REFUSED.noClass, NO_CLASS)
    }
    if (!admission.ok) return wrong(admission.code, admission.reason)
    response.setHeader('Cache-Control', 'no-store').json(await matchMaker.joinById(code, options.value))
  })

  pages(web, dist)
  web.get('/favicon.ico', (_request, response) => { response.status(204).end() })
  web.use((_request, response) => { refuse(response, 404, 'There is nothing here.') })
  web.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error)
    const status = statusOf(error)
    if (status >= 500 && !(error instanceof StoreError)) process.stderr.write(`A request failed: ${error instanceof Error ? error.stack : String(error)}\n`)
    refuse(response, status, status === 413 ? 'That is too much.' : status < 500 ? 'This request cannot be read.' : 'The server cannot do this at the moment. Try again.')
  })
  return web
}

/** `/` is index.html, `/play` is play.html, `/replay/<id>` is replay.html. Assets carry their hash in their name and never change; who takes gzip gets it. */
function pages(web: Express, dist: string): void {
  // A server without pages, as in tests of the room, has no such folder.
  if (existsSync(join(dist, 'assets'))) web.use('/assets', sirv(join(dist, 'assets'), { gzip: true, immutable: true, maxAge: ASSETS_KEPT_S }))
  web.get(['/', '/play', '/host', '/wall', '/lab', '/solo', '/replay', '/replay/:id'], (request, response, next) => {
    const name = request.path.split('/')[1] ?? ''
    response.sendFile(`${name === '' ? 'index' : name}.html`, { root: dist, headers: { 'Cache-Control': 'no-cache' } }, (error?: Error) => {
      if (error !== undefined) next()
    })
  })
  web.use(express.static(dist, { index: false, maxAge: 0 }))
}

/** Browsers name the page that asks; programs name none, and are no danger to a visitor of another site. */
function isOurs(request: Request): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  try { return new URL(origin).host === host } catch { return false }
}

function refuse(response: Response, status: number, error: string): void {
  response.status(status).setHeader('Cache-Control', 'no-store').json({ code: status, error })
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500
  return typeof status === 'number' && status >= 400 && status < 600 ? status : error instanceof StoreError ? 503 : 500
}
