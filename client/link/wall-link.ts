import { signal } from '@preact/signals'
import type { ReadonlySignal } from '@preact/signals'
import type { WallView } from '../../shared/wire/messages.ts'
import { isCode } from './classes.ts'

const everyMs = 500, hiddenMs = 5_000, retryMs = 3_000, answerMsMax = 8_000
const storageKey = 'netsplit-wall'

export interface WallKey { code: string, key: string }
/** `wrong`, `gone`: asking again helps nothing. `tooMany`, `lost`: it is tried again. */
export type WallState = 'connecting' | 'live' | 'lost' | 'tooMany' | 'wrong' | 'gone'

/** `#CODE.KEY`; null for anything else. */
export function readWallHash(hash: string): WallKey | null {
  const [code = '', key = ''] = hash.replace(/^#/, '').split('.')
  return isCode(code.toUpperCase()) && key !== '' ? { code: code.toUpperCase(), key } : null
}

/** The key from the address, which does not stay there: a projector shows it to everybody. A reload finds it in this tab. */
export function takeWallKey(): WallKey | null {
  const asked = readWallHash(location.hash)
  try {
    if (asked !== null) {
      sessionStorage.setItem(storageKey, `${asked.code}.${asked.key}`)
      history.replaceState(null, '', location.pathname + location.search)
    }
    return asked ?? readWallHash(sessionStorage.getItem(storageKey) ?? '')
  } catch { return asked }
}

export interface WallLink { readonly view: ReadonlySignal<WallView | null>, /** When the view came, on the page's own clock. */ readonly readAtMs: ReadonlySignal<number>, readonly state: ReadonlySignal<WallState>, close(): void }

const stateOf = (status: number): WallState => (status === 403 ? 'wrong' : status === 404 ? 'gone' : status === 429 ? 'tooMany' : 'lost')

/** Asks for the wall twice a second, less often while nobody looks. The last picture stays when the server is gone. */
export function wallLink({ code, key }: WallKey): WallLink {
  const view = signal<WallView | null>(null), state = signal<WallState>('connecting'), readAtMs = signal(0)
  let timer: ReturnType<typeof setTimeout> | undefined, closed = false
  const ask = async (): Promise<WallState> => {
    try {
      const answer = await fetch(`/api/wall/${code}`, { headers: { authorization: `Bearer ${key}` }, signal: AbortSignal.timeout(answerMsMax) })
      if (!answer.ok) return stateOf(answer.status)
      // Our own server's answer, of the type that it is written with.
      const next = await answer.json() as WallView
      readAtMs.value = performance.now()
      view.value = next
      return 'live'
    } catch { return 'lost' }
  }
  const turn = (): void => {
    void ask().then((now) => {
      if (closed) return
      state.value = now
      if (now === 'wrong' || now === 'gone') return
      timer = setTimeout(turn, now === 'live' ? (document.hidden ? hiddenMs : everyMs) : retryMs)
    })
  }
  turn()
  return { view, readAtMs, state, close() { closed = true; clearTimeout(timer) } }
}
