import { rmSync } from 'node:fs'
import { afterAll } from 'vitest'
import { memoryStore } from '../../../server/store/memory.ts'
import { openSqliteStore } from '../../../server/store/sqlite.ts'
import { storeWithoutEpochs, storeWithoutIdentity } from './broken.ts'
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

// The contract can fail: broken stores break exactly these promises, and keep the others.
storeContract('without the epoch check', async () => storeWithoutEpochs(), ['STORE-4', 'STORE-7', 'STORE-15'])
storeContract('without the identity of inputs', async () => storeWithoutIdentity(), ['STORE-6', 'STORE-7', 'STORE-15'])
