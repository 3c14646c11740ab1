import { packetPaths } from './packet-paths.ts'
import { Rift } from './rift.tsx'
import type { StageNode, StagePacket } from '../stage/scene.ts'
import { texts } from '../texts/common.ts'

export type PacketFamily = StagePacket['family']

export interface PacketGlyphProps { family: PacketFamily, letter: string, hollow?: boolean, sizePx?: number, dim?: boolean, label?: string }

/** Shape says the family, letter the kind, hollow says no. */
export function PacketGlyph({ family, letter, hollow = false, sizePx = 24, dim = false, label }: PacketGlyphProps) {
  const colour = `var(--${family})`
  const ink = hollow ? colour : family === 'ask' ? 'var(--on-ask)' : family === 'customer' ? 'var(--stage)' : 'var(--on-packet)'
  const spoken = label ? { role: 'img' as const, 'aria-label': label } : { 'aria-hidden': 'true' as const }
  return (
    <svg class="packet-glyph" width={sizePx * 1.5} height={sizePx * 1.5} viewBox="-.75 -.75 1.5 1.5" opacity={dim ? 0.5 : 1} {...spoken}>
      <path d={packetPaths[family]} fill={hollow ? 'none' : colour} stroke={hollow ? colour : 'var(--packet-edge)'} stroke-width={hollow ? 0.11 : 0.06} />
      <text x={family === 'answer' ? -0.06 : 0} y=".225" text-anchor="middle" font-size=".64" font-weight="800" fill={ink}>{letter}</text>
    </svg>
  )
}

export interface NodeGlyphProps {
  letter: string
  shape?: StageNode['shape']
  fill?: StageNode['fill']
  state?: StageNode['state']
  own?: boolean
  selected?: boolean
  pennant?: boolean
  tab?: string | null
  ring?: { fraction: number } | null
  sizePx?: number
  label?: string
}

/** A node as SVG, for panels and tiles. `sizePx` is the width of the whole drawing. */
export function NodeGlyph(props: NodeGlyphProps) {
  const { letter, shape = 'circle', fill = 'empty', state = 'ok', own = false, sizePx = 64 } = props
  const colour = own ? 'var(--lamp-ink)' : state === 'crashed' ? 'var(--fault)' : state === 'suspected' || state === 'silent' ? 'var(--ink-3)' : 'var(--ink)'
  const lit = own ? 'var(--lamp)' : colour
  const dash = state === 'silent' ? '1 6' : state === 'suspected' ? '11 5' : undefined
  const spoken = props.label ? { role: 'img' as const, 'aria-label': props.label } : { 'aria-hidden': 'true' as const }
  const small = sizePx < 32
  const letterColour = fill === 'full' && state !== 'crashed' ? (own ? 'var(--on-lamp)' : 'var(--stage)') : state === 'crashed' ? 'var(--ink)' : colour
  const outline = (attributes: Record<string, string | number | undefined>) => shape === 'square'
    ? <rect x="-25" y="-25" width="50" height="50" rx="6" {...attributes} /> : <circle r="28" {...attributes} />
  return (
    <svg class="node-glyph" width={sizePx} height={sizePx} viewBox={small ? '-31 -31 62 62' : '-48 -54 96 102'} {...spoken}>
      {state === 'crashed' ? <>
        <path d="M-18 8L8-18M-13 16L16-13M-4 19L19-4" stroke="var(--fault)" stroke-width="2.4" />
        <path d="M4-28A28 28 0 0 1 26 11M19 22A28 28 0 0 1-23 16M-28 6A28 28 0 0 1-8-27" fill="none" stroke="var(--fault)" stroke-width="3" />
        <circle r="14" fill="var(--stage)" />
      </> : <>
        {outline({ fill: fill === 'full' ? lit : 'var(--stage)' })}
        {fill === 'third' && <path d={shape === 'square' ? 'M-25 12H25V25H-25z' : 'M-25.3 12H25.3A28 28 0 0 1-25.3 12z'} fill={lit} />}
        {own && outline({ fill: 'none', stroke: 'var(--packet-edge)', 'stroke-width': 6 })}
        {outline({ fill: 'none', stroke: lit, 'stroke-width': small ? 5 : 3, 'stroke-dasharray': dash, 'stroke-linecap': state === 'silent' ? 'round' : undefined })}
      </>}
      <text y={fill === 'third' ? 5 : 10} text-anchor="middle" font-size={fill === 'third' ? 24 : small ? 32 : 28} font-weight="800" fill={letterColour}>{letter}</text>
      {props.pennant && !small && state !== 'crashed' && <path d="M0-28V-48L17-42L0-36" fill={lit} stroke={lit} stroke-width="2" />}
      {state === 'paused' && <g transform={small ? 'scale(1.4)' : 'translate(22 -22)'}><circle r="12" fill="var(--fault)" /><path d="M-4-5V5M4-5V5" stroke="var(--on-fault)" stroke-width="4" /></g>}
      {state === 'suspected' && <g transform="translate(22 -20)"><circle r="11" fill="var(--ink-2)" /><text y="6" text-anchor="middle" font-size="16" font-weight="800" fill="var(--ground)">?</text></g>}
      {props.ring && <circle r="36" fill="none" stroke={own ? 'var(--lamp)' : 'var(--ink-2)'} stroke-width="4" pathLength={1} stroke-dasharray={`${props.ring.fraction} 1`} transform="rotate(-90)" />}
      {props.tab && !small && <g transform="translate(0 30)"><rect x="-16" y="-9" width="32" height="18" fill="var(--ground)" stroke="var(--edge)" /><text class="mono" y="5" text-anchor="middle" font-size="14" font-weight="700" fill="var(--ink)">{props.tab}</text></g>}
      {props.selected && <path d="M-44-28V-44H-28M28-44H44V-28M44 28V44H28M-28 44H-44V28" fill="none" stroke="var(--lamp-ink)" stroke-width="4" />}
    </svg>
  )
}

export interface MiniTopologyProps { nodes: readonly Pick<StageNode, 'id' | 'shape' | 'fill' | 'state'>[], /** Draw the tear after this many nodes. */ cutAfter?: number | null }

/** A row of small nodes for a cluster's tile. */
export function MiniTopology({ nodes, cutAfter = null }: MiniTopologyProps) {
  return <span class="mini-topology">{nodes.map((node, index) => <>
    <NodeGlyph letter={node.id} shape={node.shape} fill={node.fill} state={node.state} sizePx={22} label={[node.id, ...(node.state === 'ok' ? [] : [texts.stage.states[node.state]]), ...(node.fill === 'full' ? [texts.stage.leads] : [])].join(', ')} />
    {cutAfter === index + 1 && <span class="mini-tear"><Rift heightPx={27} label={texts.stage.cut} /></span>}
  </>)}</span>
}
