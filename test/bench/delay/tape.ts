import type { Frame } from './bare-page.ts'

const CHUNK_BYTES = 64 * 1024 * 1024
/** Before the bytes of a frame: whose it is, how long, when it came and how much too late that may be. */
const HEAD_BYTES = 20

/**
 * Frames as they came, of all pages of this process, to be read when all is over. They lie in a few large buffers, so that the garbage collector has
 * nothing to move: its pauses would be measured as if they were the server's.
 */
export class Tape {
  readonly #chunks: Buffer[] = [Buffer.allocUnsafeSlow(CHUNK_BYTES)]
  #at = 0

  add(page: number, { atMs, doubtMs, bytes }: Frame): void {
    let chunk = this.#chunks.at(-1)
    if (chunk === undefined || this.#at + HEAD_BYTES + bytes.length > CHUNK_BYTES) {
      chunk?.fill(0, this.#at)
      chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES)
      this.#chunks.push(chunk)
      this.#at = 0
    }
    chunk.writeUInt32BE(page, this.#at)
    chunk.writeUInt32BE(bytes.length, this.#at + 4)
    chunk.writeDoubleBE(atMs, this.#at + 8)
    chunk.writeFloatBE(doubtMs, this.#at + 16)
    bytes.copy(chunk, this.#at + HEAD_BYTES)
    this.#at += HEAD_BYTES + bytes.length
  }

  /** All frames in the order in which they came. Their bytes are the tape's own. */
  *frames(): Generator<{ page: number; frame: Frame }> {
    for (const chunk of this.#chunks) {
      const end = chunk === this.#chunks.at(-1) ? this.#at : CHUNK_BYTES
      for (let at = 0; at + HEAD_BYTES <= end;) {
        const length = chunk.readUInt32BE(at + 4)
        if (length === 0) break
        const bytes = chunk.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length)
        yield { page: chunk.readUInt32BE(at), frame: { atMs: chunk.readDoubleBE(at + 8), doubtMs: chunk.readFloatBE(at + 16), bytes } }
        at += HEAD_BYTES + length
      }
    }
  }
}
