/**
 * What a stage shows. Live play, the cockpit and the replay all hand over this one type:
 * the picture is a function of a scene and of its own time axis, of nothing else.
 */
export interface StageNode {
  id: string
  /** A square is a bot, a circle is a student. */
  shape: 'circle' | 'square'
  own: boolean
  selected: boolean
  /** Authority: empty follower, a third candidate, full leader. */
  fill: 'empty' | 'third' | 'full'
  pennant: boolean
  /** A short mark below the node, such as `T3` for term 3. */
  tab: string | null
  /** `silent` means never heard. */
  state: 'ok' | 'crashed' | 'paused' | 'suspected' | 'silent'
  /** The one number that matters now, 0..1. */
  ring: { fraction: number } | null
  /** How far the fog is open round a peer, 0..1; 1 everywhere from above. */
  freshness: number
  /** Labels the page draws: the first one strong, the rest quiet. */
  lines: string[]
}

export interface StagePacket {
  key: string
  from: string
  to: string
  family: 'beat' | 'ask' | 'answer' | 'order' | 'customer'
  letter: string
  /** A hollow answer says no. */
  hollow: boolean
  /** Both on the scene's own time axis. */
  departMs: number
  arriveMs: number
  /** A student's packets only `fades` (leave, whatever becomes of them) or `arrives` (the last fifth of the way). */
  fate: 'delivered' | 'lost' | 'fades' | 'arrives'
}

export interface StageCut {
  key: string
  sides: [string[], string[]]
  oneWay: boolean
  label: string
  sublabel: string
  /** 0 closed .. 1 open. */
  progress: number
}

export interface StageScene {
  viewport: 'student' | 'above'
  nowMs: number
  nodes: StageNode[]
  packets: StagePacket[]
  cuts: StageCut[]
  /** The own node has crashed: no light at all. */
  dark?: boolean
  frozen?: boolean
}

export interface StageOptions {
  /** Asked for at every frame that may differ; keep it cheap. */
  scene(): StageScene
  onPick?(id: string): void
  onDrawCut?(sides: [string[], string[]]): void
  renderer?: 'auto' | 'webgl' | 'canvas'
  theme: 'dark' | 'light'
}

/** Where a node stands, in CSS pixels of the host. */
export interface Spot { x: number, y: number, r: number }

export interface StageHandle {
  redraw(): void
  destroy(): void
  setCutDrawing(on: boolean): void
  rendererName(): 'webgl' | 'canvas'
  layout(): Record<string, Spot>
}
