import type { Spot, StagePacket } from './scene.ts'

/** Durations of the picture, not of the game. */
export const departShownMs = 900, arriveShownMs = 420
/** A leaving packet fades here, whatever becomes of it; a lost one ends here. Shares of the way. */
export const fadeShare = 0.55, arriveFromShare = 0.8

interface Point { x: number, y: number }
export interface Flight { x: number, y: number, alpha: number, angle: number }

/**
 * Where a packet is at a time, or null if it is not to be seen. A function of time alone, so it is right at
 * any frame rate and may be asked backwards. Writes into `into`, so that no frame allocates. `endShare`: where a lost one ends.
 */
export function flightAt(packet: StagePacket, nowMs: number, from: Spot, to: Spot, reducedMotion: boolean, into: Flight, endShare = packet.endShare ?? fadeShare): Flight | null {
  const share = shareAt(packet, nowMs, reducedMotion, endShare)
  if (share === null) return null
  const dx = to.x - from.x, dy = to.y - from.y, length = Math.hypot(dx, dy) || 1
  // The way runs from edge to edge, so that nothing hides under a node.
  const start = from.r + 10, travel = Math.max(0, length - from.r - to.r - 20), along = start + travel * share
  into.x = from.x + dx / length * along
  into.y = from.y + dy / length * along
  into.angle = Math.atan2(dy, dx)
  into.alpha = alphaAt(packet, nowMs, share, endShare)
  return into
}

/**
 * The share of the way at which a packet meets a line, so that one which a cut loses ends at the tear and not beyond it. Null when its way
 * does not cross. `halfPx`: half the packet's length, which stays on this side.
 */
export function shareAtLine(from: Spot, to: Spot, line: readonly [Point, Point], halfPx: number): number | null {
  const [a, b] = line
  const side = (at: Point): number => (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x)
  const here = side(from), there = side(to)
  if (here * there >= 0) return null
  const length = Math.hypot(to.x - from.x, to.y - from.y), travel = Math.max(1, length - from.r - to.r - 20)
  return Math.max(0, Math.min(1, (length * here / (here - there) - halfPx - from.r - 10) / travel))
}

/** Packets that wait on one link stand in line, this far apart; beyond the last place they share it. */
const placePx = 11, placesMost = 6

/** Moves a waiting packet to its place in line: the first at the end of the way, the others behind it. */
export function queueAt(packet: StagePacket, place: number, flight: Flight): void {
  const back = Math.min(place, placesMost) * placePx * (packet.waits === 'far' ? -1 : 1)
  flight.x += Math.cos(flight.angle) * back
  flight.y += Math.sin(flight.angle) * back
}

function shareAt(packet: StagePacket, nowMs: number, reducedMotion: boolean, endShare: number): number | null {
  const { fate, departMs, arriveMs } = packet
  if (packet.waits !== undefined) return nowMs < departMs || nowMs > arriveMs ? null : packet.waits === 'near' ? 0 : 1
  if (fate === 'arrives') {
    const t = (nowMs - arriveMs) / arriveShownMs
    return t < 0 || t > 1 || reducedMotion ? null : arriveFromShare + (1 - arriveFromShare) * t
  }
  const lastsMs = fate === 'fades' ? departShownMs : Math.max(1, arriveMs - departMs)
  const t = (nowMs - departMs) / lastsMs
  if (t < 0 || t > 1) return null
  if (reducedMotion) return Math.min(fadeShare, endShare)
  return fate === 'fades' ? t * fadeShare : fate === 'lost' ? Math.min(t, endShare) : t
}

function alphaAt(packet: StagePacket, nowMs: number, share: number, endShare: number): number {
  if (packet.fate === 'fades') return Math.max(0, Math.min(1, (1 - (nowMs - packet.departMs) / departShownMs) * 2))
  if (packet.waits !== undefined) return packet.fate === 'lost' ? 1 - (nowMs - packet.departMs) / Math.max(1, packet.arriveMs - packet.departMs) : 1
  if (packet.fate === 'lost' && share >= endShare) {
    const t = (nowMs - packet.departMs) / Math.max(1, packet.arriveMs - packet.departMs)
    return Math.max(0, 1 - (t - endShare) / (1 - endShare))
  }
  return 1
}
