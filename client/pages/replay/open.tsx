import type { ComponentChildren } from 'preact'
import { FilePick, FogPanel, TopBar } from '../../components/index.ts'
import { texts } from '../../texts/replay.ts'

/** Without a recording: open a file of this computer. */
export function Open({ onFile, failure }: { onFile: (file: File) => void; failure?: ComponentChildren }) {
  return (
    <div class="replay-plain"><TopBar left={<b>{texts.title}</b>} /><FogPanel><main class="replay-card">
      {failure !== undefined && <div role="alert" class="replay-failure">{failure}</div>}
      <h1>{texts.open.title}</h1>
      <p class="quiet">{texts.open.words}</p>
      <FilePick words={texts.open.button} kind="button button-primary" onFile={onFile} />
      <p class="quiet">{texts.open.drop}</p>
    </main></FogPanel></div>
  )
}
