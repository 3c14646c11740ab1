/**
 * Keeps every frame that any page of this process is sent, as bytes, before anything reads them. To be imported before the SDK,
 * which takes the WebSocket of the global object when it is loaded.
 */
const frames = new Map<string, Uint8Array[]>()

class ListeningSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols)
    const kept: Uint8Array[] = []
    frames.set(new URL(url).searchParams.get('sessionId') ?? '', kept)
    this.addEventListener('message', ({ data }) => {
      if (data instanceof ArrayBuffer) kept.push(new Uint8Array(data.slice(0)))
      else if (typeof data === 'string') kept.push(new TextEncoder().encode(data))
    })
  }
}
globalThis.WebSocket = ListeningSocket

/** All frames that the page with this session was sent. */
export function framesOf(sessionId: string): readonly Uint8Array[] {
  return frames.get(sessionId) ?? []
}

/** Frames as text, byte by byte: names and words in them can be looked for. */
export function textOf(sent: readonly Uint8Array[]): string {
  return sent.map((frame) => Buffer.from(frame).toString('latin1')).join('\n')
}
