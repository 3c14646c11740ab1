import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PENDING_CALLS_MAX } from '../../../server/store/limits.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { aClass, anInput, aWatermark, expectRefusal } from './contract.ts'
import { temporaryFolder } from './folder.ts'

let folder: string
beforeEach(() => { folder = temporaryFolder() })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const wide = (clientSeq: number) => ({ ...anInput(clientSeq), body: { text: 'x'.repeat(20_000) } })

describe('the SQLite store', () => {
  test('[STORE-30] what arrives while a write is out is one group', async () => {
    const store = await openSqliteStore({ folder })
    await store.createClass(aClass('C'))
    const before = store.counts()
    await Promise.all(Array.from({ length: 100 }, (_, index) => store.append('C', 1, index + 1, [anInput(index)])))
    const after = store.counts()
    expect(after.calls - before.calls).toBe(100)
    expect(after.groups - before.groups).toBe(2) // the first alone, the other 99 together
    await store.close()
  })

  test('[STORE-31] classes, epochs and inputs outlive the process: a retry after reopening is refused', async () => {
    const first = await openSqliteStore({ folder })
    await first.createClass(aClass('C'))
    await first.claim('C')
    await first.append('C', 2, 1, [anInput(1), aWatermark(250)])
    await first.close()
    const second = await openSqliteStore({ folder })
    expect((await second.openClasses()).map(({ classId }) => classId)).toEqual(['C'])
    await expectRefusal(second.append('C', 1, 3, [anInput(2)]), 'stale-owner')
    await expectRefusal(second.append('C', 2, 3, [anInput(1)]), 'duplicate-input')
    expect(await second.append('C', 2, 3, [anInput(2)])).toEqual({ lastSeq: 3 })
    await second.close()
  })

  test('[STORE-32] a folder that cannot be made or written is refused at once in one line', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const opening = openSqliteStore({ folder: join(file, 'data') })
    await expectRefusal(opening, 'storage-failed')
    await expect(opening).rejects.toThrow(/^The data folder .* cannot be used: [^\n]*$/)
    mkdirSync(join(folder, 'netsplit.sqlite'))
    await expectRefusal(openSqliteStore({ folder }), 'storage-failed')
    // Linux answers ENOENT here although the parent exists, and a recursive mkdir would go round in circles.
    await expectRefusal(openSqliteStore({ folder: join('/proc', 'nowhere', 'data') }), 'storage-failed')
  })

  test('[STORE-33] the same folder twice in one process is refused, and free again after close', async () => {
    const store = await openSqliteStore({ folder })
    await expectRefusal(openSqliteStore({ folder }), 'in-use')
    await store.close()
    const again = await openSqliteStore({ folder })
    expect(await again.openClasses()).toEqual([])
    await again.close()
  })

  test('[STORE-34] a mark left by a dead process with a number that is in use again does not block', async () => {
    for (const mark of [`${process.pid}\nan earlier start\n`, 'torn']) {
      writeFileSync(join(folder, 'netsplit.lock'), mark)
      const store = await openSqliteStore({ folder })
      expect(await store.openClasses()).toEqual([])
      await store.close()
    }
  })

  test('[STORE-35] a full disk refuses writes, loses nothing, and is forgotten when there is room again', async () => {
    const store = await openSqliteStore({ folder, databaseBytesMax: 400_000 })
    await store.createClass(aClass('C'))
    await store.createClass(aClass('BIG'))
    await store.append('BIG', 1, 1, Array.from({ length: 10 }, (_, index) => wide(index)))
    await store.append('C', 1, 1, [anInput(1)])
    await expectRefusal(store.append('C', 1, 2, Array.from({ length: 20 }, (_, index) => wide(100 + index))), 'storage-failed')
    expect(await store.lastSeq('C')).toBe(1)
    expect(await store.lastSeq('BIG')).toBe(10)
    await store.deleteClass('BIG', 1)
    expect(await store.append('C', 1, 2, Array.from({ length: 8 }, (_, index) => wide(100 + index)))).toEqual({ lastSeq: 9 })
    await store.close()
  })

  test('[STORE-36] a damaged file is named, and the store works again once it is put back', async () => {
    const first = await openSqliteStore({ folder })
    await first.createClass(aClass('C'))
    await first.close()
    const file = join(folder, 'netsplit.sqlite')
    const good = readFileSync(file)
    writeFileSync(file, Buffer.alloc(good.length, 0xa5))
    const opening = openSqliteStore({ folder })
    await expectRefusal(opening, 'storage-failed')
    await expect(opening).rejects.toThrow('netsplit.sqlite')
    writeFileSync(file, good)
    const second = await openSqliteStore({ folder })
    expect(await second.lastSeq('C')).toBe(0)
    await second.close()
  })

  test('[STORE-37] a worker that dies rejects what is pending, and the next call starts another', async () => {
    const workers: Worker[] = []
    const note = (worker: Worker) => { workers.push(worker) }
    process.on('worker', note)
    try {
      const store = await openSqliteStore({ folder })
      await store.createClass(aClass('C'))
      await store.append('C', 1, 1, [anInput(1)])
      const pending = Promise.allSettled(Array.from({ length: 50 }, (_, index) => store.append('C', 1, index + 2, [anInput(index + 2)])))
      const terminated = workers[0]?.terminate()
      const answers = await pending
      await terminated
      expect(answers.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'storage-failed' } })
      const acknowledged = answers.filter(({ status }) => status === 'fulfilled').length
      const last = await store.lastSeq('C')
      expect(last).toBeGreaterThanOrEqual(1 + acknowledged)
      expect(await store.append('C', 1, last + 1, [anInput(1_000)])).toEqual({ lastSeq: last + 1 })
      expect(workers).toHaveLength(2)
      await store.close()
    } finally {
      process.off('worker', note)
    }
  })

  test('[STORE-38] what may wait is bounded: one more is refused and nothing of it stored', async () => {
    const store = await openSqliteStore({ folder })
    await store.createClass(aClass('C'))
    const answers = await Promise.allSettled(Array.from({ length: PENDING_CALLS_MAX + 1 }, (_, index) => store.append('C', 1, index + 1, [anInput(index)])))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(PENDING_CALLS_MAX)
    expect(answers.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'overloaded' } })
    expect(await store.lastSeq('C')).toBe(PENDING_CALLS_MAX)
    const big = { ...anInput(-1), body: 'x'.repeat(33 * 1024 * 1024) }
    await expectRefusal(store.append('C', 1, PENDING_CALLS_MAX + 1, [big]), 'overloaded')
    await store.append('C', 1, PENDING_CALLS_MAX + 1, [anInput(-1)])
    await store.close()
  })

  test('[STORE-39] a mistake in one append fails that one alone', async () => {
    const store = await openSqliteStore({ folder })
    await store.createClass(aClass('C'))
    const answers = await Promise.allSettled([
      store.lastSeq('C'), // sent alone, so that the next three make one group
      store.append('C', 1, 1, [anInput(1)]), store.append('C', 1, 2, [{ ...anInput(2), round: 1.5 }]), store.append('C', 1, 2, [anInput(3)]),
    ])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    await store.close()
  })

  test('[STORE-40] a file of a newer version is left alone and said to be so', async () => {
    const file = join(folder, 'netsplit.sqlite')
    const db = new DatabaseSync(file)
    db.exec('PRAGMA user_version = 99')
    db.close()
    await expect(openSqliteStore({ folder })).rejects.toThrow(/newer version of Netsplit/)
    renameSync(file, join(folder, 'newer.sqlite'))
    await (await openSqliteStore({ folder })).close()
  })

  test('[STORE-41] what is deleted is gone from the files too', async () => {
    const store = await openSqliteStore({ folder })
    await store.createClass({ ...aClass('C'), body: { names: ['Zebulon Quartermain'] } })
    const files = () => Buffer.concat(['netsplit.sqlite', 'netsplit.sqlite-wal'].map((name) => readFileSync(join(folder, name)))).toString('latin1')
    expect(files()).toContain('Zebulon')
    await store.deleteClass('C', 1)
    expect(files()).not.toContain('Zebulon')
    await store.close()
  })
})
