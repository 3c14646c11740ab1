import { clockText } from '../../sim/words.ts'
import { assert } from '../../sim/assert.ts'
import type { Json } from '../../sim/json.ts'
import type { History } from '../history.ts'
import { sameJson } from '../json.ts'
import { models } from '../models/index.ts'
import type { Witness } from '../verdict.ts'
import { arrows, letterMark } from './arrows.ts'
import { LABEL_ROOM, layoutOf, NUMBER_ROOM } from './layout.ts'
import type { Bar, Layout } from './layout.ts'
import { COLOURS as colour, FONT, MONO } from './paper.ts'
import { cut, escaped, widthOf, wrapped } from './text.ts'

/** What a drawing says around the operations. */
export interface DrawingWords {
  /** Above the sentence, e.g. `Linearizability: violated`. */
  title: string
  /** Where the history is from. */
  source: string
  client?(client: number): string
}

const WIDTH = 1200, MARGIN = 32
const PLOT_FROM = 150, PLOT_TO = 1096
const SENTENCE_SIZE = 20, SENTENCE_LINES_MAX = 6
/** A bar of one line, or of two where keys are said. */
const BAR_HEIGHT = 32, BAR_HEIGHT_KEYED = 46
/** Between two bars one below the other; wider where arrows pass. And how much more between those of two clients. */
const LANE_GAP = 10, LANE_GAP_ARROWS = 36, ROW_GAP = 10
const STATES_MAX = 6, TEETH = 6
/** More reasons than these take two columns, if they are short. */
const REASONS_IN_ONE_COLUMN = 3

/**
 * The failing part of a history as SVG, 1200 units wide: clients as rows, operations as bars from call to answer, those of the witness with
 * a thick edge and their numbers, others around them in grey, and the reasons of a cycle as arrows. Light paper, nothing from outside, and
 * every text escaped. At most 30 operations of the witness and 12 others are drawn, these on at most 9 rows; how many
 * are left out is said.
 */
export function drawWitness(witness: Witness, history: History, words: DrawingWords): string {
  const model = models[history.model.type]?.make(history.model.init)
  assert(model !== undefined, `a history that was read has a model, not ${history.model.type}`)
  const layout = layoutOf(witness, history, model, PLOT_FROM, PLOT_TO)
  const clientWords = words.client ?? ((client: number): string => `client ${client}`)
  const parts: string[] = []
  const text = (x: number, y: number, size: number, fill: string, value: string, more = ''): void => { parts.push(`<text x="${num(x)}" y="${num(y)}" font-size="${size}" fill="${fill}"${more}>${escaped(value)}</text>`) }

  let y = MARGIN + 14
  text(MARGIN, y, 15, colour.fault, cut(words.title, 640, 15), ' font-weight="700"')
  text(WIDTH - MARGIN, y, 13, colour.quiet, cut(words.source, 460, 13), ' text-anchor="end"')
  y += 14
  for (const line of wrapped(witness.sentence, WIDTH - 2 * MARGIN, SENTENCE_SIZE, SENTENCE_LINES_MAX)) text(MARGIN, y += 27, SENTENCE_SIZE, colour.ink, line, ' font-weight="600"')
  for (const line of wrapped(aboutLine(witness, history), WIDTH - 2 * MARGIN, 14, 2)) text(MARGIN, y += 24, 14, colour.soft, line)
  y += 28

  const top = y
  const barHeight = layout.bars.some(({ key }) => key !== null) ? BAR_HEIGHT_KEYED : BAR_HEIGHT, laneHeight = barHeight + (witness.edges.length === 0 ? LANE_GAP : LANE_GAP_ARROWS)
  const heights = layout.rows.map((row) => row.lanes * laneHeight + ROW_GAP)
  const bottom = top + heights.reduce((sum, height) => sum + height, 0)
  parts.push(...guides(layout, top, bottom))
  const middles = new Map<Bar, number>(), barMarks: string[] = []
  layout.rows.forEach((row, n) => {
    const height = heights[n] ?? 0
    parts.push(`<line x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${num(y + height)}" y2="${num(y + height)}" stroke="${colour.line}"/>`)
    text(MARGIN, y + ROW_GAP / 2 + laneHeight / 2 + 5, 15, colour.ink, cut(clientWords(row.client), PLOT_FROM - MARGIN - 10, 15), ' font-weight="600"')
    for (const bar of row.bars) {
      const middle = y + ROW_GAP / 2 + bar.lane * laneHeight + laneHeight / 2
      middles.set(bar, middle)
      barMarks.push(barMarkup(bar, middle, barHeight, clientWords(row.client), layout.spacing))
    }
    y += height
  })
  const { lines, letters, reasons } = arrows(witness, layout, middles, barHeight / 2, PLOT_FROM - 10, WIDTH - MARGIN)
  parts.push(...lines, ...barMarks, ...letters, ...axis(layout, bottom))
  y = bottom + 52
  const half = (WIDTH - 2 * MARGIN) / 2
  const columns = reasons.length > REASONS_IN_ONE_COLUMN && reasons.every(({ words: why }) => widthOf(why, 14) < half - 40) ? 2 : 1
  const inColumn = Math.ceil(reasons.length / columns)
  reasons.forEach(({ letter, words: why }, n) => {
    const x = MARGIN + Math.floor(n / inColumn) * half, lineY = y + 24 * (n % inColumn + 1)
    parts.push(letterMark(letter, x + 9, lineY - 5))
    text(x + 28, lineY, 14, colour.ink, cut(why, WIDTH - 2 * MARGIN - 28, 14))
  })
  y += 24 * inColumn
  y += 4
  for (const line of legend(layout)) text(MARGIN, y += 22, 13, colour.quiet, line)
  const height = y + MARGIN

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${num(height)}" width="${WIDTH}" height="${num(height)}" role="img" aria-labelledby="netsplit-title netsplit-words" font-family="${FONT}">`,
    `<title id="netsplit-title">${escaped(`${words.title}. ${witness.sentence}`)}</title>`,
    `<desc id="netsplit-words">${escaped(inWords(layout, clientWords))}</desc>`,
    `<defs><linearGradient id="netsplit-open"><stop offset="0.6" stop-color="${colour.wash}"/><stop offset="1" stop-color="${colour.paper}"/></linearGradient>`,
    `<linearGradient id="netsplit-open-quiet"><stop offset="0.6" stop-color="${colour.raised}"/><stop offset="1" stop-color="${colour.paper}"/></linearGradient>`,
    `<marker id="netsplit-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z" fill="${colour.order}"/></marker></defs>`,
    `<rect width="${WIDTH}" height="${num(height)}" fill="${colour.paper}"/>`,
    ...parts,
    '</svg>', '',
  ].join('\n')
}

/** A coordinate with one decimal at most. */
const num = (value: number): string => String(Math.round(value * 10) / 10)

/** Which object it is, and what it held before: at the start of the history, or just before the witness. */
function aboutLine({ partition, from }: Witness, { model }: History): string {
  const which = partition === null || partition === '' ? '' : `Only ${JSON.stringify(partition)} matters here. `
  if (from.length === 0) return which
  const states = from.slice(0, STATES_MAX).map((state) => JSON.stringify(state)).join(' or ')
  return `${which}State ${isStart(from, model.init) ? 'at the start' : 'just before'}: ${states}${from.length > STATES_MAX ? ` or one of ${from.length - STATES_MAX} more` : ''}.`
}

/** Whether a witness begins where its history does. */
export const isStart = (from: readonly Json[], init: Json): boolean => from.length === 1 && sameJson(from[0] as Json, init)

function barMarkup(bar: Bar, middle: number, height: number, client: string, spacing: Layout['spacing']): string {
  const { fromX, toX, number, relaxed } = bar
  const open = bar.ret === null, own = number !== null
  const y = middle - height / 2, width = Math.max(4, toX - fromX)
  const edge = own ? `stroke="${colour.fault}" stroke-width="2.5"${relaxed ? ' stroke-dasharray="6 4"' : ''}` : `stroke="${colour.line}" stroke-width="1.5"`
  const fill = own ? (open ? 'url(#netsplit-open)' : colour.wash) : open ? 'url(#netsplit-open-quiet)' : colour.raised
  const shape = open
    // A torn end: nobody knows when it stopped, or whether.
    ? `<path d="M${num(toX)} ${num(y)}H${num(fromX)}V${num(y + height)}H${num(toX)}${torn(height)}z" fill="${fill}" ${edge} stroke-linejoin="round"/>`
    : `<rect x="${num(fromX)}" y="${num(y)}" width="${num(width)}" height="${height}" rx="3" fill="${fill}" ${edge}/>`
  const size = own ? spacing.label : spacing.neighbour
  const labelX = fromX + (own ? NUMBER_ROOM + 5 : LABEL_ROOM / 2)
  const line = (text: string, lineY: number, fill: string, weight = ''): string =>
    `<text x="${num(labelX)}" y="${num(lineY)}" font-size="${size}" font-family="${MONO}" fill="${fill}"${weight}>${escaped(cut(text, toX - labelX - (open ? 12 : 4), size, true))}</text>`
  return [
    `<g><title>${escaped(barWords(bar, client))}</title>`, shape,
    ...(own ? [
      `<circle cx="${num(fromX + 15)}" cy="${num(middle)}" r="10" fill="${colour.fault}"/>`,
      `<text x="${num(fromX + 15)}" y="${num(middle + 4.5)}" font-size="12.5" font-weight="700" fill="${colour.paper}" text-anchor="middle">${number}</text>`,
    ] : []),
    ...(bar.key === null ? [] : [line(bar.key, middle - 4, own ? colour.soft : colour.quiet)]),
    line(bar.label, middle + (bar.key === null ? 4.5 : 13), own ? colour.ink : colour.quiet, own ? ' font-weight="600"' : ''),
    ...(open ? [`<text x="${num(toX + 8)}" y="${num(middle + 4)}" font-size="13" fill="${own ? colour.fault : colour.quiet}">no answer</text>`] : []),
    '</g>',
  ].join('')
}

/** The way back up along an edge as high as a bar, in teeth. */
const torn = (height: number): string => Array.from({ length: TEETH }, (_, n) => `l${n % 2 === 0 ? -7 : 7} ${num(-height / TEETH)}`).join('')

/** An operation in words, for who points at it or cannot see it. */
function barWords({ number, key, label, ret, relaxed, operation }: Bar, client: string): string {
  const end = ret === null ? 'never answered' : `to ${ret}${relaxed ? ', and may as well happen later' : ''}`
  return `${number === null ? '' : `${number}: `}${client}, ${key === null ? '' : `${key}: `}${label}, from ${operation.call} ${end}`
}

const inWords = ({ bars }: Layout, client: (n: number) => string): string =>
  bars.filter(({ number }) => number !== null).map((bar) => `${barWords(bar, client(bar.operation.client))}.`).join(' ')

/** Where the operations of the witness begin and end, all the way down: who overlaps whom is the point of the picture. */
function guides({ bars }: Layout, top: number, bottom: number): string[] {
  const xs = new Set(bars.flatMap(({ number, ret, fromX, toX }) => (number === null ? [] : ret === null ? [fromX] : [fromX, toX])).map(num))
  return [...xs].map((x) => `<line x1="${x}" x2="${x}" y1="${num(top)}" y2="${num(bottom + 6)}" stroke="${colour.line}" stroke-dasharray="2 4"/>`)
}

/** The moments of the witness under the bars: times where all are known and differ, else positions. */
function axis({ bars, rows }: Layout, y: number): string[] {
  const own = bars.filter(({ number }) => number !== null)
  const moments = own.flatMap(({ operation, fromX, toX, ret }) => {
    const call = { x: fromX, position: operation.call, ms: operation.atMs?.[0] ?? null }
    return ret === null ? [call] : [call, { x: toX, position: ret, ms: operation.atMs?.[1] ?? null }]
  }).sort((a, b) => a.x - b.x)
  const timed = moments.every(({ ms }) => ms !== null)
  let free = 0
  const labels = moments.flatMap(({ x, position, ms }) => {
    const label = timed && ms !== null ? clockText(ms, 3) : String(position)
    const half = label.length * 4
    if (x - half < free) return []
    free = x + half + 8
    return [`<text x="${num(x)}" y="${num(y + 22)}" font-size="12" font-family="${MONO}" fill="${colour.soft}" text-anchor="middle">${label}</text>`]
  })
  if (rows.length === 0) return []
  return [...labels, `<text x="${PLOT_FROM}" y="${num(y + 42)}" font-size="12" fill="${colour.quiet}">${timed ? 'time, minutes and seconds' : 'place in the order of events'}; not to scale</text>`]
}

/** What the marks mean, as far as they occur, and how much was left out. */
function legend({ bars, witnessMore, neighboursMore }: Layout): string[] {
  const more = (many: number, what: string): string => `And ${many} more ${many === 1 ? 'operation' : 'operations'} ${what}.`
  return [
    `Numbered, with a thick edge: ${bars.some(({ number }) => number === null) ? 'these alone are wrong already. Grey: what else went on meanwhile.' : 'these alone are wrong already.'}`,
    ...(bars.some(({ relaxed }) => relaxed) ? ['Dashed edge: it is wrong as well if this one took effect later, or never.'] : []),
    ...(bars.some(({ ret }) => ret === null) ? ['Torn end: never answered, so it may take effect at any later time, or never.'] : []),
    ...(witnessMore > 0 ? [more(witnessMore, 'that belong to them')] : []),
    ...(neighboursMore > 0 ? [more(neighboursMore, 'meanwhile')] : []),
  ]
}
