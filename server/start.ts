import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { defineRoom, defineServer, matchMaker } from '@colyseus/core'
import { MESSAGE_BYTES_MAX } from '../shared/wire/messages.ts'
import { app } from './app.ts'
import { ClassRoom } from './class-room.ts'
import { Classes, ROOM } from './classes.ts'
import { guardUpgrades } from './line.ts'
import { quietLogger } from './quiet.ts'
import { openSqliteStore } from './store/sqlite.ts'
import type { Store } from './store/types.ts'
import { PulsedTransport } from './transport.ts'

/** A student who is gone gives way to the bot after so long. */
const DROP_MS = 10_000
const REQUEST_TIMEOUT_MS = 20_000
const DIST = fileURLToPath(new URL('../dist', import.meta.url))

export interface StartOptions {
  /** 0 for any that is free. */
  port: number
  host: string
  /** Where the data is kept; not looked at when `store` is given. */
  folder: string
  store?: Store
  dropMs?: number
  /** The built pages. */
  dist?: string
}

export interface Running {
  port: number
  /** How many classes were brought back. */
  restored: number
  /** Ends all lines, writes down what waits, and lets the data folder go. */
  close(): Promise<void>
}

/**
 * Serves everything on one port: pages, HTTP and rooms. Classes that were open are brought back before anybody can connect. Rejects
 * with the system's error when the port cannot be had, and with `StoreError` when the folder cannot be used. One a process at a time.
 */
export async function startServer(options: StartOptions): Promise<Running> {
  const store = options.store ?? await openSqliteStore({ folder: options.folder })
  const http = createServer({ requestTimeout: REQUEST_TIMEOUT_MS })
  const classes = new Classes(store, { now: () => performance.now(), dropMs: options.dropMs ?? DROP_MS })
  const server = defineServer({
    rooms: { [ROOM]: defineRoom(ClassRoom) }, greet: false, gracefullyShutdown: false,
    logger: quietLogger((line) => process.stderr.write(line), () => performance.now()),
    transport: new PulsedTransport({ server: http, maxPayload: MESSAGE_BYTES_MAX }),
  })
  guardUpgrades(http)
  const close = async (): Promise<void> => {
    classes.dispose()
    await server.gracefullyShutdown(false)
    http.closeAllConnections()
    await store.close()
  }
  try {
    await matchMaker.onReady
    const restored = await classes.restoreAll()
    await matchMaker.accept()
    // Nothing of Colyseus answers HTTP: its routes allow every origin, and its door would pass ours by.
    http.on('request', app(classes, store, options.dist ?? DIST, options.host))
    return { port: await listen(http, options.port, options.host), restored, close }
  } catch (error) {
    await close()
    throw error
  }
}

function listen(http: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    // The transport would print a port in use as an accident; it is the caller's to say.
    http.removeAllListeners('error')
    http.once('error', reject)
    http.listen(port, host, () => {
      http.off('error', reject)
      http.on('error', (error) => process.stderr.write(`The server's port: ${error.message}\n`))
      const address = http.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
