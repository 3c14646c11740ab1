import { useMemo, useRef } from 'preact/hooks'
import { useSize } from '../../components/use-size.ts'
import type { FactNo, SimMs } from '../../../shared/sim/types.ts'
import { clockText } from '../../components/index.ts'
import type { BreachWalk, Round } from '../../model/replay.ts'
import { pageOf, spaceTimeOf, spaceTimeOfPage } from '../../model/space-time.ts'
import { fadeShare } from '../../stage/flight.ts'
import { texts } from '../../texts/replay.ts'

/** Below this height, in px, the diagram is left out: its lanes would touch. */
const heightPxMin = 130
const leftPx = 26, rightPx = 10, topPx = 18, bottomPx = 16, markPx = 15, waitPx = 4

/**
 * How a claim broke, or without one what happens round the cursor, as a space-time diagram: time to the right, a lane for each node.
 * A press goes to that moment.
 */
export function SpaceTimeDiagram({ round, walk, index, nowMs, onSeek }: { round: Round; walk: BreachWalk | null; index: FactNo; nowMs: SimMs; onSeek: (ms: SimMs) => void }) {
  const place = useRef<HTMLDivElement>(null)
  const size = useSize(place)
  const page = walk === null ? pageOf(nowMs) : null
  const shown = useMemo(() => (walk === null ? spaceTimeOfPage(round, page ?? 0) : spaceTimeOf(round, walk)), [round, walk, page])
  const { width, height } = size
  const x = (ms: SimMs): number => leftPx + (ms - shown.fromMs) / Math.max(1, shown.toMs - shown.fromMs) * (width - leftPx - rightPx)
  const y = (node: string): number => topPx + (shown.nodes.indexOf(node) + 0.5) * (height - topPx - bottomPx) / shown.nodes.length
  const press = (event: PointerEvent): void => {
    const box = place.current?.getBoundingClientRect()
    if (!box) return
    const share = Math.max(0, Math.min(1, (event.clientX - box.left - leftPx) / (box.width - leftPx - rightPx)))
    onSeek(Math.round(shown.fromMs + share * (shown.toMs - shown.fromMs)))
  }
  const inside = nowMs >= shown.fromMs && nowMs <= shown.toMs
  return (
    <div class="space-time" ref={place}>
      {height >= heightPxMin && width > 0 && (
        <svg width={width} height={height} onPointerDown={press} role="img" aria-label={texts.diagram.label(walk?.claim ?? texts.diagram.messages, clockText(shown.fromMs, true), clockText(shown.toMs, true))}>
          <defs><pattern id="broken-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="var(--fault)" stroke-width="2.5" /></pattern>
            <clipPath id="stretch"><rect x={leftPx} y="0" width={Math.max(0, width - leftPx - rightPx + 3)} height={height} /></clipPath></defs>
          <g clip-path="url(#stretch)">{shown.cuts.map((cut) => <g key={cut.key}><rect x={x(cut.fromMs)} y={topPx - 7} width={Math.max(2, x(cut.toMs) - x(cut.fromMs))} height="6" fill="url(#broken-hatch)" stroke="var(--fault)" stroke-width="1" /></g>)}</g>
          {shown.ticks.map((ms) => <g key={ms}><line class="space-tick" x1={x(ms)} x2={x(ms)} y1={topPx} y2={height - bottomPx} /><text class="space-time-text" x={x(ms)} y={height - 4}>{clockText(ms, true).slice(0, 5)}</text></g>)}
          {shown.nodes.map((node) => <g key={node}><line class="space-lane" x1={leftPx} x2={width - rightPx} y1={y(node)} y2={y(node)} /><text class="space-node" x="8" y={y(node) + 5}>{node}</text></g>)}
          <g clip-path="url(#stretch)">{shown.down.map((one) => <rect key={`${one.node} ${one.fromMs}`} class="space-down" x={x(one.fromMs)} y={y(one.node) - 4} width={x(one.toMs) - x(one.fromMs)} height="8" fill="url(#broken-hatch)" />)}
          {shown.messages.map(({ packet, lit }) => {
            const lost = packet.fate === 'lost', share = lost && packet.waits === undefined ? packet.endShare ?? fadeShare : 1
            // One that is kept back stays beside the lane at which it waits.
            const waitsAt = packet.waits === undefined ? null : y(packet.waits === 'near' ? packet.from : packet.to) + waitPx
            const from = { x: x(packet.departMs), y: waitsAt ?? y(packet.from) }, whole = { x: x(packet.arriveMs), y: waitsAt ?? y(packet.to) }
            const to = { x: from.x + (whole.x - from.x) * share, y: from.y + (whole.y - from.y) * share }
            return <g key={packet.key} class={lit ? 'space-message is-lit' : 'space-message'} style={lit || walk === null ? { color: packet.family === 'ask' ? 'var(--ask-line)' : `var(--${packet.family})` } : undefined}>
              <line class={waitsAt === null ? undefined : 'is-waiting'} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
              {lost ? <path d={`M${to.x - 3} ${to.y - 3}l6 6m0-6l-6 6`} stroke="var(--fault)" stroke-width="1.5" /> : packet.fate === 'delivered' && <circle cx={to.x} cy={to.y} r={lit ? 3 : 1.8} />}</g>
          })}</g>
          {inside && <line class="space-cursor" x1={x(nowMs)} x2={x(nowMs)} y1={topPx - 8} y2={height - bottomPx} />}
          {shown.marks.map((mark) => {
            const after = shown.marks.filter((other) => other.node === mark.node && other.step > mark.step && Math.abs(x(other.atMs) - x(mark.atMs)) < markPx + 2).length
            const state = walk?.steps[mark.step - 1]?.fact.n === index ? 'is-current' : ''
            return <g key={mark.step} class={`witness-mark ${state}`} transform={`translate(${x(mark.atMs) - after * (markPx + 2)} ${y(mark.node) - 12})`}><rect x={-markPx / 2} y={-markPx / 2} width={markPx} height={markPx} /><text y="4">{mark.step}</text></g>
          })}
        </svg>)}
    </div>
  )
}
