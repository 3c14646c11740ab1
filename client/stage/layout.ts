import type { Spot, StageScene } from './scene.ts'

/**
 * Where nodes stand. A student stands in the middle, peers on an ellipse round it in the order given;
 * from above all stand on one ellipse. A function of ids and size alone, so nothing ever jumps.
 * All lengths in CSS pixels.
 */
export function layoutNodes(scene: Pick<StageScene, 'viewport' | 'nodes'>, width: number, height: number): Record<string, Spot> {
  const spots: Record<string, Spot> = {}
  const own = scene.viewport === 'student' ? scene.nodes.find(node => node.own) : undefined
  const ring = scene.nodes.filter(node => node !== own)
  const base = Math.max(12, Math.min(width / 7, height / 7))
  // Labels hang below a node, so the ellipse sits a little high.
  const center = { x: width / 2, y: height * (own ? 0.5 : 0.47) }
  if (own) spots[own.id] = { ...center, r: Math.min(66, base * 0.82) }
  const r = Math.min(own ? 34 : 30, base * 0.5) * (ring.length > 8 ? 0.75 : 1)
  const reach = { x: Math.max(r * 2, width / 2 - r * 2.6 - 28), y: Math.max(r * 2, height / 2 - r * 2 - 44) }
  ring.forEach((node, index) => {
    const angle = Math.PI * 2 * (index + 0.5) / ring.length - Math.PI / 2 - Math.PI / 2
    const spread = ring.length === 2 ? 0 : angle
    spots[node.id] = { x: center.x + Math.cos(spread + (ring.length === 2 ? Math.PI * index : 0)) * Math.min(reach.x, 340), y: center.y + Math.sin(spread) * Math.min(reach.y, 230), r }
  })
  return spots
}

/** The node under a point, or null. Fingers get some slack. */
export function nodeAt(spots: Record<string, Spot>, x: number, y: number): string | null {
  let best: string | null = null, bestDistance = Infinity
  for (const [id, spot] of Object.entries(spots)) {
    const distance = Math.hypot(spot.x - x, spot.y - y)
    if (distance <= Math.max(22, spot.r + 6) && distance < bestDistance) { best = id; bestDistance = distance }
  }
  return best
}

/**
 * Which nodes a drawn line parts. Returns the two sides, or null if all stand on one.
 * The line counts as endless in both directions.
 */
export function sidesOfLine(spots: Record<string, Spot>, from: { x: number, y: number }, to: { x: number, y: number }): [string[], string[]] | null {
  const sides: [string[], string[]] = [[], []]
  for (const [id, spot] of Object.entries(spots)) {
    const cross = (to.x - from.x) * (spot.y - from.y) - (to.y - from.y) * (spot.x - from.x)
    sides[cross < 0 ? 0 : 1].push(id)
  }
  return sides[0].length > 0 && sides[1].length > 0 ? sides : null
}

/** The line between two groups of nodes, across the whole stage: two points on or beyond its edges. */
export function cutLine(spots: Record<string, Spot>, sides: readonly [readonly string[], readonly string[]], width: number, height: number): [{ x: number, y: number }, { x: number, y: number }] {
  const middle = (ids: readonly string[]) => {
    const known = ids.flatMap(id => spots[id] ?? [])
    const count = Math.max(1, known.length)
    return { x: known.reduce((sum, spot) => sum + spot.x, 0) / count, y: known.reduce((sum, spot) => sum + spot.y, 0) / count }
  }
  const a = middle(sides[0]), b = middle(sides[1])
  const dx = b.x - a.x, dy = b.y - a.y, length = Math.hypot(dx, dy) || 1
  const normal = { x: -dy / length, y: dx / length }
  // Half way between the two nodes that face each other, not between the middles: sides differ in size.
  const along = (id: string) => { const spot = spots[id]; return spot ? ((spot.x - a.x) * dx + (spot.y - a.y) * dy) / length : 0 }
  const at = (Math.max(...sides[0].map(along)) + Math.min(...sides[1].map(along))) / 2
  const point = { x: a.x + dx / length * at, y: a.y + dy / length * at }
  const far = Math.hypot(width, height)
  return [{ x: point.x - normal.x * far, y: point.y - normal.y * far }, { x: point.x + normal.x * far, y: point.y + normal.y * far }]
}
