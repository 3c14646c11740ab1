/** Calls that may wait for the disk at once; one more is refused with 'overloaded'. */
export const PENDING_CALLS_MAX = 4_096

/** Characters of JSON (bytes of facts) that may wait for the disk at once. */
export const PENDING_BYTES_MAX = 32 * 1024 * 1024

/** How long SQLite waits for a lock that an outside program, a backup say, holds on the file. */
export const BUSY_TIMEOUT_MS = 2_000
