import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

export interface ChartSeries { label: string, values: readonly (number | null)[], /** A dash tells lines apart without colour; absent: solid. */ dash?: readonly number[], bold?: boolean }
export interface ChartProps {
  /** What a screen reader hears of it, in a sentence. */
  label: string
  times: readonly number[]
  series: readonly ChartSeries[]
  /** Times at which something broke: thin lines. */
  marks?: readonly number[]
  theme: 'dark' | 'light'
}

/** Curves over time on a canvas, in the page's own colours; drawn anew when their numbers differ. It takes the size of its place. */
export function Chart({ label, times, series, marks = [], theme }: ChartProps) {
  const place = useRef<HTMLDivElement>(null), chart = useRef<uPlot | null>(null)
  const latest = useRef({ times, series, marks })
  latest.current = { times, series, marks }
  const shape = JSON.stringify(series.map(({ label: name, dash, bold }) => [name, dash, bold]))
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const style = getComputedStyle(element), colour = (name: string): string => style.getPropertyValue(name).trim()
    const made = new uPlot({
      width: element.clientWidth, height: element.clientHeight, legend: { show: false }, cursor: { show: false }, padding: [4, 0, 0, 0],
      scales: { x: { time: false }, y: { range: (_self, _min, max) => [0, Math.max(1, max)] } }, axes: [{ show: false }, { show: false }],
      series: [{}, ...latest.current.series.map(({ dash, bold = false }) => ({ stroke: colour(bold ? '--ink' : '--ink-2'), width: bold ? 2 : 1.2, points: { show: false }, spanGaps: false, ...(dash === undefined ? {} : { dash: [...dash] }) }))],
      hooks: { draw: [(self) => {
        self.ctx.save()
        self.ctx.strokeStyle = colour('--fault')
        self.ctx.lineWidth = devicePixelRatio
        for (const at of latest.current.marks) {
          const x = Math.round(self.valToPos(at, 'x', true))
          self.ctx.beginPath()
          self.ctx.moveTo(x, self.bbox.top)
          self.ctx.lineTo(x, self.bbox.top + self.bbox.height)
          self.ctx.stroke()
        }
        self.ctx.restore()
      }] },
    }, aligned(latest.current), element)
    chart.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => { observer.disconnect(); made.destroy(); chart.current = null }
  }, [theme, shape])
  const key = JSON.stringify([times, series.map(({ values }) => values), marks])
  useEffect(() => { chart.current?.setData(aligned(latest.current)) }, [key])
  return <div class="chart" ref={place} role="img" aria-label={label} />
}

const aligned = ({ times, series }: { times: readonly number[], series: readonly ChartSeries[] }): uPlot.AlignedData => [[...times], ...series.map(({ values }) => [...values])]
