import { rmSync } from 'node:fs'
import { afterAll } from 'vitest'
import { memoryStore } from '../../../server/store/memory.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { storeContract } from './contract.ts'
import { temporaryFolder } from './folder.ts'

const folders: string[] = []
afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }) })

storeContract('memory', async () => memoryStore())
storeContract('SQLite', () => {
  const folder = temporaryFolder()
  folders.push(folder)
  return openSqliteStore({ folder })
})
