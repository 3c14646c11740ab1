import type { LabStrip } from '../../../shared/lab/heartbeat.ts'
import { nodeIds } from '../../../shared/sim/create.ts'
import { texts } from '../../texts/lab.ts'

const width = 1000, row = 40, bar = 22, foot = 22, left = 30, right = 24
const tickS = 5

/** One run: a row for each node, a stroke for each beat, a bar for each suspicion. */
export function Strips({ strips, seconds }: { strips: readonly LabStrip[]; seconds: number }) {
  const ids = nodeIds(strips.length), x = (atS: number): number => left + (atS / seconds) * (width - left - right)
  const ticks = Array.from({ length: Math.floor(seconds / tickS) + 1 }, (_, at) => at * tickS)
  return (
    <svg class="strips" viewBox={`0 0 ${width} ${row * strips.length + foot}`} role="img" aria-label={strips.map(({ beatsS, suspectedS }, at) => texts.stripSpoken(ids[at] ?? '', beatsS.length, suspectedS.length)).join('. ')}>
      <pattern id="wrongly" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.5" height="7" class="strip-hatch" /></pattern>
      {strips.map(({ beatsS, suspectedS }, at) => {
        const middle = at * row + row / 2
        return (
          <g key={at}>
            <text class="strip-node" x={4} y={middle + 6}>{ids[at]}</text>
            <line class="curve-line" x1={left} x2={width - right} y1={middle} y2={middle} />
            {suspectedS.map(({ fromS, toS }) => <rect key={fromS} class="strip-wrong" x={x(fromS)} y={middle - bar / 2} width={Math.max(2, x(toS) - x(fromS))} height={bar} fill="url(#wrongly)" />)}
            {beatsS.map((beat) => <line key={beat} class="strip-beat" x1={x(beat)} x2={x(beat)} y1={middle - 8} y2={middle + 8} />)}
          </g>)
      })}
      {ticks.map((at) => <text key={at} x={x(at)} y={row * strips.length + foot - 5} text-anchor="middle">{texts.seconds(String(at))}</text>)}
    </svg>
  )
}
