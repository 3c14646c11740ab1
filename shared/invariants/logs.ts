import type { FactNo, Json, NodeId } from '../sim/types.ts'
import { keptSince } from './disks.ts'
import type { Disk, Written } from './disks.ts'
import { EMPTY_LOG, cutTo, extended, newLogTree } from './log-tree.ts'
import type { LogTree } from './log-tree.ts'

/** An entry of a replicated log. Its index is its place in the log, from 1. */
export interface LogEntry extends Written { term: number; command: Json }

/** A node's whole log as its disk has it: shown when a write is done, and when a node starts with a log. One whose beginning gave way to a snapshot cannot be shown. */
export type DiskLog = Disk<LogEntry>

/** A leader decides that the entry of this index and term, and all before it, are committed. Who does not lead decides no such thing. */
export interface Committed { node: NodeId; index: number; term: number }

/** A node carries out a command as the one of this index. */
export interface Applied { node: NodeId; index: number; command: Json }

/** The logs on all disks, as far as facts have shown them. Nothing is known of a disk before its first fact. */
export interface DiskLogs { tree: LogTree; disks: { [node: NodeId]: { log: number; seen: number; fact: FactNo } } }

export const watchDisks = (): DiskLogs => ({ tree: newLogTree(), disks: {} })

/** Takes note of what a disk has now. Logarithmic in the log, and constant for each new entry. */
export function noteDisk(logs: DiskLogs, { node, entries }: DiskLog, fact: FactNo): void {
  const { log: before, seen } = logs.disks[node] ?? { log: EMPTY_LOG, seen: 0 }
  const kept = keptSince(entries, seen)
  let log = cutTo(logs.tree, before, kept)
  for (const { term } of entries.slice(kept)) log = extended(logs.tree, log, term)
  logs.disks[node] = { log, seen: entries.at(-1)?.written ?? 0, fact }
}
