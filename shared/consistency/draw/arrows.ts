import type { Edge, Witness } from '../verdict.ts'
import type { Bar, Layout } from './layout.ts'
import { COLOURS as colour } from './paper.ts'

/** Letters name the reasons, so that their sentences need no room between the bars. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
/** Between the middles of two letters, or of a letter and a bar, so that both can be read. */
const LETTER_ROOM = 21
/** Between two arrows that join the same bars. */
const SIDE_BY_SIDE = 24
/** Where on its arrow a letter may stand, the best place first. */
const LETTER_PLACES = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86]

/** `lines` go under the bars and `letters` above them. */
export interface Arrows { lines: string[]; letters: string[]; reasons: { letter: string; words: string }[] }

/** The reasons of a cycle as arrows from bar to bar, each with a letter, and their sentences for below. `halfBar`: half of a bar's height. */
export function arrows({ edges }: Witness, { bars }: Layout, middles: ReadonlyMap<Bar, number>, halfBar: number): Arrows {
  const byId = new Map(bars.map((bar) => [bar.operation.id, bar]))
  const drawn: Arrows = { lines: [], letters: [], reasons: [] }
  const taken: { x: number; y: number }[] = []
  const pairOf = ({ from, to }: Edge): string => `${Math.min(from, to)} ${Math.max(from, to)}`
  const pairs = new Map<string, { all: number; drawn: number }>()
  for (const edge of edges) pairs.set(pairOf(edge), { all: (pairs.get(pairOf(edge))?.all ?? 0) + 1, drawn: 0 })
  edges.slice(0, LETTERS.length).forEach((edge, n) => {
    const { from, to, why } = edge
    const a = byId.get(from), b = byId.get(to)
    if (a === undefined || b === undefined) return
    const letter = LETTERS.charAt(n)
    drawn.reasons.push({ letter, words: `${a.number ?? '?'} before ${b.number ?? '?'}: ${why}` })
    const pair = pairs.get(pairOf(edge))
    const side = { all: pair?.all ?? 1, nth: pair?.drawn ?? 0 }
    if (pair !== undefined) pair.drawn++
    const ya = middles.get(a) ?? 0, yb = middles.get(b) ?? 0
    const down = yb > ya ? 1 : -1
    const xa = anchor(a, b, side), xb = anchor(b, a, side)
    // Within one line an arrow goes round under the bars.
    const y1 = ya + (yb === ya ? 1 : down) * halfBar, y2 = yb + (yb === ya ? 1 : -down) * halfBar
    const bend = yb === ya ? 26 : Math.max(16, Math.abs(y2 - y1) / 2) * down
    const cy1 = y1 + bend, cy2 = yb === ya ? y2 + bend : y2 - bend
    drawn.lines.push(`<path d="M${xa} ${y1}C${xa} ${cy1} ${xb} ${cy2} ${xb} ${y2}" fill="none" stroke="${colour.order}" stroke-width="2" marker-end="url(#netsplit-arrow)"/>`)
    const places = LETTER_PLACES.map((t) => ({ x: bezier(t, xa, xa, xb, xb), y: bezier(t, y1, cy1, cy2, y2) }))
    const apart = places.filter(({ x, y }) => taken.every((one) => Math.max(Math.abs(one.x - x), Math.abs(one.y - y)) > LETTER_ROOM))
    const clear = apart.find(({ x, y }) => bars.every((bar) => x < bar.fromX - 10 || x > bar.toX + 10 || Math.abs((middles.get(bar) ?? 0) - y) > halfBar + 8))
    const spot = clear ?? apart[0] ?? { x: (xa + xb) / 2, y: (y1 + y2) / 2 }
    taken.push(spot)
    drawn.letters.push(letterMark(letter, spot.x, spot.y))
  })
  return drawn
}

/** A letter in a ring. */
export function letterMark(letter: string, x: number, y: number): string {
  const at = (value: number): string => String(Math.round(value * 10) / 10)
  return `<circle cx="${at(x)}" cy="${at(y)}" r="9" fill="${colour.paper}" stroke="${colour.order}" stroke-width="1.5"/>`
    + `<text x="${at(x)}" y="${at(y + 4)}" font-size="12" font-weight="700" fill="${colour.order}" text-anchor="middle">${letter}</text>`
}

const bezier = (t: number, a: number, b: number, c: number, d: number): number =>
  (1 - t) * (1 - t) * (1 - t) * a + 3 * (1 - t) * (1 - t) * t * b + 3 * (1 - t) * t * t * c + t * t * t * d

/** Where the nth of all arrows between two bars touches one: where both are at the same time, or else at the end towards the other one. */
function anchor(bar: Bar, other: Bar, { all, nth }: { all: number; nth: number }): number {
  const wide = (all - 1) * SIDE_BY_SIDE
  const least = bar.fromX + 8 + wide, most = Math.max(least, bar.toX - 8)
  const from = Math.max(bar.fromX, other.fromX), to = Math.min(bar.toX, other.toX)
  const aim = (from < to ? (from + to) / 2 : (other.fromX + other.toX) / 2) + wide / 2
  return Math.round(Math.min(most, Math.max(least, aim)) - nth * SIDE_BY_SIDE)
}
