import type { Palette } from './palette.ts'

/** A network cut: two torn edges that match, void and hatch between. `progress` parts them. */
export function paintTear(context: CanvasRenderingContext2D, from: { x: number, y: number }, to: { x: number, y: number }, progress: number, oneWay: boolean, palette: Palette): void {
  const length = Math.hypot(to.x - from.x, to.y - from.y), ux = (to.x - from.x) / length, uy = (to.y - from.y) / length
  const gap = 26 * Math.max(0.08, Math.min(1, progress)), count = Math.round(length / 17)
  const edge = (offset: number) => Array.from({ length: count + 1 }, (_, index) => {
    // A fixed irregular zigzag: the same tear at every drawing.
    const swing = (index % 2 === 0 ? 1 : -1) * (5 + (index * 7919 % 13)) + offset, at = index / count * length
    return { x: from.x + ux * at - uy * swing, y: from.y + uy * at + ux * swing }
  })
  const left = edge(-gap / 2), right = edge(gap / 2)
  const trace = (points: readonly { x: number, y: number }[]): void => points.forEach((point, index) => index === 0 ? context.moveTo(point.x, point.y) : context.lineTo(point.x, point.y))
  context.save()
  context.beginPath()
  const area = [...left, ...right.toReversed()]
  trace(area)
  context.closePath()
  context.fillStyle = palette.void
  context.fill()
  context.clip()
  context.strokeStyle = palette.fault
  context.lineWidth = 1.6
  context.globalAlpha = 0.7
  context.beginPath()
  const { width, height } = context.canvas
  for (let at = -height; at < width; at += 9) { context.moveTo(at, height); context.lineTo(at + height, 0) }
  context.stroke()
  context.restore()
  context.strokeStyle = palette.fault
  context.lineWidth = 2.5
  for (const [index, points] of [left, right].entries()) {
    // One way: the edge that still lets through is dashed.
    context.setLineDash(oneWay && index === 1 ? [8, 7] : [])
    context.beginPath()
    trace(points)
    context.stroke()
  }
  context.setLineDash([])
}
