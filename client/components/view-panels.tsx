import type { Panel } from '../../shared/sim/scenario.ts'

/** The panels of a mission: what the node knows, as tables and counters. What they hold comes from the mission, word for word. */
export function ViewPanels({ panels }: { panels: readonly Panel[] }) {
  return <>{panels.map((panel) => (panel.kind === 'table' ? <TablePanel key={panel.title} panel={panel} /> : <VectorPanel key={panel.title} panel={panel} />))}</>
}

function TablePanel({ panel: { title, head, rows, empty } }: { panel: Extract<Panel, { kind: 'table' }> }) {
  if (rows.length === 0) return <section class="view-panel"><h3>{title}</h3><p>{empty}</p></section>
  return (
    <section class="view-panel">
      <table><caption>{title}</caption>
        <thead><tr>{head.map((one) => <th key={one} scope="col">{one}</th>)}</tr></thead>
        <tbody>{rows.map(({ key, cells, mark }) => (
          <tr key={key} class={mark === true ? 'is-marked' : ''}>{cells.map((cell, at) => (at === 0 ? <th key={at} scope="row">{cell}</th> : <td key={at} class="mono">{cell}</td>))}</tr>))}</tbody>
      </table>
    </section>
  )
}

function VectorPanel({ panel: { title, of } }: { panel: Extract<Panel, { kind: 'vector' }> }) {
  return (
    <section class="view-panel"><h3>{title}</h3>
      <ul class="vector">{of.map(({ node, value, own }) => <li key={node} class={own ? 'is-own' : ''}><b>{node}</b><span class="mono">{value}</span></li>)}</ul>
    </section>
  )
}
