import type { Json } from '../sim/json.ts'

/** `fail`: it certainly had no effect. `info`: nobody knows; it may take effect at any time after its call, or never. */
export type Status = 'ok' | 'fail' | 'info'

/**
 * One operation of a client on an object. `call` and `ret` are positions in one total order of events, each used once: A ends
 * before B begins exactly when `A.ret < B.call` (Herlihy and Wing, "Linearizability", 1990).
 */
export interface Operation {
  /** Its number in the history, unique. */
  id: number
  client: number
  /** What is done, one of the model's operations, e.g. `write`. */
  f: string
  /** Which object; null in a history of one object. */
  key: string | null
  /** Null when the operation takes none. */
  arg: Json
  status: Status
  call: number
  /** Null when it was never answered (`info`). */
  ret: number | null
  /** What was answered; undefined: any answer is allowed. */
  result: Json | undefined
  /** When it was called and answered in ms, where that is known: for sentences and drawings, never for the verdict. */
  atMs?: readonly [call: number, ret: number | null]
}

/** Operations in the order of their calls, with the name of the object's model and its state at the start. */
export interface History { model: { type: string; init: Json }; operations: readonly Operation[] }
