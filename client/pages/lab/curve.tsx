export interface CurveProps {
  /** What a screen reader hears of it. */
  label: string
  points: readonly { x: number; y: number }[]
  /** The point that is set now, and its words. */
  mark: { x: number; y: number; words: string }
  /** What stands at the axes. */
  xText: (value: number) => string
  yText: (value: number) => string
}

const width = 480, height = 250, left = 52, right = 14, top = 16, bottom = 30
/** Lines across the chart. */
const linesMost = 5

/** Round numbers from 0 on, a handful of them, the last one not below the most. */
export function ticksTo(most: number): number[] {
  const rough = Math.max(most, 1e-6) / linesMost, unit = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((one) => one * unit).find((one) => one >= rough) ?? rough
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, at) => at * step)
}

/** One curve with its axes. */
export function Curve({ label, points, mark, xText, yText }: CurveProps) {
  const from = points[0]?.x ?? 0, to = points.at(-1)?.x ?? 1
  const rows = ticksTo(Math.max(1e-6, ...points.map(({ y }) => y))), most = rows.at(-1) ?? 1
  const x = (value: number): number => left + ((value - from) / Math.max(1e-9, to - from)) * (width - left - right)
  const y = (value: number): number => height - bottom - (value / most) * (height - top - bottom)
  const columns = ticksTo(to).filter((one) => one >= from - 1e-9 && one <= to + 1e-9)
  const shown = mark.x >= from && mark.x <= to
  return (
    <svg class="curve" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {rows.map((one) => <g key={one}><line class="curve-line" x1={left} x2={width - right} y1={y(one)} y2={y(one)} /><text x={left - 8} y={y(one) + 4} text-anchor="end">{yText(one)}</text></g>)}
      {columns.map((one) => <text key={one} x={x(one)} y={height - 8} text-anchor="middle">{xText(one)}</text>)}
      {shown && <line class="curve-mark" x1={x(mark.x)} x2={x(mark.x)} y1={top} y2={height - bottom} />}
      <path class="curve-path" d={points.map((one, at) => `${at === 0 ? 'M' : 'L'}${x(one.x).toFixed(1)} ${y(one.y).toFixed(1)}`).join('')} />
      {shown && <circle class="curve-dot" cx={x(mark.x)} cy={y(Math.min(most, mark.y))} r={6} />}
      {shown && <text class="curve-words" x={x(mark.x) + (mark.x > (from + to) / 2 ? -10 : 10)} y={top + 12} text-anchor={mark.x > (from + to) / 2 ? 'end' : 'start'}>{mark.words}</text>}
    </svg>
  )
}
