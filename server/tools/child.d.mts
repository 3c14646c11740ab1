import type { SpawnOptions } from 'node:child_process'

/** Runs a program on the pinned Node with this terminal and passes signals on. Returns a promise of its exit code. */
export function runOnPinnedNode(args: readonly string[], options?: SpawnOptions): Promise<number>

/** Options of Node itself for a process that serves classes. */
export const serverFlags: readonly string[]
