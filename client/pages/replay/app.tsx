import { useEffect, useRef, useState } from 'preact/hooks'
import { Button, FogPanel, Notice, TopBar } from '../../components/index.ts'
import { texts } from '../../texts/replay.ts'
import { HANDED_OVER, handedOver } from '../../link/hand-over.ts'
import { idOf, loadFile, loadId, loadText } from './load.ts'
import type { Loading } from './load.ts'
import { Open } from './open.tsx'
import { RoundPage } from './round.tsx'

/** Progress is told from here on: a round that comes at once needs no words. */
const wordsAfterMs = 400

/** The replay page: a recording of the server's by its address, or a file of this computer. */
export function App() {
  const id = idOf(location.pathname)
  const [loading, setLoading] = useState<Loading>({ state: 'idle' })
  const running = useRef<AbortController | null>(null)
  const begin = (load: (tell: (now: Loading) => void, signal: AbortSignal) => Promise<void>): void => {
    running.current?.abort()
    const mine = new AbortController()
    running.current = mine
    void load((now) => { if (running.current === mine) setLoading(now) }, mine.signal)
  }
  const openId = (): void => { if (id !== null) begin((tell, signal) => loadId(id, tell, signal)) }
  const openFile = (file: File): void => begin((tell, signal) => loadFile(file, tell, signal))

  useEffect(() => {
    const handed = id === null && location.hash === HANDED_OVER ? handedOver() : null
    if (handed === null) openId()
    else begin((tell, signal) => loadText(handed, 'netsplit.jsonl', tell, signal))
    const over = (event: DragEvent): void => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault() }
    const drop = (event: DragEvent): void => {
      const file = event.dataTransfer?.files[0]
      if (file === undefined) return
      event.preventDefault()
      openFile(file)
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
      running.current?.abort()
    }
  }, [])

  switch (loading.state) {
    case 'idle': return <Open onFile={openFile} />
    case 'fetching': case 'replaying': return <Waiting words={loading.words} />
    case 'failed': return <FailedPage words={loading.words} onFile={openFile} {...(loading.retry ? { onRetry: openId } : {})} />
    case 'ready': return <RoundPage key={loading.opened} round={loading.round} text={loading.text} name={loading.name} onFile={openFile} />
  }
}

/** The frame, with everything unknown. */
function Waiting({ words }: { words: string }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), wordsAfterMs)
    return () => clearTimeout(timer)
  }, [])
  return <div class="replay-plain"><TopBar left={<b>{texts.title}</b>} /><FogPanel><main class="replay-card" aria-busy="true">{late && <Notice>{words}</Notice>}</main></FogPanel></div>
}

function FailedPage({ words, onFile, onRetry }: { words: string; onFile: (file: File) => void; onRetry?: () => void }) {
  return <Open onFile={onFile} failure={<Notice kind="info" {...(onRetry === undefined ? {} : { action: <Button icon="again" onClick={onRetry}>{texts.failed.again}</Button> })}><b>{words}</b></Notice>} />
}
