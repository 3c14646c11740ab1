import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { cleanCode } from '../../client/components/code-boxes.tsx'
import { glance, isCode, openClass } from '../../client/link/classes.ts'
import { addressOfSeat, codeInAddress, forgetSeat, keepSeat, keepTheme, keptSeat, keptTheme, seatInAddress, wayToPlay } from '../../client/link/seats.ts'
import { ensureBuilt } from '../../server/tools/build.mjs'

describe('the code in the address', () => {
  const at = (search: string, hash = '', pathname = '/'): string => codeInAddress({ search, hash, pathname }, cleanCode)
  test.each([
    ['?code=ABC234', '', '/', 'ABC234'], ['?code=abc234', '', '/', 'ABC234'], ['', '#ABC234', '/', 'ABC234'], ['', '', '/abc234', 'ABC234'],
    ['', '', '/', ''], ['', '', '/index.html', ''], ['?code=', '', '/ABC234', 'ABC234'], ['?code=%3Cscript%3E', '', '/', 'SCRPT'],
  ])('%s %s %s is %s', (search, hash, pathname, code) => { expect(at(search, hash, pathname)).toBe(code) })

  test('only six letters of the alphabet without look-alikes are a code', () => {
    expect(['ABC234', 'ABC23', 'ABC2345', 'ABC230', 'ABC23O', 'abc234'].map(isCode)).toEqual([true, false, false, false, false, false])
  })
})

describe('the seat that a browser keeps', () => {
  const kept = new Map<string, string>()
  beforeEach(() => {
    kept.clear()
    vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value) }, removeItem: (key: string) => { kept.delete(key) } })
  })
  afterEach(() => vi.unstubAllGlobals())

  test('is kept by class and can be given up', () => {
    keepSeat('ABC234', { name: 'Ann', token: 't' })
    expect([keptSeat('ABC234'), keptSeat('XYZ789')]).toEqual([{ name: 'Ann', token: 't' }, null])
    forgetSeat('ABC234')
    expect(keptSeat('ABC234')).toBeNull()
  })

  test('counts as none when something else stands there', () => {
    for (const value of ['', '{', 'null', '[]', '{"name":7}', '"x"']) {
      kept.set('netsplit-seat-ABC234', value)
      expect(keptSeat('ABC234')).toBeNull()
    }
  })

  test('a browser that forbids storage is no error', () => {
    const no = (): never => { throw new Error('denied') }
    vi.stubGlobal('localStorage', { getItem: no, setItem: no, removeItem: no })
    expect(keepSeat('ABC234', { name: 'Ann', token: null })).toBe(false)
    expect([keptSeat('ABC234'), keptTheme()]).toEqual([null, 'dark'])
    forgetSeat('ABC234')
  })

  test('a browser that keeps nothing carries the name along, whatever it is made of', () => {
    expect(wayToPlay('ABC234', 'Ann', true)).toBe('/play?code=ABC234')
    for (const name of ['Ann', 'a&b=c #d', '<b>', 'Zo\u00eb']) expect(seatInAddress(new URL(wayToPlay('ABC234', name, false), 'http://here').hash)).toEqual({ name, token: null })
    expect([seatInAddress(''), seatInAddress('#ABC234'), seatInAddress('#name='), seatInAddress('#seat=t')]).toEqual([null, null, null, null])
  })

  test('the address of a seat leads back to it from another laptop, and no server is ever asked with its token', () => {
    for (const name of ['Ann', 'a&b=c #d+e', '<b>', 'Zo\u00eb']) {
      const address = new URL(addressOfSeat('ABC234', { name, token: '01ab.x-_Y' }), 'http://here')
      expect(seatInAddress(address.hash)).toEqual({ name, token: '01ab.x-_Y' })
      expect(address.pathname + address.search).toBe('/play?code=ABC234')
    }
    expect(addressOfSeat('ABC234', { name: 'Ann', token: null })).toBe('/play?code=ABC234')
  })

  test('the theme is dark until somebody chooses, and anything strange is dark', () => {
    expect(keptTheme()).toBe('dark')
    keepTheme('light')
    expect(keptTheme()).toBe('light')
    kept.set('netsplit-theme', 'javascript:')
    expect(keptTheme()).toBe('dark')
  })
})

describe('asking the server', () => {
  afterEach(() => vi.unstubAllGlobals())
  const answers = (status: number, body: unknown): void => { vi.stubGlobal('fetch', () => Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }))) }
  const found = { code: 'ABC234', title: 'Day 1', here: 2, seats: 84, phase: 'lobby' }

  test('a class, no class, and an answer that is neither', async () => {
    answers(200, found)
    expect(await glance('ABC234')).toEqual(found)
    answers(404, { error: 'no' })
    expect(await glance('ABC234')).toBeNull()
    for (const [status, body, said] of [[500, found, 'does not answer'], [200, '<html>', /./], [200, { ...found, phase: 'dinner' }, 'does not answer'], [429, { error: 'Wait.' }, 'Wait.']] as const) {
      answers(status, body)
      await expect(glance('ABC234')).rejects.toThrow(said)
    }
  })

  test('opening a class gives code and secret, or the sentence that says why not', async () => {
    answers(201, { code: 'ABC234', secret: 's' })
    expect(await openClass('Day 1')).toEqual({ code: 'ABC234', secret: 's' })
    answers(429, { error: 'Too many classes.' })
    await expect(openClass('Day 1')).rejects.toThrow('Too many classes.')
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')))
    await expect(openClass('Day 1')).rejects.toThrow('The server does not answer.')
  })
})

describe('the built join page', () => {
  const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
  const bytesMax = 100 * 1024
  beforeAll(() => ensureBuilt())

  /** All that a browser fetches for the page: what it names, what that names in turn, but nothing that is only asked for later. */
  function fetched(): Map<string, number> {
    const sizes = new Map<string, number>(), open = ['index.html']
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (sizes.has(name)) continue
      const file = join(dist, name)
      if (!/\.(html|js|css)$/.test(name)) { sizes.set(name, statSync(file).size); continue }
      const text = readFileSync(file, 'utf8')
      sizes.set(name, gzipSync(text).length)
      const names = name.endsWith('.html') ? text.matchAll(/(?:src|href)="\/([^"]+)"/g)
        : name.endsWith('.css') ? text.matchAll(/url\(\/?([^)]+?)\)/g) : text.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)
      for (const [, found = ''] of names) open.push(name.endsWith('.js') ? `assets/${found}` : found)
    }
    return sizes
  }

  test('weighs at most 100 KB, with its typefaces, and brings neither the picture nor the SDK', () => {
    const sizes = fetched(), total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
    expect([...sizes.keys()].filter(name => name.endsWith('.woff2')).length).toBe(2)
    expect([...sizes.keys()].filter(name => name.endsWith('.js')).length).toBeGreaterThan(0)
    expect(total).toBeLessThanOrEqual(bytesMax)
    expect(total).toBeGreaterThan(40 * 1024)
  })
})
