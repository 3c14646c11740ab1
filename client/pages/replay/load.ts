import { config } from 'zod'
import { RECORDING_CHARS_MAX } from '../../../shared/recording.ts'
import { fromCache, readFacts } from '../../../shared/replay-cache.ts'
import { readRecording, replaySteps, versionOf } from '../../../shared/replay.ts'
import { roundSteps } from '../../model/replay.ts'
import type { Round } from '../../model/replay.ts'
import { texts } from '../../texts/replay.ts'

// Compiling checks from text is forbidden on our pages (Content-Security-Policy); asking whether it is would be reported as an attempt.
config({ jitless: true })

/** Where a page with a recording is on its way. */
export type Loading =
  | { state: 'idle' }
  | { state: 'fetching'; words: string }
  | { state: 'replaying'; words: string }
  | { state: 'failed'; words: string; retry: boolean }
  | { state: 'ready'; round: Round; text: string; name: string; opened: number }

/** Longest time in ms that the page stands still for the replay. */
const SLICE_MS = 15
/** No recording is larger; a browser's tab would not bear it. */
const BYTES_MAX = RECORDING_CHARS_MAX

let opened = 0

/** The recording's id in a path such as `/replay/ID`; null for none. */
export function idOf(path: string): string | null {
  const id = path.split('/')[2] ?? ''
  return id === '' ? null : id
}

/** Thrown for whatever the viewer can be told in one sentence. */
class Failed extends Error {
  readonly retry: boolean

  constructor(words: string, retry = false) {
    super(words)
    this.retry = retry
  }
}

/** Fetches and replays the recording of an id; tells every change of state. Never rejects. */
export async function loadId(id: string, tell: (now: Loading) => void, signal: AbortSignal): Promise<void> {
  await orFail(tell, signal, async () => {
    tell({ state: 'fetching', words: texts.fetching(0, 0) })
    const response = await fetch(`/api/recordings/${encodeURIComponent(id)}`, { signal }).catch(() => { throw new Failed(texts.failed.network, true) })
    if (response.status === 404 || response.status === 400) throw new Failed(texts.failed.unknown)
    if (response.status === 409) throw new Failed(texts.failed.running, true)
    if (!response.ok) throw new Failed(texts.failed.network, true)
    const text = await textOf(response, (share, bytes) => tell({ state: 'fetching', words: texts.fetching(share, bytes) }))
    await show(text, `${id}.jsonl`, tell, signal, () => keptFacts(id, signal))
  })
}

/** Reads and replays a file of this computer. Never rejects. */
export async function loadFile(file: File, tell: (now: Loading) => void, signal: AbortSignal): Promise<void> {
  await orFail(tell, signal, async () => {
    tell({ state: 'fetching', words: texts.fetching(0, 0) })
    if (file.size > BYTES_MAX) throw new Failed(texts.failed.unreadable)
    const text = await file.text().catch(() => { throw new Failed(texts.failed.unreadable) })
    await show(text, file.name, tell, signal)
  })
}

/** Replays a recording that another page of this tab handed over. Never rejects. */
export async function loadText(text: string, name: string, tell: (now: Loading) => void, signal: AbortSignal): Promise<void> {
  await orFail(tell, signal, () => show(text, name, tell, signal))
}

async function orFail(tell: (now: Loading) => void, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (signal.aborted) return
    if (!(error instanceof Failed)) console.error(error)
    tell(error instanceof Failed ? { state: 'failed', words: error.message, retry: error.retry } : { state: 'failed', words: texts.failed.broken, retry: false })
  }
}

/** The body as text, with progress where its length is known. */
async function textOf(response: Response, progress: (share: number | null, bytes: number) => void): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return response.text()
  // A compressed body is longer than its Content-Length says: then there is no share to tell.
  const length = response.headers.has('content-encoding') ? NaN : Number(response.headers.get('content-length') ?? NaN)
  const decoder = new TextDecoder()
  let text = '', bytes = 0
  for (;;) {
    const part = await reader.read().catch(() => { throw new Failed(texts.failed.network, true) })
    if (part.done) return text + decoder.decode()
    bytes += part.value.byteLength
    if (bytes > BYTES_MAX) throw new Failed(texts.failed.broken)
    text += decoder.decode(part.value, { stream: true })
    progress(length > 0 ? Math.min(1, bytes / length) : null, bytes)
  }
}

/** The facts that the server kept of a round, as text; null when it has none. */
async function keptFacts(id: string, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(`/api/recordings/${encodeURIComponent(id)}/facts`, { signal }).catch(() => null)
  return response?.ok === true ? textOf(response, () => undefined) : null
}

async function show(text: string, name: string, tell: (now: Loading) => void, signal: AbortSignal, kept: () => Promise<string | null> = async () => null): Promise<void> {
  const read = readRecording(text)
  if (!read.ok) throw new Failed(`${texts.failed.broken} ${read.error}`)
  // What another version made is shown as it was, if that was kept; else as it comes out now.
  const facts = versionOf(read.recording.header) === 'same' ? null : readFacts(await kept() ?? '', read.recording.header)
  const replayed = facts !== null ? fromCache(read.recording, read.damage, facts)
    : await inSlices(replaySteps(read.recording, read.damage), signal, (share) => tell({ state: 'replaying', words: texts.replaying(share) }))
  const round = await inSlices(roundSteps(replayed), signal, () => undefined)
  tell({ state: 'ready', round, text, name, opened: ++opened })
}

/** Runs a generator to its end, in slices between which the page lives. */
async function inSlices<Y, R>(steps: Generator<Y, R, void>, signal: AbortSignal, progress: (step: Y) => void): Promise<R> {
  for (;;) {
    const untilMs = performance.now() + SLICE_MS
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
      if (performance.now() >= untilMs) { progress(step.value); break }
    }
    await new Promise((settle) => { setTimeout(settle, 0) })
    signal.throwIfAborted()
  }
}
