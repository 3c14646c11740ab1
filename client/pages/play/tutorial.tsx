import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { nodeIds } from '../../../shared/sim/create.ts'
import type { Scenario } from '../../../shared/sim/scenario.ts'
import type { Settings } from '../../../shared/sim/types.ts'
import { Button } from '../../components/controls.tsx'
import { localLink } from '../../link/local-link.ts'
import type { LocalLink } from '../../link/local-link.ts'
import { BEGIN, STEPS, advance } from '../../solo/coach.ts'
import type { Cue, Progress } from '../../solo/coach.ts'
import { tutorialMission } from '../../solo/tutorial-mission.ts'
import type { HelloSelf } from '../../solo/tutorial-mission.ts'
import { texts } from '../../texts/solo.ts'
import { makeGame } from './game.ts'
import type { Game } from './game.ts'
import { Round } from './round.tsx'
import './tutorial.css'

const words = texts.tutorial
const mission = tutorialMission as unknown as Scenario
const SEED = 7, NODES = 3, DURATION_MS = 20 * 60_000
/** A pause lasts at most 45 s; the slow one is paused anew before it wakes up by itself. */
const PAUSE_MS = 45_000, PAUSE_AGAIN_MS = 40_000

interface Practice { game: Game; link: LocalLink }

function begin(name: string): Practice {
  const settings: Settings = {
    nodes: NODES, level: 'L0', clockOffsetsMs: [0, 0, 0], latency: mission.latency, syncMs: 30, beliefs: {}, customers: false, durationMs: DURATION_MS,
    playedBy: nodeIds(NODES).map((_, seat) => (seat === 0 ? 'student' : 'bot')),
  }
  const made: { link?: LocalLink } = {}
  const game = makeGame({ code: '', alone: true, ownName: () => name, onWelcome: () => undefined, missionOf: () => mission,
    link: (hear) => (made.link = localLink({ scenario: mission, seed: SEED, settings, steps: [], seat: 0, name, cluster: texts.cluster }, hear, () => undefined)) })
  return { game, link: made.link as LocalLink }
}

/** The first ninety seconds: three nodes, by hand. `onClose`: the student leaves, `done` or not. */
export function Tutorial({ name, onClose }: { name: string; onClose: (done: boolean) => void }) {
  const { game, link } = useMemo(() => begin(name), [])
  const [progress, setProgress] = useState<Progress>(BEGIN)
  const at = useRef(BEGIN), paused = useRef<{ node: string; atMs: number; n: number } | null>(null)
  useEffect(() => () => game.close(), [])

  const stop = (node: string): void => {
    const n = (paused.current?.n ?? 0) + 1
    paused.current = { node, atMs: link.sim.world.nowMs, n }
    link.submit({ kind: 'fault', id: `slow${n}`, type: 'pause', params: { nodes: [node] }, durationMs: PAUSE_MS })
  }
  const play = (cue: Cue): void => {
    if (cue?.do === 'pause') stop(cue.node)
    if (cue?.do === 'wake') { paused.current = null; link.submit({ kind: 'halt' }) }
    if (cue?.do === 'greet') link.submit({ kind: 'act', seat: nodeIds(NODES).indexOf(cue.from), action: { kind: 'hello', peer: 'A' } })
  }
  const seat = game.student.seat.value
  useEffect(() => {
    const look = setInterval(() => {
      const self = game.student.seat.peek()?.self
      if (self === undefined) return
      const { now, cue } = advance(at.current, { ...self, clockMs: game.student.clockMs() } as HelloSelf)
      if (now !== at.current) { at.current = now; setProgress(now); play(cue) }
      const slow = paused.current
      if (slow !== null && link.sim.world.nowMs - slow.atMs > PAUSE_AGAIN_MS) stop(slow.node)
    }, 200)
    return () => clearInterval(look)
  }, [])

  if (seat === null) return null
  const [title = '', note = ''] = words.steps[progress.step], n = STEPS.indexOf(progress.step) + 1, done = progress.step === 'done'
  return <Round game={game} lobby={link.lobby.value} seat={seat} coach={
    <section class={done ? 'coach coach-done' : 'coach'} aria-label={words.mission.title}>
      <div role="status"><small>{words.stepOf(n, STEPS.length)}</small><b>{done ? words.doneTitle : title}</b><span>{done ? words.done : note}</span></div>
      {done ? <Button kind="primary" onClick={() => onClose(true)}>{words.back}</Button> : <Button kind="quiet" onClick={() => onClose(false)}>{words.skip}</Button>}
    </section>} />
}
