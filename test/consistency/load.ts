import type { History, Operation, Status } from '../../shared/consistency/history.ts'
import type { Json } from '../../shared/sim/json.ts'

/** A `history/1` file, read without any check: for files that are known to be right. */
export function loadHistory(text: string): History {
  const { model, ops } = JSON.parse(text) as {
    model: History['model']
    ops: { id: number; client: number; f: string; key?: string; arg?: Json; status: Status; call: number; ret: number | null; result?: Json }[]
  }
  const operations = ops.map(({ id, client, f, key, arg, status, call, ret, result }): Operation => ({ id, client, f, key: key ?? null, arg: arg ?? null, status, call, ret, result }))
  return { model, operations: operations.sort((a, b) => a.call - b.call) }
}
