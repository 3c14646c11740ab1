import type { Metrics } from '../../../shared/metrics.ts'
import { ERROR_CAUSES } from '../../../shared/metrics.ts'
import { Chart } from '../../components/chart.tsx'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { texts as all } from '../../texts/cockpit.ts'
import { followTime } from './session.ts'
import type { Session } from './session.ts'
import { theme } from './theme.ts'

const texts = all.figures
/** Missed heartbeats drawn for a node; more are a figure. */
const missedMost = 4
/** The line on which clocks lie reaches so far to either side, in s. */
const skewReachS = 5
/** Clocks nearer to each other than this share of the line have one label. */
const skewNearShare = 0.09
const dashes = { '50': undefined, '95': [2, 2], '99': undefined, '99.9': [5, 3] } as const
/** Of a column's height, in the picture's own units. */
const barsHeight = 40, barsWidth = 120

const seconds = (ms: number | null | undefined): string => (ms === null || ms === undefined ? all.none : `${(ms / 1_000).toFixed(1)}`)

/** The chosen cluster over the last five minutes: how quick, what failed and why, who is behind, what waits, who is not heard, whose clock is off. Drawn anew twice a second. */
export function Charts({ session, cluster }: { session: Session; cluster: ClusterSeen }) {
  followTime(session)
  const figures = cluster.metrics(), nowMs = cluster.clock.at(performance.now()), { nodes } = cluster
  const marks = cluster.above.faults.map(({ startedMs }) => startedMs).filter((at) => at >= (figures.timesMs[0] ?? 0))
  return (
    <section class="charts" aria-label={texts.label}>
      {cluster.asked && <><Latency figures={figures} marks={marks} /><Errors figures={figures} /></>}
      {figures.behind !== null && <Behind title={texts.behind(figures.behind.unit)} nodes={nodes} values={figures.behind.by} />}
      {cluster.asked && <Queue figures={figures} nodes={nodes} marks={marks} />}
      <Missed nodes={nodes} values={figures.missed} />
      <Skew nodes={nodes} offsetsMs={nodes.map((node) => cluster.above.offsetMs(node, nowMs))} />
    </section>
  )
}

/** The worst of the nodes: the first with the most. */
const worstOf = (nodes: readonly string[], values: { readonly [node: string]: number }): string => nodes.reduce((worst, node) => ((values[node] ?? 0) > (values[worst] ?? 0) ? node : worst), nodes[0] ?? '')
const listed = (nodes: readonly string[], values: { readonly [node: string]: number }): string => nodes.map((node) => `${node} ${values[node] ?? 0}`).join(', ')

function Latency({ figures: { latencyMs, timesMs }, marks }: { figures: Metrics; marks: readonly number[] }) {
  const last = (percent: string): number | null => latencyMs[percent]?.findLast((ms) => ms !== null) ?? null, answered = last('99') !== null
  return (
    <div class="chart-cell chart-wide"><h3><span>{texts.latency}</span>{answered && <b>p99 {seconds(last('99'))}</b>}</h3>
      {answered ? <div class="chart-row"><Chart theme={theme.value} label={texts.latencySpoken(seconds(last('50')), seconds(last('99')))} times={timesMs} marks={marks}
        series={Object.entries(dashes).map(([percent, dash]) => ({ label: `p${percent}`, values: latencyMs[percent] ?? [], bold: percent === '99', ...(dash === undefined ? {} : { dash }) }))} />
        <ul aria-hidden="true">{Object.entries(dashes).toReversed().map(([percent, dash]) => <li key={percent} class={percent === '99' ? 'is-bold' : ''}><svg width="14" height="6" aria-hidden="true"><path d="M0 3H14" stroke="currentColor" stroke-width={percent === '99' ? 2.4 : 1.4} stroke-dasharray={dash?.join(' ')} /></svg>p{percent.replace('.', '')} {seconds(last(percent))}</li>)}</ul></div>
        : <p class="chart-none">{texts.noLatency}</p>}</div>
  )
}

/** Columns of the last minutes, a bucket each: plain, hatched and full say the cause. */
function Errors({ figures: { errors, timesMs } }: { figures: Metrics }) {
  const totals = ERROR_CAUSES.map((cause) => errors[cause].reduce((sum, count) => sum + count, 0)), [timeout = 0, unreachable = 0, wrong = 0] = totals
  const total = timeout + unreachable + wrong
  const most = Math.max(3, ...timesMs.map((_, at) => ERROR_CAUSES.reduce((sum, cause) => sum + (errors[cause][at] ?? 0), 0))), width = barsWidth / Math.max(1, timesMs.length)
  return (
    <div class="chart-cell chart-errors"><h3><span>{texts.errors}</span><b>{total}</b></h3>
      {total === 0 ? <p class="chart-none">{texts.noErrors}</p> : <>
        <svg class="chart-bars" viewBox={`0 0 ${barsWidth} ${barsHeight}`} preserveAspectRatio="none" role="img" aria-label={texts.errorsSpoken(timeout, unreachable, wrong)}>
          {timesMs.map((_, at) => {
            let top = barsHeight
            return ERROR_CAUSES.map((cause) => {
              const height = ((errors[cause][at] ?? 0) / most) * (barsHeight - 2)
              top -= height
              return height === 0 ? null : <rect key={cause} class={`bar-${cause}`} x={at * width} y={top} width={Math.max(1, width - 0.6)} height={height} />
            })
          })}</svg>
        <p class="chart-key" aria-hidden="true">{ERROR_CAUSES.flatMap((cause, at) => (totals[at] === 0 ? [] : [<span key={cause} class={`key-${cause}`}><i />{texts.causes[cause]} {totals[at]}</span>]))}</p></>}</div>
  )
}

function Queue({ figures: { queue, queueNow, timesMs }, nodes, marks }: { figures: Metrics; nodes: readonly string[]; marks: readonly number[] }) {
  const worst = worstOf(nodes, queueNow)
  return (
    <div class="chart-cell"><h3><span>{texts.queueAt(worst)}</span><b>{queueNow[worst] ?? 0}</b></h3>
      <Chart theme={theme.value} label={texts.perNode(texts.queue, listed(nodes, queueNow))} times={timesMs} marks={marks} series={[{ label: worst, values: queue[worst] ?? [], bold: true }]} /></div>
  )
}

/** How far each node is behind, as columns of its own height. */
function Behind({ title, nodes, values }: { title: string; nodes: readonly string[]; values: { readonly [node: string]: number } }) {
  const most = Math.max(1, ...nodes.map((node) => values[node] ?? 0))
  return (
    <div class="chart-cell"><h3><span>{title}</span><b>{values[worstOf(nodes, values)] ?? 0}</b></h3>
      <ul class="chart-nodes" aria-label={title}>{nodes.map((node) => <li key={node}><span aria-hidden="true"><i style={{ height: `${((values[node] ?? 0) / most) * 100}%` }} /></span><b>{node}</b><small>{values[node] ?? 0}</small></li>)}</ul></div>
  )
}

function Missed({ nodes, values }: { nodes: readonly string[]; values: { readonly [node: string]: number } }) {
  return (
    <div class="chart-cell"><h3><span>{texts.missed}</span><b>{values[worstOf(nodes, values)] ?? 0}</b></h3>
      <ul class="chart-missed" aria-label={texts.missed}>{nodes.map((node) => <li key={node}>{Array.from({ length: missedMost }, (_, at) => <i key={at} aria-hidden="true" class={missedMost - at <= (values[node] ?? 0) ? 'is-full' : ''} />)}<b>{node}</b><span class="sr-only">{values[node] ?? 0}</span></li>)}</ul></div>
  )
}

interface SkewGroup { letters: string; shares: number[] }

/** All clocks on one line, true time in the middle. Those that lie together share their label. */
function Skew({ nodes, offsetsMs }: { nodes: readonly string[]; offsetsMs: readonly number[] }) {
  const spreadS = (Math.max(...offsetsMs) - Math.min(...offsetsMs)) / 1_000
  const places = nodes.map((node, at) => ({ node, share: 0.5 + Math.max(-1, Math.min(1, (offsetsMs[at] ?? 0) / 1_000 / skewReachS)) * 0.46 })).toSorted((a, b) => a.share - b.share)
  const groups: SkewGroup[] = []
  for (const { node, share } of places) {
    const last = groups.at(-1)
    if (last !== undefined && share - (last.shares.at(-1) ?? 0) < skewNearShare) { last.letters += node; last.shares.push(share) }
    else groups.push({ letters: node, shares: [share] })
  }
  return (
    <div class="chart-cell"><h3><span>{texts.skew}</span><b>{spreadS.toFixed(1)}</b></h3>
      <div class="chart-skew" role="img" aria-label={texts.perNode(texts.skew, nodes.map((node, at) => `${node} ${((offsetsMs[at] ?? 0) / 1_000).toFixed(1)}`).join(', '))}>
        {groups.map(({ letters, shares }) => <b key={letters} style={{ left: `${(((shares[0] ?? 0) + (shares.at(-1) ?? 0)) / 2) * 100}%` }}>{letters}</b>)}
        {places.map(({ node, share }) => <span key={node} style={{ left: `${share * 100}%` }} />)}
        <i>−{skewReachS}</i><i>0</i><i>+{skewReachS}</i></div></div>
  )
}
