import { useEffect, useRef, useState } from 'preact/hooks'
import { cutLabelAt, tearsOf } from '../stage/layout.ts'
import type { Spot, StageCut, StageHandle, StageNode, StageOptions, StageScene } from '../stage/scene.ts'
import { texts } from '../texts/common.ts'

export interface StageProps {
  /** Asked for again and again; the picture follows what it returns. */
  scene: () => StageScene
  /** A node was picked, and where it stands; null as long as the picture is not there. */
  onPick?: (id: string, spot: Spot | null) => void
  onDrawCut?: (sides: [string[], string[]]) => void
  cutDrawing?: boolean
  theme: 'dark' | 'light'
  label?: string
}

/** What a screen reader hears of a node: its letter, its state in words, and the labels. */
export function nodeWords(node: StageNode): string {
  const state = node.state === 'ok' ? null : texts.stage.states[node.state]
  return [node.own ? texts.stage.own(node.id) : node.id, node.shape === 'square' ? texts.stage.bot : null, state, node.tab, node.pennant ? texts.stage.leads : null, ...node.lines].filter(part => part !== null && part !== '').join(', ')
}

const rendererOf = (search: string): NonNullable<StageOptions['renderer']> => {
  const asked = new URLSearchParams(search).get('renderer')
  return asked === 'canvas' || asked === 'webgl' ? asked : 'auto'
}

/** The stage: drawn by Phaser, which loads by itself; labels and the spoken twin are plain DOM and there at once. */
export function Stage({ scene, onPick, onDrawCut, cutDrawing = false, theme, label = texts.stage.cluster }: StageProps) {
  const host = useRef<HTMLDivElement>(null)
  const handle = useRef<StageHandle | null>(null)
  const latest = useRef({ scene, onPick, onDrawCut, cutDrawing })
  latest.current = { scene, onPick, onDrawCut, cutDrawing }
  const [spots, setSpots] = useState<Record<string, Spot>>({})
  const [nodes, setNodes] = useState<StageNode[]>(() => scene().nodes)
  const [cuts, setCuts] = useState<StageCut[]>([])
  const [failure, setFailure] = useState(false)
  /** The node whose entry in the list has the keyboard: a ring shows it on the picture. */
  const [focused, setFocused] = useState<string | null>(null)
  const ringed = focused === null ? undefined : spots[focused]

  useEffect(() => {
    const element = host.current
    if (!element) return
    let gone = false
    const refresh = () => {
      const now = latest.current.scene()
      setNodes(now.nodes)
      setCuts(now.cuts)
      if (handle.current) setSpots(handle.current.layout())
    }
    import('../stage/mount.ts').then(({ mountStage }) => {
      if (gone) return
      handle.current = mountStage(element, {
        scene: () => latest.current.scene(), theme, renderer: rendererOf(location.search),
        onPick: id => latest.current.onPick?.(id, handle.current?.layout()[id] ?? null), onDrawCut: sides => latest.current.onDrawCut?.(sides),
      })
      handle.current.setCutDrawing(latest.current.cutDrawing)
      refresh()
    }).catch(() => { if (!gone) setFailure(true) })
    const timer = setInterval(refresh, 500)
    // The drawing has its new size only when it has seen the change too.
    const observer = new ResizeObserver(() => { requestAnimationFrame(refresh) })
    observer.observe(element)
    return () => {
      gone = true
      clearInterval(timer)
      observer.disconnect()
      handle.current?.destroy()
      handle.current = null
    }
  }, [theme])

  useEffect(() => { handle.current?.setCutDrawing(cutDrawing) }, [cutDrawing])

  return (
    <section class={cutDrawing ? 'stage is-cutting' : 'stage'} aria-label={label}>
      <div class="stage-host" ref={host} aria-hidden="true" />
      <div class="stage-labels" aria-hidden="true">
        {nodes.map(node => {
          const spot = spots[node.id]
          return spot && <div class={`stage-label is-${node.state}`} style={{ left: `${spot.x}px`, top: `${spot.y + spot.r + (node.ring ? Math.max(7, spot.r * 0.24) : 0) + (node.tab ? 16 : 10)}px` }}>
            {node.lines.map((line, index) => index === 0 ? <b>{line}</b> : <span>{line}</span>)}</div>
        })}
        {ringed && <i class="stage-focus" style={{ left: `${ringed.x}px`, top: `${ringed.y}px`, width: `${ringed.r * 2 + 20}px`, height: `${ringed.r * 2 + 20}px` }} />}
        {host.current && cuts.map(cut => {
          const width = host.current?.clientWidth ?? 0, height = host.current?.clientHeight ?? 0
          const tears = cut.label === '' ? [] : tearsOf(cut, spots, width, height)
          if (tears.length === 0) return null
          const at = cutLabelAt(tears.map(tear => tear.line), spots, width, height)
          return <div class="stage-label is-cut" style={{ left: `${at.x}px`, top: `${at.y}px` }}><b>{cut.label}</b><span>{cut.sublabel}</span></div>
        })}
      </div>
      {failure && <p class="stage-failure" role="alert">{texts.stage.failed}</p>}
      <ul class={failure ? 'stage-twin' : 'stage-twin sr-only'} aria-label={texts.stage.asList(label)}>
        {nodes.map(node => <li key={node.id}>{onPick && !node.own ? <button type="button" data-node={node.id} onClick={() => onPick(node.id, spots[node.id] ?? null)}
          onFocus={event => setFocused(event.currentTarget.matches(':focus-visible') ? node.id : null)} onBlur={() => setFocused(null)}>{nodeWords(node)}</button> : nodeWords(node)}</li>)}
        {cuts.map(cut => <li key={cut.key}>{[texts.stage.cutWords(cut.sides[0].join(' '), cut.sides[1].join(' '), cut.oneWay === true), cut.label, cut.sublabel].filter(part => part !== '').join(', ')}</li>)}
      </ul>
    </section>
  )
}
