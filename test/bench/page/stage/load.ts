import '../../../../client/style/tokens.css'
import { mountStage } from '../../../../client/stage/mount.ts'
import type { StageNode, StagePacket, StageScene } from '../../../../client/stage/scene.ts'

/** Seven nodes and sixty packets that are under way all the time, as the address asks: `?viewport=student|above&renderer=webgl|canvas`. */

const asked = new URLSearchParams(location.search)
const viewport = asked.get('viewport') === 'student' ? 'student' : 'above'
const renderer = asked.get('renderer') === 'webgl' ? 'webgl' : 'canvas'
const ids = ['A', 'B', 'C', 'D', 'E', 'F', 'G'], packetsMost = 60, flightMs = 1_500
const families = ['beat', 'ask', 'answer', 'order'] as const

const nodes: StageNode[] = ids.map((id, at) => ({
  id, shape: at % 3 === 1 ? 'square' : 'circle', own: viewport === 'student' && at === 0, selected: false, fill: at === 2 ? 'full' : 'empty', pennant: at === 2, tab: 'T3',
  state: 'ok', ring: { fraction: 0.6 }, freshness: 0.8, lines: [],
}))

/** Each packet flies again and again between two nodes of its own, so that sixty are always to be seen. */
function packetAt(n: number, nowMs: number): StagePacket {
  const from = viewport === 'student' ? (n % 2 === 0 ? 0 : 1 + n % 6) : n % 7
  const to = viewport === 'student' ? (n % 2 === 0 ? 1 + n % 6 : 0) : (n + 1 + n % 5) % 7
  const turn = Math.floor((nowMs + n * 211) / flightMs), departMs = turn * flightMs - n * 211
  return {
    key: `${n} ${turn}`, from: ids[from] ?? '', to: ids[to === from ? (to + 1) % 7 : to] ?? '', family: families[n % 4] ?? 'beat', letter: 'HRYS'[n % 4] ?? 'H', hollow: false,
    departMs, arriveMs: departMs + flightMs, fate: 'delivered',
  }
}

function scene(): StageScene {
  const nowMs = performance.now()
  // Rings burn down all the time, as in a round: that is what makes the picture differ besides its packets.
  const burning = nodes.map((node, at) => ({ ...node, ring: { fraction: 1 - ((nowMs / 4_000 + at / 7) % 1) }, freshness: 1 - ((nowMs / 8_000 + at / 7) % 1) }))
  return { viewport, nowMs, nodes: burning, packets: Array.from({ length: packetsMost }, (_, n) => packetAt(n, nowMs)), cuts: [] }
}

const host = document.getElementById('stage')
if (host !== null) mountStage(host, { scene, renderer, theme: 'dark' })
