import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { reach } from '../../../shared/sim/fault-check.ts'
import { Button } from '../../components/index.ts'
import type { ClusterSeen } from '../../model/cockpit.ts'
import { texts as all } from '../../texts/cockpit.ts'
import { aim, everywhere, faults } from './chaos.ts'

const texts = all.cut

export interface CutBarProps { cluster: ClusterSeen; clusters: number; /** It was opened by a key, so the keyboard goes on here. */ byKeyboard: boolean; onCut: (side: readonly string[]) => void }

/** How to cut the network: a line across the stage, or one side chosen by its letters, which needs no mouse. Whom it parts is marked meanwhile. */
export function CutBar({ cluster, clusters, byKeyboard, onCut }: CutBarProps) {
  const [side, setSide] = useState<readonly string[]>([])
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => { if (byKeyboard) place.current?.querySelector('button')?.focus() }, [])
  const possible = side.length > 0 && side.length < cluster.nodes.length
  useEffect(() => {
    aim.value = possible && faults['partition'] !== undefined ? reach(faults['partition'], { side: [...side] }, cluster.nodes) : null
    return () => { aim.value = null }
  }, [side.join()])
  return (
    <div class="cut-bar" ref={place}>
      <p role="status">{everywhere.value && clusters > 1 ? texts.wordsAll : texts.words}</p>
      <div class="cut-side"><span id="cut-side">{texts.byKey}</span>
        <div class="node-chips" role="group" aria-labelledby="cut-side">{cluster.nodes.map((node) => <button type="button" key={node} aria-pressed={side.includes(node)}
          onClick={() => setSide(cluster.nodes.filter((one) => (one === node ? !side.includes(one) : side.includes(one))))}>{node}</button>)}</div>
        <Button icon="cut" refusal={possible ? null : texts.needs} onClick={() => onCut(side)}>{texts.do(side.join(' '))}</Button></div>
    </div>
  )
}
