import type { Bar } from './layout.ts'

export interface Point { x: number; y: number }
/** A line from one bar to another: as a path of SVG, and points along it. */
export interface Route { path: string; points: readonly Point[] }

/** How far a line keeps from bars that it passes, and from the corners of those that it joins. */
const CLEAR = 11, INSET = 8
/** Room for what is said behind a bar that has no end. */
const OPEN_ROOM = 84
/** Between two lines on one side of a bar, and between two that pass bars at the same place. */
const APART = 16, SLOTS_APART = 9
/** Between two lines that join the same bars: the flatter they are, the further apart. */
const SIDE_LEAST = 24, SIDE_MOST = 80
/** How deep a line between two bars at the same height hangs, how much deeper each further one, and how deep at most. */
const DIP = 26, DIP_MORE = 8, DIP_MOST = 42
/** A line goes a long way round rather than where another passes. */
const DETOUR = 300
const STEPS = 24

/**
 * Leads lines from bar to bar so that they cross no other: within the gaps between rows, and past rows where these have a gap, or left of all
 * bars. `middles`: the height of each bar's middle; `halfBar`: half of its height; from `leftX` to `rightX` lines may pass. O(bars) for a line, after the others.
 */
export class Router {
  private readonly bars: readonly Bar[]
  private readonly middles: ReadonlyMap<Bar, number>
  private readonly halfBar: number
  private readonly leftX: number
  private readonly rightX: number
  /** Where lines begin and end so far, and where they pass rows. */
  private readonly touched: { bar: Bar; side: number; x: number }[] = []
  private readonly slots: { x: number; from: number; to: number }[] = []

  constructor(bars: readonly Bar[], middles: ReadonlyMap<Bar, number>, halfBar: number, leftX: number, rightX: number) {
    this.bars = bars
    this.middles = middles
    this.halfBar = halfBar
    this.leftX = leftX
    this.rightX = rightX
  }

  /** The `nth` of `all` lines between these two bars, from 0. */
  route(a: Bar, b: Bar, nth: number, all: number): Route {
    const ya = this.middleOf(a), yb = this.middleOf(b)
    const down = Math.sign(yb - ya)
    const between = this.bars.filter((bar) => (this.middleOf(bar) - ya) * (this.middleOf(bar) - yb) < 0)
    const [sideA, sideB] = down === 0 ? [1, 1] : [down, -down]
    const slot = between.length === 0 ? null : this.slotBy(between, a, b)
    const xa = this.touch(a, sideA, slot ?? aim(a, b, nth, all, down === 0)), xb = this.touch(b, sideB, slot ?? aim(b, a, nth, all, down === 0))
    const y1 = ya + sideA * this.halfBar, y2 = yb + sideB * this.halfBar
    const dip = Math.min(DIP_MOST, DIP + nth * DIP_MORE), bend = down * Math.max(16, Math.abs(y2 - y1) / 2)
    if (slot === null) return curves([{ x: xa, y: y1 }, { x: xb, y: y2 }], down === 0 ? dip : bend, down === 0 ? dip : -bend)
    const heights = between.map((bar) => this.middleOf(bar))
    const [first, last] = down > 0 ? [Math.min(...heights), Math.max(...heights)] : [Math.max(...heights), Math.min(...heights)]
    const past = [first - down * this.halfBar, last + down * this.halfBar] as const
    return join(
      curves([{ x: xa, y: y1 }, { x: slot, y: past[0] }], (past[0] - y1) * 0.7, (y1 - past[0]) * 0.7),
      [{ x: slot, y: past[1] }],
      curves([{ x: slot, y: past[1] }, { x: xb, y: y2 }], (y2 - past[1]) * 0.7, (past[1] - y2) * 0.7),
    )
  }

  private middleOf(bar: Bar): number {
    return this.middles.get(bar) ?? 0
  }

  /** Where a line passes these bars, with the least way round. */
  private slotBy(between: readonly Bar[], a: Bar, b: Bar): number {
    const ends = between.map((bar) => ({ from: bar.fromX - CLEAR, to: (bar.ret === null ? bar.toX + OPEN_ROOM : bar.toX) + CLEAR }))
    const near = (bar: Bar, x: number): number => Math.min(bar.toX - INSET, Math.max(bar.fromX + INSET, x))
    const heights = [this.middleOf(a), this.middleOf(b)], from = Math.min(...heights), to = Math.max(...heights)
    const free = [this.leftX, aim(a, b, 0, 1), aim(b, a, 0, 1), ...ends.flatMap((end) => [end.from, end.to, end.from - SLOTS_APART, end.to + SLOTS_APART])]
      .filter((x) => x >= this.leftX && x <= this.rightX && ends.every((end) => x <= end.from || x >= end.to))
    const cost = (x: number): number => Math.abs(near(a, x) - x) + Math.abs(near(b, x) - x) + this.slots.filter((one) => Math.abs(one.x - x) < SLOTS_APART && one.from < to && one.to > from).length * DETOUR
    const x = free.reduce((best, one) => (cost(one) < cost(best) ? one : best), this.leftX)
    this.slots.push({ x, from, to })
    return x
  }

  /** A place on one side of a bar, as near as can be to the one wanted, where no other line begins or ends. */
  private touch(bar: Bar, side: number, wanted: number): number {
    const least = bar.fromX + INSET, most = Math.max(least, bar.toX - INSET)
    const clamped = Math.min(most, Math.max(least, wanted))
    const isFree = (x: number): boolean => this.touched.every((one) => one.bar !== bar || one.side !== side || Math.abs(one.x - x) >= APART)
    let x = clamped
    for (let by = 0; by <= most - least; by += APART / 2) {
      const found = [clamped - by, clamped + by].find((one) => one >= least && one <= most && isFree(one))
      if (found === undefined) continue
      x = found
      break
    }
    this.touched.push({ bar, side, x })
    return Math.round(x)
  }
}

/** Where the nth of all lines between two bars touches one: where both are at the same time, or else at the end towards the other one. Lines run side by side; those that `hang` between two bars of one height, within one another. */
function aim(bar: Bar, other: Bar, nth: number, all: number, hang = false): number {
  const from = Math.max(bar.fromX, other.fromX), to = Math.min(bar.toX, other.toX)
  const narrow = Math.min(bar.toX - bar.fromX, other.toX - other.fromX) - 2 * INSET
  const side = Math.min(Math.max(SIDE_LEAST, Math.min(SIDE_MOST, hang ? 0 : (from - to) / 3)), narrow / Math.max(1, all - 1))
  if (from < to) return (from + to) / 2 + ((all - 1) / 2 - nth) * side
  return bar.toX <= other.fromX ? bar.toX - INSET - nth * side : bar.fromX + INSET + (hang ? nth : all - 1 - nth) * side
}

const num = (value: number): number => Math.round(value * 10) / 10

/** A curve that leaves the first point and reaches the last upright. `leave` and `reach`: how far up or down the handles lie. */
function curves([a, b]: readonly [Point, Point], leave: number, reach: number): Route {
  const c1 = a.y + leave, c2 = b.y + reach
  const points = Array.from({ length: STEPS + 1 }, (_, n): Point => ({ x: bezier(n / STEPS, a.x, a.x, b.x, b.x), y: bezier(n / STEPS, a.y, c1, c2, b.y) }))
  return { path: `M${num(a.x)} ${num(a.y)}C${num(a.x)} ${num(c1)} ${num(b.x)} ${num(c2)} ${num(b.x)} ${num(b.y)}`, points }
}

/** Two curves as one line, straight between them. */
function join(first: Route, through: readonly Point[], last: Route): Route {
  return { path: `${first.path}${through.map(({ x, y }) => `L${num(x)} ${num(y)}`).join('')}${last.path.replace(/^M[^C]*/, '')}`, points: [...first.points, ...last.points] }
}

const bezier = (t: number, a: number, b: number, c: number, d: number): number =>
  (1 - t) * (1 - t) * (1 - t) * a + 3 * (1 - t) * (1 - t) * t * b + 3 * (1 - t) * t * t * c + t * t * t * d
