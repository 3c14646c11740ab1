import { FogPanel } from '../../components/fog-panel.tsx'
import { NodeGlyph, PacketGlyph } from '../../components/glyphs.tsx'

/** Shares of the picture's width and height. */
const own = { x: 0.45, y: 0.55 }
const peers = [
  { id: 'A', x: 0.2, y: 0.25, fill: 'full', pennant: true, state: 'ok', ring: 0.78 },
  { id: 'B', x: 0.55, y: 0.19, fill: 'empty', pennant: false, state: 'suspected', ring: null },
  { id: 'D', x: 0.84, y: 0.39, fill: 'empty', pennant: false, state: 'ok', ring: 0.45 },
  { id: 'E', x: 0.79, y: 0.8, fill: 'empty', pennant: false, state: 'silent', ring: null },
] as const
const clearings = [{ ...own, radius: 0.5 }, { x: 0.2, y: 0.25, radius: 0.16 }, { x: 0.84, y: 0.39, radius: 0.13 }]
const packets = [{ family: 'answer', letter: 'K', x: 0.33, y: 0.4 }, { family: 'beat', letter: 'H', x: 0.66, y: 0.465 }] as const
const percent = (share: number): string => `${share * 100}%`

/** What the game is, in one picture: you in the middle, and fog. */
export function Art() {
  return (
    <div class="art" aria-hidden="true">
      <FogPanel clearings={clearings}>
        <svg class="art-links" width="100%" height="100%">
          {peers.map(peer => <line x1={percent(own.x)} y1={percent(own.y)} x2={percent(peer.x)} y2={percent(peer.y)} />)}
        </svg>
        {peers.map(({ id, x, y, ring, ...node }) => <span class="art-at" style={{ left: percent(x), top: percent(y) }}>
          <NodeGlyph letter={id} sizePx={112} ring={ring === null ? null : { fraction: ring }} {...node} /></span>)}
        {packets.map(({ x, y, ...packet }) => <span class="art-at" style={{ left: percent(x), top: percent(y) }}><PacketGlyph {...packet} sizePx={32} /></span>)}
        <span class="art-at" style={{ left: percent(own.x), top: percent(own.y) }}><NodeGlyph letter="C" own ring={{ fraction: 0.83 }} sizePx={290} /></span>
      </FogPanel>
    </div>
  )
}
