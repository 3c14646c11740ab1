import type { Edge, Witness } from '../verdict.ts'
import type { Bar, Layout } from './layout.ts'
import { COLOURS as colour } from './paper.ts'
import { Router } from './routes.ts'
import type { Point } from './routes.ts'

/** Letters name the reasons, so that their sentences need no room between the bars. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
/** Between the middles of two letters, between a letter and a bar, and between a letter and the arrow of another, so that all can be read. */
const LETTER_ROOM = 21, BAR_ROOM = 10, LINE_ROOM = 13

/** `lines` go under the bars and `letters` above them. */
export interface Arrows { lines: string[]; letters: string[]; reasons: { letter: string; words: string }[] }

/** The reasons of a cycle as arrows from bar to bar, each with a letter, and their sentences for below. `middles` and `halfBar`: the heights of the bars; `leftX`, `rightX`: where arrows may pass. */
export function arrows({ edges }: Witness, { bars }: Layout, middles: ReadonlyMap<Bar, number>, halfBar: number, leftX: number, rightX: number): Arrows {
  const byId = new Map(bars.map((bar) => [bar.operation.id, bar]))
  const router = new Router(bars, middles, halfBar, leftX, rightX)
  const pairOf = ({ from, to }: Edge): string => `${Math.min(from, to)} ${Math.max(from, to)}`
  const seen = new Map<string, number>()
  const all = edges.slice(0, LETTERS.length).flatMap((edge, n) => {
    const a = byId.get(edge.from), b = byId.get(edge.to)
    if (a === undefined || b === undefined) return []
    const nth = seen.get(pairOf(edge)) ?? 0
    seen.set(pairOf(edge), nth + 1)
    return [{ letter: LETTERS.charAt(n), words: `${a.number ?? '?'} before ${b.number ?? '?'}: ${edge.why}`, route: router.route(a, b, nth, edges.filter((one) => pairOf(one) === pairOf(edge)).length) }]
  })
  const taken: Point[] = []
  const letters = all.map(({ letter, route: { points } }) => {
    const near = (one: Point, other: Point, room: number): boolean => Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y)) <= room
    const isApart = (spot: Point): boolean => !taken.some((one) => near(one, spot, LETTER_ROOM))
    const isClear = ({ x, y }: Point): boolean => bars.every((bar) => x < bar.fromX - BAR_ROOM || x > bar.toX + BAR_ROOM || Math.abs((middles.get(bar) ?? 0) - y) > halfBar + BAR_ROOM - 2)
    const isAlone = (spot: Point): boolean => all.every(({ route }) => route.points === points || !route.points.some((one) => near(one, spot, LINE_ROOM)))
    // The ends belong to the bars and to the head of the arrow.
    const middle = (points.length - 1) / 2
    const places = points.map((point, n) => ({ point, far: Math.abs(n - middle) })).slice(2, -3).sort((p, q) => p.far - q.far).map(({ point }) => point)
    const spot = places.find((one) => isApart(one) && isClear(one) && isAlone(one)) ?? places.find((one) => isApart(one) && isClear(one)) ?? places.find(isApart) ?? places[0] ?? { x: 0, y: 0 }
    taken.push(spot)
    return letterMark(letter, spot.x, spot.y)
  })
  return {
    lines: all.map(({ route }) => `<path d="${route.path}" fill="none" stroke="${colour.order}" stroke-width="2" marker-end="url(#netsplit-arrow)"/>`),
    letters,
    reasons: all.map(({ letter, words }) => ({ letter, words })),
  }
}

/** A letter in a ring. */
export function letterMark(letter: string, x: number, y: number): string {
  const at = (value: number): string => String(Math.round(value * 10) / 10)
  return `<circle cx="${at(x)}" cy="${at(y)}" r="9" fill="${colour.paper}" stroke="${colour.order}" stroke-width="1.5"/>`
    + `<text x="${at(x)}" y="${at(y + 4)}" font-size="12" font-weight="700" fill="${colour.order}" text-anchor="middle">${letter}</text>`
}
