import { packetPaths } from '../components/packet-paths.ts'
import { paintText } from './paint-node.ts'
import type { StagePacket } from './scene.ts'
import type { Palette } from './palette.ts'

/** One packet, its middle at 0,0. An answer's tag points along `angle`; the letter stays upright. */
export function paintPacket(context: CanvasRenderingContext2D, packet: Pick<StagePacket, 'family' | 'letter' | 'hollow'>, angle: number, sizePx: number, palette: Palette): void {
  const colour = palette[packet.family]
  context.save()
  context.rotate(angle)
  context.scale(sizePx, sizePx)
  const path = new Path2D(packetPaths[packet.family])
  context.fillStyle = packet.hollow ? palette.stage : colour
  context.fill(path)
  if (packet.hollow || palette['packet-edge'].startsWith('#')) {
    context.lineWidth = packet.hollow ? 0.11 : 0.06
    context.strokeStyle = packet.hollow ? colour : palette['packet-edge']
    context.stroke(path)
  }
  context.restore()
  const ink = packet.hollow ? colour : packet.family === 'ask' ? palette['on-ask'] : packet.family === 'customer' ? palette.stage : palette['on-packet']
  paintText(context, packet.letter, 0, 0, sizePx * 0.64, ink, palette.font)
}
