import type { StageNode } from './scene.ts'
import type { Palette } from './palette.ts'

/** The picture reaches this many radii from the middle of a node. */
export const nodeReach = 2

/** One node, its middle at 0,0. Rings are not part of it: they move. */
export function paintNode(context: CanvasRenderingContext2D, node: StageNode, r: number, palette: Palette): void {
  const colour = node.own ? palette['lamp-ink'] : node.state === 'crashed' ? palette.fault : node.state === 'suspected' || node.state === 'silent' ? palette['ink-3'] : palette.ink
  const lit = node.own ? palette.lamp : colour, stroke = Math.max(2, r * 0.085)
  const outline = (scale = 1): void => {
    context.beginPath()
    if (node.shape === 'square') context.roundRect(-r * 0.9 * scale, -r * 0.9 * scale, r * 1.8 * scale, r * 1.8 * scale, r * 0.22)
    else context.arc(0, 0, r * scale, 0, Math.PI * 2)
  }
  outline()
  context.fillStyle = node.fill === 'full' && node.state !== 'crashed' ? lit : palette.stage
  context.fill()
  if (node.state === 'crashed') paintShards(context, r, stroke, palette)
  else {
    if (node.fill === 'third') {
      context.save()
      outline()
      context.clip()
      context.fillStyle = lit
      context.fillRect(-r, r * 0.42, r * 2, r)
      context.restore()
    }
    if (node.own && palette['packet-edge'].startsWith('#')) { outline(); context.lineWidth = stroke + 3; context.strokeStyle = palette['packet-edge']; context.stroke() }
    outline()
    context.lineWidth = stroke
    context.strokeStyle = lit
    context.lineCap = node.state === 'silent' ? 'round' : 'butt'
    context.setLineDash(node.state === 'silent' ? [1, 6] : node.state === 'suspected' ? [11, 5] : [])
    context.stroke()
    context.setLineDash([])
  }
  const third = node.fill === 'third' && node.state !== 'crashed'
  const letterColour = node.state === 'crashed' ? palette.ink : node.fill === 'full' ? (node.own ? palette['on-lamp'] : palette.stage) : colour
  paintText(context, node.id, 0, third ? -r * 0.2 : 0, r * (third ? 0.88 : 1.02), letterColour, palette.font)
  if (node.pennant && node.state !== 'crashed') {
    const h = r * 0.62
    context.beginPath()
    context.moveTo(0, -r); context.lineTo(0, -r - h); context.lineTo(h * 0.95, -r - h * 0.7); context.lineTo(0, -r - h * 0.4)
    context.fillStyle = context.strokeStyle = lit
    context.lineWidth = 2
    context.fill(); context.stroke()
  }
  if (node.state === 'paused') paintBadge(context, r, palette.fault, () => {
    context.fillStyle = palette['on-fault']
    context.fillRect(-r * 0.18, -r * 0.18, r * 0.12, r * 0.36)
    context.fillRect(r * 0.06, -r * 0.18, r * 0.12, r * 0.36)
  })
  if (node.slow === true && node.state === 'ok') paintBadge(context, r, palette.fault, () => {
    // An hourglass.
    const w = r * 0.15, h = r * 0.2
    context.fillStyle = palette['on-fault']
    context.beginPath()
    context.moveTo(-w, -h); context.lineTo(w, -h); context.lineTo(-w, h); context.lineTo(w, h)
    context.closePath()
    context.fill()
  })
  if (node.state === 'suspected') paintBadge(context, r, palette['ink-2'], () => paintText(context, '?', 0, 0, r * 0.56, palette.ground, palette.font))
  if (node.tab !== null && r >= 12) {
    const size = Math.max(12.2, r * 0.44), width = size * (node.tab.length * 0.62 + 0.7), height = size * 1.28
    context.fillStyle = palette.ground
    context.strokeStyle = palette.edge
    context.lineWidth = 1.2
    context.fillRect(-width / 2, r * 1.02 - height / 2, width, height)
    context.strokeRect(-width / 2, r * 1.02 - height / 2, width, height)
    paintText(context, node.tab, 0, r * 1.02, size, palette.ink, palette.mono)
  }
  if (node.selected) {
    const q = r * 1.5, arm = r * 0.45
    context.strokeStyle = palette['lamp-ink']
    context.lineWidth = 3
    context.beginPath()
    for (const [sx, sy] of [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const) { context.moveTo(sx * q, sy * (q - arm)); context.lineTo(sx * q, sy * q); context.lineTo(sx * (q - arm), sy * q) }
    context.stroke()
  }
}

/** Upright text round a point; the offset centres capitals. */
export function paintText(context: CanvasRenderingContext2D, text: string, x: number, y: number, size: number, colour: string, family: string): void {
  context.fillStyle = colour
  context.textAlign = 'center'
  context.font = `800 ${size}px ${family}`
  context.fillText(text, x, y + size * 0.35)
}

function paintShards(context: CanvasRenderingContext2D, r: number, stroke: number, palette: Palette): void {
  context.save()
  context.beginPath()
  context.arc(0, 0, r * 0.8, 0, Math.PI * 2)
  context.clip()
  context.strokeStyle = palette.fault
  context.globalAlpha = 0.6
  context.lineWidth = 2
  context.beginPath()
  for (let at = -2 * r; at < 2 * r; at += 7) { context.moveTo(at - r, r); context.lineTo(at + r, -r) }
  context.stroke()
  context.restore()
  context.strokeStyle = palette.fault
  context.lineWidth = stroke
  for (const [from, to, slip] of [[-78, 22, 0.1], [42, 136, 0.12], [158, 258, 0.08]] as const) {
    const middle = (from + to) / 2 * Math.PI / 180
    context.beginPath()
    context.arc(Math.cos(middle) * r * slip, Math.sin(middle) * r * slip, r, from * Math.PI / 180, to * Math.PI / 180)
    context.stroke()
  }
  context.beginPath()
  context.arc(0, 0, r * 0.52, 0, Math.PI * 2)
  context.fillStyle = palette.stage
  context.fill()
}

function paintBadge(context: CanvasRenderingContext2D, r: number, colour: string, sign: () => void): void {
  context.save()
  context.translate(r * 0.8, -r * 0.75)
  context.beginPath()
  context.arc(0, 0, r * 0.38, 0, Math.PI * 2)
  context.fillStyle = colour
  context.fill()
  sign()
  context.restore()
}
