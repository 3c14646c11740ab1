import type { NetworkInterfaceInfo } from 'node:os'
import fc from 'fast-check'
import patches from 'fast-json-patch'
import { describe, expect, test } from 'vitest'
import { reachableHosts } from '../../../server/addresses.ts'
import { fits, hashOf, idOf, newCode, newSeatToken, readCode } from '../../../server/codes.ts'
import { Bucket, networkOf, Tally } from '../../../server/gate.ts'
import { isPageFrame } from '../../../server/line.ts'
import { ClassLog, NotStored } from '../../../server/log.ts'
import { Pace } from '../../../shared/pace.ts'
import { quietLogger } from '../../../server/quiet.ts'
import { patchOf } from '../../../shared/seat-view.ts'
import { memoryStore } from '../../../server/store/memory.ts'
import { StoreError } from '../../../server/store/types.ts'
import type { NewRecord, Store } from '../../../server/store/types.ts'
import type { Self } from '../../../shared/sim/types.ts'

describe('the pace of a round', () => {
  test('[PACE-1] whatever is done to it, simulated time never goes back and never jumps', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.constantFrom<'run' | 'pause' | number>('run', 'pause', 0.25, 0.5, 1, 2, 4)), { maxLength: 30 }), (steps) => {
      const pace = new Pace(0, 1)
      let wall = 1_000
      let before = pace.at(wall)
      for (const [ms, what] of steps) {
        const speed = pace.running ? pace.speed : 0
        wall += ms
        expect(pace.at(wall)).toBeCloseTo(before + ms * speed, 6)
        if (what === 'run') pace.run(wall)
        else if (typeof what === 'number') pace.change(what, wall)
        else pace.pause(wall)
        expect(pace.at(wall)).toBeCloseTo(before + ms * speed, 6)
        before = pace.at(wall)
        const due = pace.wallAt(before + 100)
        expect(due === Infinity).toBe(!pace.running)
        expect(pace.at(Math.min(due, wall + 1e6))).toBeCloseTo(pace.running ? before + 100 : before, 6)
      }
    }))
  })
})

const self = (inbox: readonly number[], requests: readonly number[], clockMs: number): Self => ({
  id: 'A', peers: ['B'], clockMs, timings: {}, disk: { term: clockMs % 7 }, memory: { heard: inbox.length },
  inbox: inbox.map((n) => ({ n, from: 'B', message: { kind: 'beat' }, atMs: n, handled: n % 3 === 0 })),
  requests: requests.map((n) => ({ n, operation: { kind: 'stamp' }, atMs: n, deadlineAtMs: n + 10 })),
})

describe('the patch of a node\'s self', () => {
  test('[PATCH-1] turns what the page holds into what the node is', () => {
    const lists = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 24 }).map((list) => [...list].sort((a, b) => a - b))
    fc.assert(fc.property(lists, lists, lists, lists, fc.nat(), fc.nat(), (a, b, c, d, t, u) => {
      const before = self(a, b, t)
      const after = self(c, d, u)
      const kept = structuredClone(before)
      expect(patches.applyPatch(structuredClone(before), patchOf(before, after), true).newDocument).toEqual(after)
      expect(before).toEqual(kept)
    }))
  })

  test('[PATCH-2] stays small when a full inbox moves up by one', () => {
    const numbers = Array.from({ length: 24 }, (_, n) => n + 1)
    const patch = patchOf(self(numbers, [], 1), self([...numbers.slice(1), 25], [], 2))
    expect(patch.length).toBeLessThan(6)
    expect(patches.compare(self(numbers, [], 1), self([...numbers.slice(1), 25], [], 2)).length).toBeGreaterThan(40)
  })
})

describe('codes and tokens', () => {
  test('[CODE-1] a code is read as people type it, and nothing else is one', () => {
    for (let n = 0; n < 200; n++) expect(readCode(newCode())).not.toBeNull()
    expect(readCode(' k7q-x2m ')).toBe('K7QX2M')
    for (const bad of ['', 'K7QX2', 'K7QX2MM', 'K7QX20', 'K7QX2I', '../../', 'K7QX2\u0000', 'x'.repeat(10_000)]) expect(readCode(bad)).toBeNull()
  })

  test('[CODE-2] a token fits its own hash alone, and says whose it is', () => {
    const { id, token } = newSeatToken()
    expect(idOf(token)).toBe(id)
    expect(fits(token, hashOf(token))).toBe(true)
    expect(hashOf(token)).not.toContain(token)
    for (const other of ['', id, token.slice(1), `${token} `, newSeatToken().token]) expect(fits(other, hashOf(token))).toBe(false)
  })
})

describe('limits by address', () => {
  test('[LIMIT-1] so many in a window, by network; then anew', () => {
    const tally = new Tally(3, 1_000)
    for (let n = 0; n < 3; n++) { expect(tally.isOver('a', n)).toBe(false); tally.note('a', n) }
    expect(tally.isOver('a', 900)).toBe(true)
    expect(tally.isOver('b', 900)).toBe(false)
    expect(tally.isOver('a', 1_001)).toBe(false)
    expect(networkOf('::ffff:10.0.0.7')).toBe('10.0.0.7')
    expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:db8:1:2:bbbb::9'))
  })

  test('[LIMIT-2] a bucket lets a burst through, then a steady stream', () => {
    const bucket = new Bucket(5, 10, 0)
    expect(Array.from({ length: 7 }, () => bucket.take(0))).toEqual([true, true, true, true, true, false, false])
    expect([bucket.take(50), bucket.take(100), bucket.take(150)]).toEqual([false, true, false])
    expect(bucket.take(1_000_000)).toBe(true)
  })

  test('[LIMIT-3] what the libraries say is one line each, and few a minute', () => {
    const lines: string[] = []
    let now = 0
    const logger = quietLogger((line) => lines.push(line), () => now)
    for (let n = 0; n < 500; n++) logger.error(`broken frame ${n}\n    at somewhere`)
    expect(lines).toHaveLength(20)
    expect(lines[0]).toBe('broken frame 0\n')
    now = 60_001
    logger.warn('later')
    expect(lines.slice(20)).toEqual(['... and 480 more like it.\n', 'later\n'])
  })
})

const record = (clientSeq: number | null, author: string | null = 'host'): NewRecord => ({ round: 1, cluster: 0, author, clientSeq, body: { clientSeq } })

describe('the log of a class', () => {
  const open = async (change: Partial<Store> = {}): Promise<{ log: ClassLog; memory: Store; said: string[] }> => {
    const memory = memoryStore()
    await memory.createClass({ classId: 'CLASS2', createdAtMs: 1, hostSecretHash: '', body: {} })
    const said: string[] = []
    const log = new ClassLog({ ...memory, ...change }, 'CLASS2', 1, [], { failed: () => said.push('failed'), recovered: () => said.push('recovered'), lost: () => said.push('lost') })
    return { log, memory, said }
  }

  test('[LOG-1] what is asked for at once is one write, in order', async () => {
    const { log, memory } = await open()
    await Promise.all(Array.from({ length: 20 }, (_, n) => log.append([record(n + 1)])))
    expect((await memory.read('CLASS2')).map((one) => one.clientSeq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
    expect(log.nextSeq('host')).toBe(21)
    expect(log.nextSeq('student:x')).toBe(1)
    await expect(log.sent('host', 20)).resolves.toBeUndefined()
    expect(log.sent('host', 21)).toBeUndefined()
  })

  test('[LOG-2] what was refused may be sent again under its number, and leaves no gap', async () => {
    let full = true
    const memory = memoryStore()
    await memory.createClass({ classId: 'CLASS2', createdAtMs: 1, hostSecretHash: '', body: {} })
    const { log } = await open({ append: async (...args) => { if (full) throw new StoreError('overloaded', 'x'); return memory.append(...args) } })
    await expect(log.append([record(1)])).rejects.toBeInstanceOf(NotStored)
    expect(log.sent('host', 1)).toBeUndefined()
    full = false
    await log.append([record(1)])
    expect(await memory.lastSeq('CLASS2')).toBe(1)
  })

  test('[LOG-3] after a failure it asks the disk, and believes it, whichever way', async () => {
    for (const stored of [true, false]) {
      const memory = memoryStore()
      await memory.createClass({ classId: 'CLASS2', createdAtMs: 1, hostSecretHash: '', body: {} })
      let failures = 1
      const { log, said } = await open({ lastSeq: memory.lastSeq, append: async (...args) => {
        if (failures-- <= 0) return memory.append(...args)
        if (stored) await memory.append(...args)
        throw new StoreError('storage-failed', 'x')
      } })
      const outcome = await log.append([record(1)]).then(() => 'stored', () => 'not stored')
      expect(outcome).toBe(stored ? 'stored' : 'not stored')
      expect(said).toEqual(['failed', 'recovered'])
      await log.append([record(2)])
      expect((await memory.read('CLASS2')).map((one) => one.clientSeq)).toEqual(stored ? [1, 2] : [2])
    }
  })

  test('[LOG-4] an older owner stops for good', async () => {
    const { log, memory, said } = await open()
    await memory.claim('CLASS2')
    await expect(log.append([record(1)])).rejects.toBeInstanceOf(NotStored)
    await expect(log.append([record(2)])).rejects.toBeInstanceOf(NotStored)
    expect(said).toEqual(['lost'])
    await log.close()
  })
})

describe('addresses', () => {
  test('[ADDRESS-1] those that a classroom reaches come first', () => {
    const at = (address: string, family: 'IPv4' | 'IPv6' = 'IPv4', internal = false): NetworkInterfaceInfo[] =>
      [family === 'IPv4' ? { address, family, internal, netmask: '', mac: '', cidr: null } : { address, family, internal, netmask: '', mac: '', cidr: null, scopeid: 0 }]
    const interfaces = { lo: at('127.0.0.1', 'IPv4', true), docker0: at('172.17.0.1'), eth1: at('169.254.3.4'), eth0: at('10.1.2.3'), wlan0: at('192.168.1.7'), six: at('fe80::1', 'IPv6') }
    expect(reachableHosts('0.0.0.0', interfaces)).toEqual(['192.168.1.7', '10.1.2.3', '172.17.0.1', '169.254.3.4'])
  })
})

describe('what may reach a socket of a room', () => {
  test('[LINE-1] frames as our pages send them, and no others', () => {
    const frame = (...bytes: number[]) => new Uint8Array(bytes)
    const act = [0xa3, 0x61, 0x63, 0x74]
    for (const good of [frame(10), frame(12), frame(18), frame(13, ...act), frame(13, ...act, 0x81, 0xa1, 0x6e, 1)]) expect(isPageFrame(good)).toBe(true)
    const bad = [frame(), frame(11), frame(13), frame(13, 0x07), frame(13, 0xa3, 0x61), frame(13, 0xa1, 0xff), frame(13, 0xa1, 0x0a), frame(13, 0xd9, 0x61), frame(17, ...act), frame(21, 1, ...act), frame(10 + 32), frame(255)]
    for (const other of bad) expect(isPageFrame(other)).toBe(false)
    for (const other of ['act', null, undefined, [13, ...act]]) expect(isPageFrame(other)).toBe(false)
  })
})
