import { DatabaseSync } from 'node:sqlite'
import { BUSY_TIMEOUT_MS } from './limits.ts'

/**
 * One entry a version, never changed once released; PRAGMA user_version counts those applied.
 * A record's input is unique in its class, which is what makes a client's retry harmless.
 */
const migrations: readonly string[] = [
  `CREATE TABLE classes (
     class_id TEXT PRIMARY KEY, created_at_ms INTEGER NOT NULL, host_secret_hash TEXT NOT NULL,
     body TEXT NOT NULL, owner_epoch INTEGER NOT NULL, closed_at_ms INTEGER
   ) STRICT;
   CREATE TABLE records (
     class_id TEXT NOT NULL REFERENCES classes ON DELETE CASCADE, seq INTEGER NOT NULL,
     round INTEGER NOT NULL, cluster INTEGER, author TEXT, client_seq INTEGER, body TEXT NOT NULL,
     PRIMARY KEY (class_id, seq)
   ) STRICT;
   CREATE INDEX records_of_round ON records (class_id, round, seq);
   CREATE UNIQUE INDEX records_input ON records (class_id, author, client_seq)
     WHERE author IS NOT NULL AND client_seq IS NOT NULL;
   CREATE TABLE recordings (
     recording_id TEXT PRIMARY KEY, class_id TEXT NOT NULL REFERENCES classes ON DELETE CASCADE,
     round INTEGER NOT NULL, cluster INTEGER NOT NULL, header TEXT NOT NULL, facts BLOB,
     UNIQUE (class_id, round, cluster)
   ) STRICT;`,
]

/**
 * Opens the file, or makes it, at the newest version of the schema.
 * `locking_mode = EXCLUSIVE` lets the operating system keep a second process out, and frees the file on `kill -9`.
 * `synchronous = FULL` makes a commit wait for the disk; `secure_delete` overwrites names that were deleted.
 * Throws what SQLite throws, and an Error for a file of a newer version.
 */
export function openDatabase(file: string, databaseBytesMax: number | null): DatabaseSync {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: BUSY_TIMEOUT_MS })
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
    if (databaseBytesMax !== null) {
      const pageBytes = Number(db.prepare('PRAGMA page_size').get()?.['page_size'])
      db.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(databaseBytesMax / pageBytes))}`)
    }
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function migrate(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE')
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > migrations.length) throw new Error('its data was written by a newer version of Netsplit.')
  for (const migration of migrations.slice(version)) db.exec(migration)
  db.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`)
}
