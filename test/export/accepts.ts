import { Keyword, readEdn, textOf } from './edn-reader.ts'
import type { Edn } from './edn-reader.ts'

/**
 * What Jepsen's libraries demand of a history, said anew: jepsen.history (dense indices, times, which completion belongs to which
 * invocation), knossos.history (a process does one thing at a time, a failure has the value of its call, a process that got `:info` never
 * comes back), jepsen's generator (a client goes on as a process with the same number modulo the clients), and what Knossos' models and
 * Elle's rw-register make of `:f` and `:value`. Each complaint names its line, from 1.
 */

interface Op { line: number; index: Edn; type: string; process: Edn; f: string; value: Edn; time: Edn }
type Complain = (line: number, what: string) => void

const nameOf = (value: Edn | undefined): string => (value instanceof Keyword ? value.name : '?')

function opsOf(text: string, complain: Complain): Op[] {
  if (!text.endsWith('\n')) complain(0, 'the last line has no end')
  return text.trimEnd().split('\n').flatMap((line, at): Op[] => {
    let map: Edn
    try { map = readEdn(line) } catch (error) {
      complain(at + 1, `unreadable: ${String(error)}`)
      return []
    }
    if (!(map instanceof Map)) { complain(at + 1, 'no map'); return [] }
    for (const key of [':index', ':type', ':process', ':f', ':value', ':time']) if (!map.has(key)) complain(at + 1, `no ${key}`)
    const get = (key: string): Edn => map.get(key) ?? null
    return [{ line: at + 1, index: get(':index'), type: nameOf(get(':type')), process: get(':process'), f: nameOf(get(':f')), value: get(':value'), time: get(':time') }]
  })
}

/** Complaints of jepsen.history and knossos.history. `clients`: how many there are. */
export function historyComplaints(text: string, clients: number): string[] {
  const complaints: string[] = []
  const complain: Complain = (line, what) => { complaints.push(`line ${line}: ${what}`) }
  const running = new Map<number, Op>()
  const dead = new Set<number>()
  let lastTime = 0
  let nemesis: Op | null = null
  for (const [at, op] of opsOf(text, complain).entries()) {
    const { line, index, type, process, value, time, f } = op
    if (index !== at) complain(line, `:index ${textOf(index)} at place ${at}`)
    if (typeof time !== 'number' || !Number.isSafeInteger(time) || time < lastTime) complain(line, `:time ${textOf(time)} after ${lastTime}`)
    else lastTime = time
    if (process instanceof Keyword) {
      if (process.name !== 'nemesis' || type !== 'info') complain(line, 'a process that is no number must be the nemesis, with :info')
      if (nemesis !== null && nemesis.f !== f) complain(line, `the nemesis has not done ${nemesis.f} yet`)
      nemesis = nemesis === null ? op : null
      continue
    }
    if (typeof process !== 'number' || !Number.isSafeInteger(process) || process < 0) { complain(line, `:process ${textOf(process)}`); continue }
    if (dead.has(process)) complain(line, `process ${process} is dead`)
    const call = running.get(process)
    if (type === 'invoke') {
      if (call !== undefined) complain(line, `process ${process} is busy`)
      if (process >= clients && !dead.has(process - clients)) complain(line, `process ${process} begins before ${process - clients} has died`)
      running.set(process, op)
      continue
    }
    if (!['ok', 'fail', 'info'].includes(type)) complain(line, `:type ${type}`)
    if (call === undefined) { complain(line, `process ${process} completes what it has not begun`); continue }
    running.delete(process)
    if (call.f !== f) complain(line, `:f ${f} completes ${call.f}`)
    if (type !== 'ok' && textOf(call.value) !== textOf(value)) complain(line, `${type} with ${textOf(value)} completes ${textOf(call.value)}`)
    if (type === 'info') dead.add(process)
  }
  if (nemesis !== null) complain(0, `the nemesis has not done ${nemesis.f}`)
  for (const { line } of running.values()) complain(line, 'has no completion')
  return complaints
}

/** Complaints of Knossos' cas-register about calls and answers. `keyed`: values are `[key value]`. */
export function registerComplaints(text: string, keyed: boolean): string[] {
  const complaints: string[] = []
  const complain: Complain = (line, what) => { complaints.push(`line ${line}: ${what}`) }
  const calls = new Map<string, Op>()
  for (const op of opsOf(text, complain)) {
    if (op.process instanceof Keyword) continue
    if (keyed && !(Array.isArray(op.value) && op.value.length === 2 && typeof op.value[0] === 'string')) { complain(op.line, 'no key'); continue }
    const value = keyed ? (op.value as Edn[])[1] ?? null : op.value
    if (op.f === 'cas' ? !(Array.isArray(value) && value.length === 2) : op.f === 'write' ? value === null || Array.isArray(value) : op.f !== 'read' || Array.isArray(value)) complain(op.line, `${op.f} of ${textOf(value)}`)
    if (op.type === 'invoke') {
      if (op.f === 'read' && value !== null) complain(op.line, 'a read that knows its answer')
      calls.set(textOf(op.process), op)
    } else {
      const call = calls.get(textOf(op.process))
      if (op.f !== 'read' && call !== undefined && textOf(call.value) !== textOf(op.value)) complain(op.line, `done with ${textOf(op.value)}, called with ${textOf(call.value)}`)
      if (keyed && call !== undefined && textOf((call.value as Edn[])[0] ?? null) !== textOf((op.value as Edn[])[0] ?? null)) complain(op.line, 'another key')
    }
  }
  return complaints
}

/** Complaints of Elle's rw-register: micro-operations, one sort of key, and every write of a key a value of its own. */
export function transactionComplaints(text: string): string[] {
  const complaints: string[] = []
  const complain: Complain = (line, what) => { complaints.push(`line ${line}: ${what}`) }
  const written = new Set<string>()
  const calls = new Map<string, Edn[]>()
  for (const { line, process, type, f, value } of opsOf(text, complain)) {
    if (process instanceof Keyword) continue
    if (f !== 'txn' || !Array.isArray(value) || value.length === 0) { complain(line, 'no transaction'); continue }
    for (const step of value) {
      if (!Array.isArray(step) || step.length !== 3 || !['r', 'w'].includes(nameOf(step[0])) || typeof step[1] !== 'string') { complain(line, `the step ${textOf(step)}`); continue }
      if (type === 'invoke' && nameOf(step[0]) === 'r' && step[2] !== null) complain(line, 'a read that knows its answer')
      if (nameOf(step[0]) === 'w' && step[2] === null) complain(line, 'a write of nil, which is the start')
      if (type !== 'invoke' || nameOf(step[0]) !== 'w') continue
      if (written.has(textOf(step))) complain(line, `${textOf(step)} is written twice`)
      written.add(textOf(step))
    }
    const call = calls.get(textOf(process))
    if (type === 'invoke') calls.set(textOf(process), value)
    else if (call !== undefined && textOf(value.map(withoutRead)) !== textOf(call.map(withoutRead))) complain(line, `${textOf(value)} completes ${textOf(call)}`)
  }
  return complaints
}

const withoutRead = (step: Edn): Edn => (Array.isArray(step) && nameOf(step[0]) === 'r' ? step.slice(0, 2) : step)
