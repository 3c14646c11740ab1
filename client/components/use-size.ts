import { useEffect, useState } from 'preact/hooks'
import type { RefObject } from 'preact'

/** The size of an element in CSS pixels, kept up to date; 0 by 0 before it is there. */
export function useSize(place: RefObject<Element | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const element = place.current
    if (!element) return
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])
  return size
}
