export interface TallyProps { label: string, options: readonly { label: string, count: number, note: string | null, own: boolean }[] }

/** How many chose what, as bars that are shares of all answers, with their counts; the own choice has an edge and a mark. */
export function Tally({ label, options }: TallyProps) {
  const all = Math.max(1, options.reduce((sum, option) => sum + option.count, 0))
  return <ol class="tally" aria-label={label}>{options.map(option => <li class={option.own ? 'is-own' : ''}>
    <b>{option.label}</b><span class="tally-bar" aria-hidden="true"><i style={{ width: `${option.count / all * 100}%` }} /></span>
    <span class="tally-count">{option.count}</span>{option.note !== null && <small>{option.note}</small>}</li>)}</ol>
}
