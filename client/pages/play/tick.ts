import { useEffect, useState } from 'preact/hooks'

/** Draws the component anew every so often, in ms: for ages and countdowns, which nobody announces. */
export function useTick(everyMs: number): void {
  const [, setCount] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setCount(count => count + 1), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
}
