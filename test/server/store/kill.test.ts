import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import type { Store } from '../../../server/store/types.ts'
import { aClass, anInput, expectRefusal } from './contract.ts'
import { temporaryFolder } from './folder.ts'

const KILLS = 20
const APPENDER = fileURLToPath(new URL('./appender.ts', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = temporaryFolder()
  const store = await openSqliteStore({ folder })
  await store.createClass(aClass('C'))
  await store.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs an appender, kills it once it has acknowledged so many records, and says which it acknowledged last. */
async function appendUntilKilled(acknowledgedMin: number): Promise<number> {
  const child = spawn(process.execPath, [APPENDER, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  let text = ''
  let start: number | null = null
  const acknowledged = () => Number(text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1)?.replace('from ', '') ?? 0)
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
    start ??= acknowledged()
    if (acknowledged() >= start + acknowledgedMin) child.kill('SIGKILL')
  })
  await closed
  return acknowledged()
}

/** Every record that is there must be whole and in its place. */
async function expectWhole(store: Store, atLeast: number): Promise<void> {
  const records = await store.read('C')
  expect(records.length).toBeGreaterThanOrEqual(atLeast)
  for (const [index, { seq, body }] of records.entries()) {
    expect(seq).toBe(index + 1)
    expect(body).toEqual({ seq, text: 'x'.repeat(seq % 500) })
  }
}

describe('a process killed in the middle of appends', () => {
  test(`[STORE-20] loses no acknowledged record in ${KILLS} kills, and does not block the next start`, async () => {
    let before = 0
    for (let kill = 0; kill < KILLS; kill += 1) {
      const acknowledged = await appendUntilKilled(1 + (kill * 13) % 60)
      expect(acknowledged).toBeGreaterThan(before)
      before = acknowledged
    }
    const store = await openSqliteStore({ folder })
    await expectWhole(store, before)
    await store.close()
  }, 60_000)

  test('[STORE-21] a torn end of the log costs the torn record and nothing before it', async () => {
    const acknowledged = await appendUntilKilled(50)
    const log = join(folder, 'netsplit.sqlite-wal')
    truncateSync(log, statSync(log).size - 100)
    appendFileSync(log, Buffer.alloc(60, 0xa5))
    const store = await openSqliteStore({ folder })
    // The groups in flight at the kill and the torn one: at most two groups of four appends and what they overlap.
    await expectWhole(store, acknowledged - 8)
    const { ownerEpoch } = await store.claim('C')
    const next = await store.lastSeq('C') + 1
    const record = { ...anInput(next, 'host'), body: { seq: next, text: 'x'.repeat(next % 500) } }
    expect(await store.append('C', ownerEpoch, next, [record])).toEqual({ lastSeq: next })
    await store.close()
    const again = await openSqliteStore({ folder })
    await expectWhole(again, next)
    await again.close()
  }, 20_000)

  test('[STORE-22] another live process in the folder is refused, with its number', async () => {
    const child = spawn(process.execPath, [APPENDER, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    const closed = once(child, 'close')
    try {
      await once(child.stdout, 'data')
      await expectRefusal(openSqliteStore({ folder }), 'in-use')
      await expect(openSqliteStore({ folder })).rejects.toThrow(`process ${child.pid}`)
      // Without the mark, as in two starts at the same moment, SQLite's own lock still keeps the second one out.
      rmSync(join(folder, 'netsplit.lock'))
      await expectRefusal(openSqliteStore({ folder }), 'in-use')
    } finally {
      child.kill('SIGKILL')
      await closed
    }
    const store = await openSqliteStore({ folder })
    await expectWhole(store, 1)
    await store.close()
  }, 20_000)
})
