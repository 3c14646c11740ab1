import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StoreError } from './types.ts'

/** A process is its number and the moment it started, because numbers come round again, in containers at every start. */
interface Holder { readonly pid: number; readonly startedAt: string | null }

const heldHere = new Set<string>()

/** When a process started, in the kernel's words; null where the system does not say (anything but Linux). */
function startOf(pid: number): string | null {
  try {
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name may hold spaces and brackets, so count from the last bracket: field 22 is the start time.
    return `${bootId}:${status.slice(status.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' // alive, and somebody else's
  }
}

function readHolder(file: string): Holder | null {
  try {
    const [pid, startedAt] = readFileSync(file, 'utf8').split('\n')
    return Number.isInteger(Number(pid)) && Number(pid) > 0 ? { pid: Number(pid), startedAt: startedAt ? startedAt : null } : null
  } catch {
    return null
  }
}

function holds({ pid, startedAt }: Holder, file: string): boolean {
  if (!isAlive(pid)) return false
  const now = startOf(pid)
  if (startedAt !== null && now !== null) return startedAt === now
  return pid !== process.pid || heldHere.has(file)
}

/**
 * Marks the folder as this process's own, and returns what gives it back. A mark left by `kill -9` is taken over.
 * It is there for the clear message; against a race of two starters SQLite's own lock on the file stands behind it.
 * Throws `StoreError` 'in-use', or what the file system throws.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'netsplit.lock')
  const mine = `${process.pid}\n${startOf(process.pid) ?? ''}\n`
  const holder = readHolder(file)
  if (holder !== null && holds(holder, file)) {
    throw new StoreError('in-use', `The data folder ${folder} is in use by another Netsplit, process ${holder.pid}.`)
  }
  writeFileSync(file, mine)
  heldHere.add(file)
  return () => {
    heldHere.delete(file)
    if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true })
  }
}
