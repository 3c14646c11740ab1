import type { Metrics } from '../../../shared/metrics.ts'
import { ERROR_CAUSES } from '../../../shared/metrics.ts'
import { Chart } from '../../components/chart.tsx'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { texts } from '../../texts/cockpit.ts'
import { followTime } from './session.ts'
import type { Session } from './session.ts'
import { theme } from './theme.ts'

/** Missed heartbeats drawn for a node; more are a figure. */
const missedMost = 4
/** The line on which clocks lie reaches so far to either side, in s. */
const skewReachS = 5
const dashes = { '50': undefined, '95': [2, 2], '99': undefined, '99.9': [5, 3] } as const

const seconds = (ms: number | null | undefined): string => (ms === null || ms === undefined ? texts.none : `${(ms / 1_000).toFixed(1)}`)

/** The chosen cluster over the last five minutes: how quick, what failed and why, who is behind, who waits, who is not heard, whose clock is off. Drawn anew twice a second. */
export function Charts({ session, cluster }: { session: Session; cluster: ClusterSeen }) {
  followTime(session)
  const figures = cluster.metrics(), nowMs = cluster.clock.at(performance.now())
  const marks = cluster.above.faults.map(({ startedMs }) => startedMs).filter((at) => at >= (figures.timesMs[0] ?? 0))
  return (
    <div class="charts">
      <Latency figures={figures} marks={marks} />
      <Errors figures={figures} />
      {figures.behind !== null && <PerNode title={texts.behind(figures.behind.unit)} nodes={cluster.nodes} values={figures.behind.by} />}
      <Queue figures={figures} nodes={cluster.nodes} marks={marks} />
      <Missed nodes={cluster.nodes} values={figures.missed} />
      <Skew nodes={cluster.nodes} offsetsMs={cluster.nodes.map((node) => cluster.above.offsetMs(node, nowMs))} />
    </div>
  )
}

function Latency({ figures, marks }: { figures: Metrics; marks: readonly number[] }) {
  const { latencyMs } = figures, last = (percent: string): number | null => latencyMs[percent]?.at(-1) ?? null
  return (
    <section class="chart-cell chart-wide"><h3>{texts.latency}<b>p99 {seconds(last('99'))}</b></h3>
      <div class="chart-row"><Chart theme={theme.value} label={texts.latencySpoken(seconds(last('50')), seconds(last('99')))} times={figures.timesMs} marks={marks}
        series={Object.entries(dashes).map(([percent, dash]) => ({ label: `p${percent}`, values: latencyMs[percent] ?? [], bold: percent === '99', ...(dash === undefined ? {} : { dash }) }))} />
        <ul aria-hidden="true">{Object.keys(dashes).toReversed().map((percent) => <li class={percent === '99' ? 'is-bold' : ''}>p{percent.replace('.', '')} {seconds(last(percent))}</li>)}</ul></div></section>
  )
}

/** Columns of the last minutes, a bucket each: plain, hatched and full say the cause. */
function Errors({ figures: { errors, timesMs } }: { figures: Metrics }) {
  const totals = ERROR_CAUSES.map((cause) => errors[cause].reduce((sum, count) => sum + count, 0)), [timeout = 0, unreachable = 0, wrong = 0] = totals
  const most = Math.max(3, ...timesMs.map((_, at) => ERROR_CAUSES.reduce((sum, cause) => sum + (errors[cause][at] ?? 0), 0))), width = 120 / Math.max(1, timesMs.length)
  return (
    <section class="chart-cell"><h3>{texts.errors}<b>{timeout + unreachable + wrong}</b></h3>
      <svg class="chart-bars" viewBox="0 0 120 40" preserveAspectRatio="none" role="img" aria-label={texts.errorsSpoken(timeout, unreachable, wrong)}>
        {timesMs.map((_, at) => { let top = 40; return ERROR_CAUSES.map((cause) => { const height = (errors[cause][at] ?? 0) / most * 38; top -= height; return height === 0 ? null : <rect class={`bar-${cause}`} x={at * width} y={top} width={Math.max(1, width - 0.6)} height={height} /> }) })}</svg>
      <p class="chart-key" aria-hidden="true">{ERROR_CAUSES.map((cause, at) => <span class={`key-${cause}`}><i />{texts.causes[cause]} {totals[at]}</span>)}</p></section>
  )
}

function Queue({ figures: { queue, queueNow, timesMs }, nodes, marks }: { figures: Metrics; nodes: readonly string[]; marks: readonly number[] }) {
  const worst = nodes.reduce((best, node) => ((queueNow[node] ?? 0) > (queueNow[best] ?? 0) ? node : best), nodes[0] ?? '')
  return <section class="chart-cell"><h3>{texts.queueAt(worst)}<b>{queueNow[worst] ?? 0}</b></h3>
    <Chart theme={theme.value} label={texts.perNode(texts.queue, nodes.map((node) => `${node} ${queueNow[node] ?? 0}`).join(', '))} times={timesMs} marks={marks} series={[{ label: worst, values: queue[worst] ?? [], bold: true }]} /></section>
}

function PerNode({ title, nodes, values }: { title: string; nodes: readonly string[]; values: { readonly [node: string]: number } }) {
  const most = Math.max(0, ...nodes.map((node) => values[node] ?? 0))
  return <section class="chart-cell"><h3>{title}<b>{most}</b></h3><ul class="chart-nodes" aria-label={title}>{nodes.map((node) => <li><b>{node}</b><span>{values[node] ?? 0}</span></li>)}</ul></section>
}

function Missed({ nodes, values }: { nodes: readonly string[]; values: { readonly [node: string]: number } }) {
  return <section class="chart-cell"><h3>{texts.missed}<b>{Math.max(0, ...nodes.map((node) => values[node] ?? 0))}</b></h3>
    <ul class="chart-missed" aria-label={texts.missed}>{nodes.map((node) => <li aria-label={`${node} ${values[node] ?? 0}`}>{Array.from({ length: missedMost }, (_, at) => <i class={missedMost - at <= (values[node] ?? 0) ? 'is-full' : ''} />)}<b>{node}</b></li>)}</ul></section>
}

/** All clocks on one line, true time in the middle. */
function Skew({ nodes, offsetsMs }: { nodes: readonly string[]; offsetsMs: readonly number[] }) {
  const spreadS = (Math.max(...offsetsMs) - Math.min(...offsetsMs)) / 1_000
  return <section class="chart-cell"><h3>{texts.skew}<b>{spreadS.toFixed(1)}</b></h3>
    <div class="chart-skew" role="img" aria-label={texts.perNode(texts.skew, nodes.map((node, at) => `${node} ${((offsetsMs[at] ?? 0) / 1_000).toFixed(1)}`).join(', '))}>
      {nodes.map((node, at) => { const share = Math.max(-1, Math.min(1, (offsetsMs[at] ?? 0) / 1_000 / skewReachS)); return <span style={{ left: `${50 + share * 46}%`, top: `${(at % 2) * 14}px` }}><b>{node}</b></span> })}
      <i>−{skewReachS}</i><i>0</i><i>+{skewReachS}</i></div></section>
}
