import { NodeGlyph, QrCode, Wordmark, spaced } from '../../components/index.ts'
import { FogPanel } from '../../components/fog-panel.tsx'
import { useEffect } from 'preact/hooks'
import { bare, findOrigins, joinUrl, origins } from '../../link/origins.ts'
import type { WallView } from '../../../shared/wire/messages.ts'
import { texts } from '../../texts/wall.ts'

/** Before the first round: the code as large as it goes, and who has come, as letters without names. */
export function WallLobby({ view }: { view: WallView }) {
  useEffect(() => { void findOrigins() }, [])
  const [open, host, type] = texts.open(bare(origins.value[0] ?? location.origin)), seats = view.clusters.reduce((sum, { seats: all }) => sum + all.length, 0)
  const [here, ofAll] = texts.here(view.here, seats), places = view.clusters.map((_, at) => (at + 0.5) / view.clusters.length)
  return (
    <main class="wall wall-lobby">
      <header class="wall-head"><Wordmark sizePx={44} /><span>{view.title}</span></header>
      <section class="wall-join"><div><p>{open} <b>{host}</b> {type}</p><h1 class="wall-letters" aria-label={[...view.code].join(' ')}>{spaced(view.code)}</h1></div>
        <QrCode text={joinUrl(view.code)} sizePx={264} label={joinUrl(view.code)} /></section>
      <div class="wall-sea"><FogPanel clearings={places.map((x) => ({ x, y: 0.5, radius: Math.min(0.72, 4.4 / Math.max(3, places.length)) }))}>
        {view.clusters.map(({ name, seats: own }, at) => <section class="wall-crowd" aria-label={name} style={{ left: `${(places[at] ?? 0) * 100}%` }}>
          <h2>{name}</h2>
          {own.map(({ node, here: isHere }, seat) => {
            const angle = Math.PI * (2 * seat / own.length - 0.5)
            return <span style={{ left: `${50 + 44 * Math.cos(angle)}%`, top: `${50 + 44 * Math.sin(angle)}%` }}><NodeGlyph letter={node} state={isHere ? 'ok' : 'silent'} sizePx={72} /></span>
          })}</section>)}
      </FogPanel></div>
      <footer class="wall-count-line"><p role="status"><b>{here}</b> {ofAll}</p><p>{texts.noAccount}</p></footer>
    </main>
  )
}
