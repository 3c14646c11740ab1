/** Simulated time to the ms as `mm:ss.mmm`. */
export function clockText(ms: number): string {
  const digits = (value: number, width: number): string => String(value).padStart(width, '0')
  return `${digits(Math.floor(ms / 60_000), 2)}:${digits(Math.floor(ms / 1_000) % 60, 2)}.${digits(ms % 1_000, 3)}`
}
