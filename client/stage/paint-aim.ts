import type { Palette } from './palette.ts'
import type { Spot, StageAim } from './scene.ts'

/** How far beside the middle of a link the arrow of one direction runs, so that both can be told apart, in px. */
const besidePx = 5
const headPx = 9

/** Whom a fault would touch: a broken ring round each node, an arrow for each direction of a link. */
export function paintAim(context: CanvasRenderingContext2D, aim: StageAim, spots: Readonly<Record<string, Spot>>, palette: Palette): void {
  context.strokeStyle = context.fillStyle = palette.fault
  for (const id of aim.nodes) {
    const spot = spots[id]
    if (!spot) continue
    context.lineWidth = 3
    context.setLineDash([9, 6])
    context.beginPath()
    context.arc(spot.x, spot.y, spot.r + 9, 0, Math.PI * 2)
    context.stroke()
  }
  for (const [a, b] of aim.links) {
    const from = spots[a], to = spots[b]
    if (!from || !to) continue
    const dx = to.x - from.x, dy = to.y - from.y, length = Math.hypot(dx, dy) || 1, ux = dx / length, uy = dy / length
    const at = (along: number, beside: number) => ({ x: from.x + ux * along - uy * beside, y: from.y + uy * along + ux * beside })
    const start = at(from.r + 14, besidePx), tip = at(length - to.r - 14, besidePx), neck = length - to.r - 14 - headPx
    const wings = [at(neck, besidePx - 5), at(neck, besidePx + 5)] as const
    context.lineWidth = 2
    context.setLineDash([7, 5])
    context.beginPath()
    context.moveTo(start.x, start.y)
    context.lineTo(at(neck, besidePx).x, at(neck, besidePx).y)
    context.stroke()
    context.beginPath()
    context.moveTo(tip.x, tip.y)
    for (const wing of wings) context.lineTo(wing.x, wing.y)
    context.closePath()
    context.fill()
  }
  context.setLineDash([])
}
