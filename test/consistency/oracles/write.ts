import type { History, Operation } from '../../../shared/consistency/history.ts'

/**
 * A history from lines such as `c1 w x 1` and `c2 r x 1`, one operation after the other; `w?` is a write that was never answered. Registers begin with 0.
 */
export function written(...lines: readonly string[]): History {
  const operations = lines.map((line, id): Operation => {
    const [client, f, key, value] = line.split(' ')
    const read = f === 'r', lost = f === 'w?'
    return { id, client: Number(client!.slice(1)), f: read ? 'read' : 'write', key: key!, arg: read ? null : Number(value), status: lost ? 'info' : 'ok', call: 2 * id, ret: lost ? null : 2 * id + 1, result: read ? Number(value) : undefined }
  })
  return { model: { type: 'register', init: 0 }, operations }
}
