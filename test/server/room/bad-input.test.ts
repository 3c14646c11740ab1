import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CODE_ALPHABET, MESSAGE_BYTES_MAX } from '../../../shared/wire/messages.ts'
import { classOf, done, joinAt, openAt, serve, startRound, until } from './classroom.ts'
import type { Served, TestPage } from './classroom.ts'

let served: Served
beforeAll(async () => { served = await serve() })
afterAll(() => served.stop())

interface Answered { status: number; headers: { readonly [name: string]: string | string[] | undefined }; body: { code?: number; error?: string } }

/** A request as bytes: without the manners of `fetch`. */
function ask(method: string, path: string, headers: { [name: string]: string } = {}, body = ''): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const call = request(`${served.url}${path}`, { method, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => { text += part }).on('end', () => {
        let parsed: Answered['body'] = {}
        try { parsed = JSON.parse(text) as Answered['body'] } catch { parsed = { error: text } }
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: parsed })
      })
    })
    call.on('error', reject)
    call.end(body)
  })
}
const json = { 'content-type': 'application/json' }
const post = (path: string, body: unknown, headers: { [name: string]: string } = {}) => ask('POST', path, { ...json, ...headers }, typeof body === 'string' ? body : JSON.stringify(body))

/** Nothing in the class is different, and it still plays. */
async function stillPlays(host: TestPage, student: TestPage): Promise<void> {
  expect(host.closed).toBeNull()
  expect(student.closed).toBeNull()
  expect(await student.act({ kind: 'set-timeout', timeoutMs: 33_000 })).toEqual({ ok: true })
  student.room.send('ping', { n: 77 })
  await student.first('pong', (one) => one.n === 77)
}

describe('what comes by HTTP', () => {
  const cases: [name: string, call: () => Promise<Answered>, status: number, error: RegExp][] = [
    ['no JSON', () => ask('POST', '/api/classes', { 'content-type': 'text/plain' }, 'title'), 415, /JSON/],
    ['broken JSON', () => post('/api/classes', '{"title":'), 400, /cannot be read/],
    ['no title', () => post('/api/classes', {}), 400, /"title" cannot be read/],
    ['an empty title', () => post('/api/classes', { title: ' \u200b ' }), 400, /at least one letter/],
    ['a title as long as a page', () => post('/api/classes', { title: 'x'.repeat(100) }), 400, /at most 60 characters/],
    ['a field that nobody knows', () => post('/api/classes', { title: 'x', admin: true }), 400, /cannot be read/],
    ['a prototype', () => post('/api/classes', '{"title":"x","__proto__":{"admin":true}}'), 400, /cannot be read/],
    ['too much', () => post('/api/classes', { title: 'x'.repeat(100_000) }), 413, /too much/],
    ['a page of another site', () => post('/api/classes', { title: 'x' }, { origin: 'http://elsewhere.example' }), 403, /Only the pages of this server/],
    ['an unknown code', () => ask('GET', '/api/classes/ZZZZZZ'), 404, /no class/],
    ['a code that cannot be one', () => ask('GET', '/api/classes/..%2f..%2fetc'), 404, /no class/],
    ['a path that cannot be decoded', () => ask('GET', '/api/classes/%E0%A4%A'), 400, /cannot be read/],
    ['an unknown recording', () => ask('GET', `/api/recordings/${'x'.repeat(500)}`), 404, /no such recording/],
    ['a path outside of the pages', () => ask('GET', '/..%2fpackage.json'), 404, /nothing here/],
    ['a page that is not there', () => ask('GET', '/nowhere'), 404, /nothing here/],
    ['another door into the rooms', () => post('/matchmake/joinOrCreate/class', { role: 'student', name: 'x' }), 400, /joined by its code/],
    ['the room\'s own name', () => post('/matchmake/joinById/class', { role: 'student', name: 'x' }), 404, /no class/],
    ['joining as nobody', () => post('/matchmake/joinById/ZZZZZZ', {}), 400, /cannot be read/],
  ]
  test.each(cases)('[ROOM-40] %s is answered with a sentence', async (_name, call, status, error) => {
    const answer = await call()
    expect(answer.status).toBe(status)
    expect(answer.body.error).toMatch(error)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'")
  })

  test('[ROOM-41] another site\'s browser is not told that it may ask', async () => {
    const answer = await ask('OPTIONS', '/api/classes', { origin: 'http://elsewhere.example', 'access-control-request-method': 'POST' })
    expect(answer.status).toBe(403)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('[ROOM-42] codes are drawn from the alphabet, secrets are long and never the same', async () => {
    const opened = await Promise.all(Array.from({ length: 12 }, () => openAt(served.url)))
    for (const { code, secret } of opened) {
      expect([...code].every((one) => CODE_ALPHABET.includes(one))).toBe(true)
      expect(code).toHaveLength(6)
      expect(secret).toMatch(/^[\w-]{24}$/)
      expect(secret).not.toContain(code)
    }
    expect(new Set(opened.map((one) => one.secret)).size).toBe(12)
    // A code may be typed in small letters, with a gap.
    expect((await ask('GET', `/api/classes/${opened[0]!.code.toLowerCase().slice(0, 3)}%20${opened[0]!.code.slice(3)}`)).status).toBe(200)
  })
})

describe('what comes from a page', () => {
  test('[ROOM-43] malformed and unknown messages are answered, change nothing, and nobody else notices', async () => {
    const { host, students } = await classOf(served.url, 2)
    await startRound(host, 3)
    const [eve, ada] = [students[0]!, students[1]!]
    await until('quiet', () => ada.all('self').length > 0)
    ada.forget()
    const cyclicDepth = JSON.parse('{"a":'.repeat(30) + '1' + '}'.repeat(30)) as unknown
    const bad: [type: string, body: unknown][] = [
      ['act', undefined], ['act', null], ['act', 'stand'], ['act', []], ['act', { seq: 1 }], ['act', { seq: 0, action: { kind: 'stand' } }],
      ['act', { seq: 1.5, action: { kind: 'stand' } }], ['act', { seq: '1', action: { kind: 'stand' } }], ['act', { seq: Infinity, action: { kind: 'stand' } }],
      ['act', { seq: 900, action: { kind: 7 } }], ['act', { seq: 901, action: { kind: 'x'.repeat(5_000) } }], ['act', { seq: 902, action: cyclicDepth }],
      ['act', { seq: 903, action: { kind: 'stand' }, seat: 1 }], ['command', { seq: 904, command: { kind: 'end', now: true } }],
      ['command', { seq: 905, command: { kind: 'drop-tables' } }], ['resync', { all: true }], ['ping', { n: 'x' }], ['shout', { seq: 906 }],
      ['constructor', { seq: 908 }], ['__proto__', { seq: 909 }], ['toString', { seq: 910 }], ['*', { seq: 911 }], ['', { seq: 912 }],
    ]
    for (const [type, body] of bad) eve.room.send(type, body)
    await until('all answers', () => eve.all('nack').length >= bad.length)
    expect(eve.all('nack').every((one) => one.reason.length > 10 && /[.]$/.test(one.reason))).toBe(true)
    // These can be read, and are refused for what they ask.
    eve.countFrom(1_000)
    const refused: [{ kind: string; [field: string]: unknown }, RegExp][] = [
      [{ kind: 'fly' }, /no such action/], [{ kind: 'constructor' }, /no such action/], [{ kind: 'stand', term: 9 }, /no field "term"/],
      [{ kind: 'grant', letter: 99 }, /gone/], [{ kind: 'grant', letter: '1' }, /gone/], [{ kind: 'set-timeout', timeoutMs: 1e9 }, /whole number/],
      [{ kind: 'set-timeout' }, /whole number/], [{ kind: 'redirect', request: 1, to: 'Z' }, /gone|one of/], [{ kind: 'serve', request: -1 }, /gone/],
    ]
    for (const [action, reason] of refused) expect(await eve.act(action)).toEqual({ ok: false, reason: expect.stringMatching(reason) as string })
    for (const command of [{ kind: 'end' }, { kind: 'halt', cluster: null }, { kind: 'fault', cluster: null, type: 'crash', params: { nodes: ['B'] }, durationMs: 5_000 }, { kind: 'close' }] as const) {
      expect(await eve.command(command)).toEqual({ ok: false, reason: 'Only the instructor can do this.' })
    }
    expect(await host.act({ kind: 'stand' })).toEqual({ ok: false, reason: 'Only a student has a node to act on.' })
    expect(ada.heard.filter((one) => one.type !== 'step')).toEqual([])
    await stillPlays(host, eve)
    await stillPlays(host, ada)
    const wrongFaults: [string, unknown, number | null, RegExp][] = [
      ['earthquake', {}, 1_000, /no such fault/], ['constructor', {}, 1_000, /no such fault/], ['partition', { side: ['A', 'B', 'C'] }, 1_000, /not all/],
      ['partition', { side: ['Q'] }, 1_000, /nodes A, B, C/], ['partition', null, 1_000, /object/], ['crash', { nodes: ['A'] }, null, /needs an end/],
      ['pause', { nodes: ['A'] }, 10 ** 9, /lasts from/], ['loss', { from: ['A'], to: ['B'], share: 1_000 }, 1_000, /whole number/],
    ]
    for (const [type, params, durationMs, reason] of wrongFaults) {
      expect(await host.command({ kind: 'fault', cluster: null, type, params: params as never, durationMs })).toEqual({ ok: false, reason: expect.stringMatching(reason) as string })
    }
    expect(host.all('facts').flatMap((one) => one.facts).filter((fact) => fact.kind.startsWith('fault'))).toEqual([])
    expect(await host.command({ kind: 'brief' })).toMatchObject({ ok: false })
    expect(await host.command({ kind: 'set-up', scenario: 'election', level: 'L0', clusterSize: 4 })).toMatchObject({ ok: false })
    await done(host.command({ kind: 'end' }))
    await until('the debrief', () => host.lobby.phase === 'debrief')
    expect(await host.command({ kind: 'set-up', scenario: 'election', level: 'L0', clusterSize: 5, minutes: 61 })).toMatchObject({ ok: false })
    expect(await host.command({ kind: 'set-up', scenario: 'nothing', level: 'L0', clusterSize: 5 })).toEqual({ ok: false, reason: 'There is no such mission.' })
    expect(await host.command({ kind: 'set-up', scenario: 'election', level: 'L0', clusterSize: 9 })).toMatchObject({ ok: false, reason: 'A cluster of this mission has 3 to 7 nodes.' })
  })

  test('[ROOM-44] frames that are no messages end that one line at most', async () => {
    const { opened, host, students } = await classOf(served.url, 1)
    await startRound(host, 3)
    // Every first byte that the protocol may have, with what does not belong behind it.
    let seed = 1
    const next = () => (seed = (seed * 48_271) % 2_147_483_647)
    for (let n = 0; n < 60; n++) {
      const eve = await joinAt(served.url, opened.code, { role: 'host', secret: opened.secret }).then((page) => page)
      const { connection } = eve.room
      const frame = new Uint8Array(1 + (next() % 24)).map(() => next() % 256)
      frame[0] = n < 40 ? n : next() % 256
      connection.send(frame)
      connection.send(new Uint8Array(0))
      eve.room.send('ping', { n })
      await until('an answer or the end', () => eve.all('pong').length > 0 || eve.closed !== null)
    }
    const back = await joinAt(served.url, opened.code, { role: 'host', secret: opened.secret })
    await stillPlays(back, students[0]!)
    await done(back.command({ kind: 'end' }))
  })

  test('[ROOM-45] a message that is too long closes that line with 1009', async () => {
    const { host, students } = await classOf(served.url, 2)
    await startRound(host, 3)
    students[0]!.room.send('act', { seq: 1, action: { kind: 'x'.repeat(MESSAGE_BYTES_MAX + 1) } })
    expect((await until('the end of the line', () => students[0]!.closed)).code).toBe(1009)
    await stillPlays(host, students[1]!)
    await done(host.command({ kind: 'end' }))
  })

  test('[ROOM-46] too many messages: told first, then the line is closed, and the others play on', async () => {
    const { host, students } = await classOf(served.url, 2)
    await startRound(host, 3)
    for (let n = 1; n <= 90; n++) students[0]!.room.send('ping', { n })
    await until('a warning', () => students[0]!.all('nack').some((one) => one.reason === 'Too many messages at once. Slow down.'))
    expect(students[0]!.closed).toBeNull()
    // Each that was too many is answered: a page that waits for an answer has one.
    await until('all answers', () => students[0]!.all('pong').length + students[0]!.all('nack').length === 90)
    for (let n = 1; n <= 400; n++) students[0]!.room.send('ping', { n })
    expect(await until('the end of the line', () => students[0]!.closed)).toEqual({ code: 4102, reason: 'Your page sent too many messages. Reload it to go on.' })
    await stillPlays(host, students[1]!)
    await done(host.command({ kind: 'end' }))
  })

  test('[ROOM-47] names: markup is text, what is not seen is gone, and no two are the same', async () => {
    const { opened, host } = await classOf(served.url, 0)
    const names: [given: string, shown: string][] = [
      ['<b>Eve</b>', '<b>Eve</b>'], ['  Ada\t\nLovelace  ', 'Ada Lovelace'], ['A\u202ed\u0000a', 'Ada'], ['ada', 'ada 2'], ['Ada', 'Ada 3'], ['e\u0301', '\u00e9'],
    ]
    for (const [given] of names) await joinAt(served.url, opened.code, { role: 'student', name: given })
    await until('all to sit', () => [...host.lobby.clusters].flatMap((one) => [...one.seats]).filter((seat) => seat.name !== '').length === names.length)
    const shown = [...host.lobby.clusters].flatMap((one) => [...one.seats]).map((seat) => seat.name)
    for (const [, name] of names) expect(shown).toContain(name)
    for (const name of ['\u202e\u200b\u0000', 'x'.repeat(21), '\u0301']) {
      await expect(joinAt(served.url, opened.code, { role: 'student', name })).rejects.toMatchObject({ code: 400 })
    }
    // No name at all: one is proposed.
    await joinAt(served.url, opened.code, { role: 'student', name: '' })
    await until('the proposed name', () => [...host.lobby.clusters].flatMap((one) => [...one.seats]).some((seat) => /^[A-Z][a-z]+ [A-Z][a-z]+$/.test(seat.name) && seat.name !== 'Ada Lovelace'))
  })

  test('[ROOM-48] a forged token, another class\'s token and a wrong secret are refused, and nobody is disturbed', async () => {
    const one = await classOf(served.url, 1)
    const other = await classOf(served.url, 1)
    const { token } = await one.students[0]!.first('welcome')
    const forged = [token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A'), token.split('.')[0]!, 'x'.repeat(200), '__proto__', (await other.students[0]!.first('welcome')).token]
    for (const bad of forged) await expect(joinAt(served.url, one.opened.code, { role: 'student', name: 'Eve', token: bad })).rejects.toMatchObject({ code: 401 })
    for (const secret of [other.opened.secret, one.opened.code, one.opened.secret.toLowerCase()]) {
      await expect(joinAt(served.url, one.opened.code, { role: 'host', secret })).rejects.toMatchObject({ code: 403 })
    }
    expect(one.students[0]!.closed).toBeNull()
    expect(one.host.closed).toBeNull()
    expect(one.host.lobby.here).toBe(1)
  })
})

describe('guessing', () => {
  test('[ROOM-49] after sixty wrong codes a network is told to wait, but who has a seat comes in', async () => {
    const { opened, students } = await classOf(served.url, 1)
    const { token } = await students[0]!.first('welcome')
    let status = 404
    for (let n = 0; n < 70 && status === 404; n++) status = (await ask('GET', `/api/classes/ZZZZ${CODE_ALPHABET[n % 31]}${CODE_ALPHABET[Math.floor(n / 31)]}`)).status
    expect(status).toBe(429)
    // A right code and a wrong one are answered alike now: guessing on is of no use.
    expect((await ask('GET', `/api/classes/${opened.code}`)).status).toBe(429)
    expect((await post(`/matchmake/joinById/${opened.code}`, { role: 'student', name: 'New' })).status).toBe(429)
    expect((await post('/matchmake/joinById/ZZZZZZ', { role: 'student', name: 'New' })).status).toBe(429)
    const again = await joinAt(served.url, opened.code, { role: 'student', name: '', token })
    expect(again.lobby.here).toBe(1)
    await joinAt(served.url, opened.code, { role: 'host', secret: opened.secret })
  })
})
