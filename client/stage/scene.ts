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
  /** Other timers that run, 0..1 each, as thin rings inside the node. */
  alarms?: readonly number[]
  /** How far the fog is open round a peer, 0..1; 1 everywhere from above. */
  freshness: number
  /** Labels the page draws: the first one strong, the rest quiet. */
  lines: string[]
  /** It takes its time for everything. */
  slow?: boolean
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
  /** `kept`: goes on from there later. A student's packets only `fades` (leave, whatever becomes of them) or `arrives` (the last fifth of the way). */
  fate: 'delivered' | 'lost' | 'kept' | 'fades' | 'arrives'
  /** It stands still at this end of its way all the time, since something keeps it back. */
  waits?: 'near' | 'far'
  /** Share of the way at which a lost one ends, where that is known. */
  endShare?: number
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

/** What would be touched if something that is only thought of were done. */
export interface StageAim { nodes: readonly string[], links: readonly (readonly [from: string, to: string])[] }

export interface StageScene {
  viewport: 'student' | 'above'
  nowMs: number
  nodes: StageNode[]
  packets: StagePacket[]
  cuts: StageCut[]
  aim?: StageAim | null
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
