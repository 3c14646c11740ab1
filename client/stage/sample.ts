import type { StageNode, StageScene } from './scene.ts'

/** Two scenes for the style guide: the same moment as C knows it, and from above. */
const node = (id: string, rest: Partial<StageNode>): StageNode => ({ id, shape: 'circle', own: false, selected: false, fill: 'empty', pennant: false, tab: null, state: 'ok', ring: null, freshness: 1, lines: [], ...rest })
const loopMs = 3000

const studentNodes = [
  node('A', { fill: 'full', pennant: true, ring: { fraction: 0.94 }, freshness: 0.94, lines: ['alive', 'heard 1.1 s ago', 'leads term 2'] }),
  node('B', { state: 'suspected', freshness: 0, lines: ['suspected', 'silent for 24 s'] }),
  node('C', { own: true, ring: { fraction: 0.94 }, lines: ['suspect A in 16.9 s'] }),
  node('D', { fill: 'third', ring: { fraction: 0.8 }, freshness: 0.8, lines: ['alive', 'stands in term 3'] }),
  node('E', { state: 'silent', freshness: 0, lines: ['not heard yet'] }),
]
const aboveNodes = [
  node('A', { fill: 'full', pennant: true, tab: 'T2', lines: ['Swift Lark', 'leads term 2'] }), node('B', { shape: 'square', tab: 'T2', lines: ['bot'] }),
  node('C', { state: 'paused', tab: 'T3', lines: ['Brisk Otter', 'paused'] }), node('D', { fill: 'full', pennant: true, tab: 'T3', selected: true, lines: ['Quiet Fox'] }), node('E', { state: 'crashed', tab: 'T3', lines: ['Wry Heron', 'back in 3 s'] }),
]

/** The student's half: leaving packets fade, arriving ones come only the last fifth. */
export function studentScene(): StageScene {
  const nowMs = performance.now() % loopMs
  return { viewport: 'student', nowMs, nodes: studentNodes, cuts: [], packets: [
    { key: '1', from: 'C', to: 'A', family: 'answer', letter: 'K', hollow: false, departMs: 200, arriveMs: 2000, fate: 'fades' },
    { key: '2', from: 'D', to: 'C', family: 'ask', letter: 'R', hollow: false, departMs: 0, arriveMs: 900, fate: 'arrives' },
  ] }
}

/** The same from above: true speed, and a cut. */
export function aboveScene(): StageScene {
  const nowMs = performance.now() % loopMs
  return { viewport: 'above', nowMs, nodes: aboveNodes, cuts: [{ key: 'cut', sides: [['A', 'B'], ['C', 'D', 'E']], oneWay: false, label: 'cut since 02:14', sublabel: 'heals in 0:17', progress: 1 }], packets: [
    { key: '1', from: 'A', to: 'B', family: 'beat', letter: 'H', hollow: false, departMs: 0, arriveMs: 2500, fate: 'delivered' },
    { key: '2', from: 'D', to: 'C', family: 'answer', letter: 'N', hollow: true, departMs: 400, arriveMs: 2800, fate: 'delivered' },
    { key: '3', from: 'A', to: 'D', family: 'beat', letter: 'H', hollow: false, departMs: 100, arriveMs: 2700, fate: 'lost' },
  ] }
}
