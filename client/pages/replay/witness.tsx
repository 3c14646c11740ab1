import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useSize } from '../../components/use-size.ts'
import type { Fact, FactOf } from '../../../shared/sim/facts.ts'
import type { FactNo, NodeId, SimMs } from '../../../shared/sim/types.ts'
import { nodesOf } from '../../model/replay.ts'
import type { BreachWalk, Round } from '../../model/replay.ts'
import { flightAt } from '../../stage/flight.ts'
import { layoutNodes } from '../../stage/layout.ts'
import type { Spot, StagePacket } from '../../stage/scene.ts'

const markPx = 20, ringPx = 21

/** The witness of a breach, numbered on the stage: nodes where its facts happened, ways of its messages, packets under way. */
export function Witness({ round, walk, index, now, playing }: { round: Round; walk: BreachWalk; index: FactNo; now: () => SimMs; playing: boolean }) {
  const place = useRef<SVGSVGElement>(null)
  const rings = useRef<SVGGElement>(null)
  const size = useSize(place)
  const ids = round.replayed.recording.header.nodes
  const nodes = useMemo(() => round.above.nodesAt(0, [], {}), [round])
  const spots = layoutNodes({ viewport: 'above', nodes }, size.width, size.height)
  const packets = useMemo(() => walk.steps.map((step) => packetOf(step.fact, round)), [walk, round])

  // Packets move with every frame; what is numbered stands.
  useEffect(() => {
    const draw = (): void => {
      const group = rings.current
      if (group === null) return
      const ms = now(), flight = { x: 0, y: 0, alpha: 1, angle: 0 }
      packets.forEach((packet, at) => {
        const ring = group.children[at]
        const from = packet === null ? undefined : spots[packet.from], to = packet === null ? undefined : spots[packet.to]
        const seen = packet !== null && from !== undefined && to !== undefined && flightAt(packet, ms, from, to, false, flight) !== null
        ring?.setAttribute('visibility', seen ? 'visible' : 'hidden')
        if (seen) ring?.setAttribute('transform', `translate(${flight.x} ${flight.y})`)
      })
    }
    draw()
    if (!playing) return
    let frame = requestAnimationFrame(function again() { draw(); frame = requestAnimationFrame(again) })
    return () => cancelAnimationFrame(frame)
  })

  // Marks of one node stand side by side, the first one leftmost.
  const left = new Map<NodeId, number>()
  for (const { fact } of walk.steps) {
    const { at } = nodesOf(fact)
    if (at !== null) left.set(at, (left.get(at) ?? 0) + 1)
  }
  return (
    <svg class="witness" ref={place} aria-hidden="true">
      {walk.steps.map(({ fact }, at) => {
        const { from, to } = nodesOf(fact)
        const way = wayOf(from === null ? undefined : spots[from], to === null ? undefined : spots[to])
        return way !== null && fact.n === index && <line key={`way ${at}`} class="witness-way" x1={way[0]} y1={way[1]} x2={way[2]} y2={way[3]} />
      })}
      <g ref={rings}>{packets.map((_, at) => <g key={at} visibility="hidden"><circle class="witness-ring" r={ringPx} /><text class="witness-number" y={-ringPx - 5}>{at + 1}</text></g>)}</g>
      {walk.steps.map(({ fact }, at) => {
        const node = nodesOf(fact).at
        const spot = node === null || !ids.includes(node) ? undefined : spots[node]
        if (node === null || spot === undefined) return null
        const toRight = (left.get(node) ?? 1) - 1
        left.set(node, toRight)
        const x = spot.x - spot.r - markPx * 0.9 - toRight * (markPx + 3), y = spot.y - spot.r * 0.75
        const state = fact.n === index ? 'is-current' : fact.n > index ? 'is-ahead' : ''
        return <g key={`mark ${at}`} class={`witness-mark ${state}`} transform={`translate(${x} ${y})`}><rect x={-markPx / 2} y={-markPx / 2} width={markPx} height={markPx} /><text y="5">{at + 1}</text></g>
      })}
    </svg>
  )
}

/** The packet that a fact sent or received, or null. */
function packetOf(fact: Fact, round: Round): StagePacket | null {
  const sent = fact.kind === 'sent' ? fact : fact.kind === 'delivered' ? sentOf(fact, round.replayed.facts) : undefined
  if (sent === undefined) return null
  const copy = fact.kind === 'delivered' ? fact.copy : 0
  const keys = [`${sent.n}.${copy}`, `${sent.n}`]
  return round.above.sceneAt(sent.atMs, [], {}).packets.find((packet) => keys.includes(packet.key.split('/')[0] ?? '')) ?? null
}

/** Where the message was sent. Among its causes is also what the receiver did before, which may be another message. */
function sentOf(fact: FactOf<'delivered'>, facts: readonly Fact[]): FactOf<'sent'> | undefined {
  for (const n of fact.before) {
    const cause = facts[n]
    if (cause?.kind === 'sent' && cause.message === fact.message) return cause
  }
  return undefined
}

/** From edge to edge of two nodes. */
function wayOf(from: Spot | undefined, to: Spot | undefined): [number, number, number, number] | null {
  if (from === undefined || to === undefined) return null
  const dx = to.x - from.x, dy = to.y - from.y, length = Math.hypot(dx, dy) || 1
  const start = (from.r + 8) / length, end = (to.r + 8) / length
  return [from.x + dx * start, from.y + dy * start, to.x - dx * end, to.y - dy * end]
}
