/** The light theme of the pages (`client/style`): a drawing goes on a wall, into slides and onto paper. */
export const COLOURS = {
  paper: '#fdfefe', raised: '#eef4f6', line: '#c0ced5', ink: '#091318', soft: '#2f424b', quiet: '#4a5f69',
  fault: '#b02a0a', wash: '#ffe9e2', order: '#0a5cb0',
} as const

export const FONT = '&quot;Atkinson Hyperlegible Next Variable&quot;, &quot;Atkinson Hyperlegible Next&quot;, system-ui, &quot;Segoe UI&quot;, Roboto, &quot;Noto Sans&quot;, sans-serif'
export const MONO = '&quot;Atkinson Hyperlegible Mono Variable&quot;, &quot;Atkinson Hyperlegible Mono&quot;, ui-monospace, &quot;Cascadia Mono&quot;, Menlo, &quot;DejaVu Sans Mono&quot;, monospace'
