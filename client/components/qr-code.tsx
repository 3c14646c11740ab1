import { encode } from 'uqr'
import { texts } from '../texts/common.ts'

export interface QrCodeProps { text: string, sizePx?: number, label?: string }

/** A code for a phone's camera, dark on white in both themes. */
export function QrCode({ text, sizePx = 96, label = texts.codeFor(text) }: QrCodeProps) {
  const { data, size } = encode(text, { border: 2 })
  const path = data.map((row, y) => row.map((dark, x) => dark ? `M${x} ${y}h1v1h-1z` : '').join('')).join('')
  return <svg class="qr-code" width={sizePx} height={sizePx} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges"><rect width={size} height={size} fill="#fff" /><path d={path} fill="#091318" /></svg>
}
