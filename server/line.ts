import type { Server } from 'node:http'
import { Protocol } from '@colyseus/core'

/**
 * What may reach the rooms' sockets: exactly what our pages send. Everything else is turned away before a library tries to make
 * sense of it, and prints or remembers something for whoever sends it.
 */

/** `/<process>/<class code>?sessionId=...`, as the SDK asks for it. */
const ROOM_PATH = /^\/[\w-]{1,30}\/[2-9A-Z]{6}\?(?=(?:.*&)?sessionId=[\w-]{9,30}(?:&|$))[\w=&.%-]{1,300}$/
/** First byte of a MessagePack text of up to 31 bytes: a message's type is one. */
const TEXT_FIRST = 0xa0
const TEXT_LENGTH_MAX = 31

/** Lets only upgrades into a class pass to those who listen for them now. */
export function guardUpgrades(http: Server): void {
  const listeners = http.listeners('upgrade')
  http.removeAllListeners('upgrade')
  http.on('upgrade', (request, socket, head) => {
    if (!ROOM_PATH.test(request.url ?? '')) {
      socket.on('error', () => socket.destroy())
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    for (const listener of listeners) listener.call(http, request, socket, head)
  })
}

/** Whether these bytes begin as a frame of our pages does: joined, leaving, a beat, or a message with its type in plain letters. */
export function isPageFrame(bytes: unknown): boolean {
  if (!(bytes instanceof Uint8Array)) return false
  switch (bytes[0]) {
    case Protocol.JOIN_ROOM: case Protocol.LEAVE_ROOM: case Protocol.PING: return true
    case Protocol.ROOM_DATA: {
      const length = (bytes[1] ?? 0) - TEXT_FIRST
      if (length < 0 || length > TEXT_LENGTH_MAX || bytes.length < 2 + length) return false
      return bytes.subarray(2, 2 + length).every((byte) => byte >= 0x20 && byte < 0x7f)
    }
    default: return false
  }
}
