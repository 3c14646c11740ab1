/** The halftone: dots that grow with ignorance until they close. Pure geometry in CSS pixels. */
export interface Clearing { x: number, y: number, /** Radius that is fully clear. */ innerPx: number, /** Radius where the dark closes. */ outerPx: number, /** How many times wider than high; absent: round. */ stretch?: number }

/** How many dot sizes there are. Few enough that one path a size is drawn. */
export const fogSteps = 9
const pitchPx = 11, radiusPxMax = 7.2, tiltRadians = 0.35

const smooth = (from: number, to: number, x: number): number => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)))
  return t * t * (3 - 2 * t)
}

/** Ignorance at a point, 0 known .. 1 unknown: the clearest of all clearings counts. */
export function ignoranceAt(clearings: readonly Clearing[], x: number, y: number): number {
  let least = 1
  for (const clearing of clearings) least = Math.min(least, smooth(clearing.innerPx, clearing.outerPx, Math.hypot((x - clearing.x) / (clearing.stretch ?? 1), y - clearing.y)))
  return least
}

/** A peer's freshness in the steps the fog is drawn in, so that it is only baked anew when it looks different. */
export function fogStep(freshness: number): number {
  return Math.round(Math.min(1, Math.max(0, freshness)) * fogSteps) / fogSteps
}

/** Draws the fog into a 2D context. The dots of one size share one fill. */
export function paintFog(context: CanvasRenderingContext2D, width: number, height: number, clearings: readonly Clearing[], colour: string): void {
  context.fillStyle = colour
  const cos = Math.cos(tiltRadians), sin = Math.sin(tiltRadians), reach = Math.ceil(Math.hypot(width, height) / pitchPx / 1.7) + 1
  const paths = Array.from({ length: fogSteps + 1 }, () => new Path2D())
  for (let row = -reach; row <= reach; row += 1) for (let column = -reach; column <= reach; column += 1) {
    const u = (column + (row % 2 === 0 ? 0 : 0.5)) * pitchPx, v = row * pitchPx * 0.866
    const x = width / 2 + u * cos - v * sin, y = height / 2 + u * sin + v * cos
    if (x < -8 || y < -8 || x > width + 8 || y > height + 8) continue
    const step = Math.round(ignoranceAt(clearings, x, y) * fogSteps), radius = radiusPxMax * step / fogSteps
    const path = paths[step]
    if (step > 0 && path) { path.moveTo(x + radius, y); path.arc(x, y, radius, 0, Math.PI * 2) }
  }
  for (const path of paths) context.fill(path)
}
