import type { Spot, StageCut, StageScene } from './scene.ts'

/** How far to the side of a student's own node the labels of others keep. */
const ASIDE = 140

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
  // Two of a kind stand left and right. In a student's ring of six nobody stands right above or below the own node.
  const turn = ring.length === 2 || (own && ring.length === 6) ? 0 : 0.5
  ring.forEach((node, index) => {
    const angle = Math.PI * 2 * (index + turn) / ring.length - Math.PI
    const x = Math.cos(angle) * Math.min(reach.x, 340), y = Math.sin(angle) * Math.min(reach.y, 230)
    // Labels of peers above and below would cover the own node: they keep to the side of it.
    const aside = own && ring.length <= 6 && Math.abs(y) > r ? Math.min(reach.x, ASIDE) : 0
    spots[node.id] = { x: center.x + Math.sign(x) * Math.max(Math.abs(x), aside), y: center.y + y, r }
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

/**
 * The line between two groups of nodes, across the whole stage: two points on or beyond its edges.
 * Of all directions it takes the one with the widest gap, so that the tear crosses no node if it can.
 */
export function cutLine(spots: Record<string, Spot>, sides: readonly [readonly string[], readonly string[]], width: number, height: number): [{ x: number, y: number }, { x: number, y: number }] {
  const [left, right] = [sides[0].flatMap(id => spots[id] ?? []), sides[1].flatMap(id => spots[id] ?? [])]
  let best = { gap: -Infinity, at: width / 2, x: 1, y: 0 }
  for (let step = 0; step < 72; step += 1) {
    const x = Math.cos(step * Math.PI / 36), y = Math.sin(step * Math.PI / 36)
    const near = Math.max(...left.map(spot => spot.x * x + spot.y * y + spot.r)), far = Math.min(...right.map(spot => spot.x * x + spot.y * y - spot.r))
    if (Number.isFinite(far - near) && far - near > best.gap) best = { gap: far - near, at: (near + far) / 2, x, y }
  }
  const reach = Math.hypot(width, height)
  // The point of the line next to the middle of the stage, and from there both ways.
  const off = best.at - (width / 2 * best.x + height / 2 * best.y)
  const point = { x: width / 2 + best.x * off, y: height / 2 + best.y * off }
  return [{ x: point.x + best.y * reach, y: point.y - best.x * reach }, { x: point.x - best.y * reach, y: point.y + best.x * reach }]
}

/** Half the length of a tear across a single link: at most so many px, and such a share of the link. */
const linkTearPx = 30, linkTearShare = 0.16

/** A tear as it is drawn: which directions it parts, and its line. */
export interface Tear { sides: readonly [readonly string[], readonly string[]], line: [{ x: number, y: number }, { x: number, y: number }] }

/**
 * The tears of a cut. One that parts all nodes runs across the whole stage, if a line can part them so; else each of its links has a short
 * one, since what lies beside it is whole.
 */
export function tearsOf(cut: Pick<StageCut, 'sides'>, spots: Record<string, Spot>, width: number, height: number): Tear[] {
  const line = cutLine(spots, cut.sides, width, height), parts = sidesOfLine(spots, ...line)
  const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every(id => b.includes(id))
  if (parts !== null && cut.sides.some(side => same(side, parts[0])) && cut.sides.some(side => same(side, parts[1]))) return [{ sides: cut.sides, line }]
  return cut.sides[0].flatMap(a => cut.sides[1].flatMap((b): Tear[] => {
    const from = spots[a], to = spots[b]
    if (!from || !to) return []
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
    const half = Math.min(linkTearPx, length * linkTearShare)
    const across = { x: (to.y - from.y) / length * half, y: (from.x - to.x) / length * half }
    // The middle of what is seen of the link.
    const share = (from.r + (length - from.r - to.r) / 2) / length, x = from.x + (to.x - from.x) * share, y = from.y + (to.y - from.y) * share
    return [{ sides: [[a], [b]], line: [{ x: x - across.x, y: y - across.y }, { x: x + across.x, y: y + across.y }] }]
  }))
}

/** Room that a cut's words take, how far from its line they stand, and what stands above them at the stage's upper edge, in px. */
const cutWordsPx = { width: 130, height: 40, off: 32, headRoom: 52 } as const

/**
 * Where a cut's words begin: beside one of its lines, inside the stage, and where they are farthest from any node and its label.
 * Of equal places the upper one.
 */
export function cutLabelAt(lines: readonly Tear['line'][], spots: Record<string, Spot>, width: number, height: number): { x: number, y: number } {
  const reach = { x: cutWordsPx.width / 2, y: cutWordsPx.height / 2 }
  let best = { clear: -Infinity, x: width / 2, y: reach.y }
  for (const [a, b] of lines) for (let step = 0; step <= 120; step += 1) for (const side of [1, -1]) {
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
    const across = { x: (b.y - a.y) / length, y: (a.x - b.x) / length }
    // A flat line needs less room beside it than a steep one, since words are wide.
    const off = side * (cutWordsPx.off + Math.abs(across.x) * reach.x + Math.abs(across.y) * reach.y)
    const x = a.x + (b.x - a.x) * step / 120 + across.x * off, y = a.y + (b.y - a.y) * step / 120 + across.y * off
    if (x - reach.x < 8 || x + reach.x > width - 8 || y - reach.y < cutWordsPx.headRoom || y + reach.y > height - 30) continue
    // A node's own words hang below it.
    const clear = Math.min(...Object.values(spots).map(spot => Math.hypot(Math.max(0, Math.abs(x - spot.x) - reach.x), Math.max(0, Math.abs(y - spot.y - 20) - reach.y)) - spot.r))
    const rounded = Math.min(60, Math.round(clear / 10) * 10)
    if (rounded > best.clear || rounded === best.clear && y < best.y) best = { clear: rounded, x, y }
  }
  return { x: best.x - reach.x, y: best.y - reach.y }
}
