import { useEffect, useRef } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { paintFog } from '../stage/fog.ts'

export interface FogPanelProps { children?: ComponentChildren, /** Clearings as shares of width and height; the radius as a share of the smaller side. */ clearings?: readonly { x: number, y: number, radius: number, stretch?: number }[] }

const middle = [{ x: 0.5, y: 0.5, radius: 0.5 }] as const

/** Still dots behind a page that waits: join and lobby. Drawn once a size. */
export function FogPanel({ children, clearings = middle }: FogPanelProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current, context = element?.getContext('2d')
    if (!element || !context) return
    const paint = () => {
      const { clientWidth: width, clientHeight: height } = element, scale = Math.min(2, devicePixelRatio), side = Math.min(width, height)
      element.width = width * scale
      element.height = height * scale
      context.scale(scale, scale)
      const style = getComputedStyle(element)
      context.fillStyle = style.getPropertyValue('--stage')
      context.fillRect(0, 0, width, height)
      paintFog(context, width, height, clearings.map(spot => ({ x: spot.x * width, y: spot.y * height, innerPx: spot.radius * side * 0.25, outerPx: spot.radius * side, ...(spot.stretch === undefined ? {} : { stretch: spot.stretch }) })), style.getPropertyValue('--fog'))
    }
    const observer = new ResizeObserver(paint)
    observer.observe(element)
    return () => observer.disconnect()
  }, [clearings])
  return <div class="fog-panel"><canvas ref={canvas} aria-hidden="true" /><div class="fog-panel-content">{children}</div></div>
}
