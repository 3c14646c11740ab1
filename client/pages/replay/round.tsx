import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { cursorOf } from '../../../shared/replay-cursor.ts'
import type { FactNo, NodeId, SimMs } from '../../../shared/sim/types.ts'
import { FilePick, Icon, LampGlyph, PacketGlyph, Segmented, Stage, TopBar, clockText } from '../../components/index.ts'
import type { Look } from '../../model/above.ts'
import { player } from '../../model/player.ts'
import { factBeside, factIndexAt, nextBreach } from '../../model/replay.ts'
import type { Round } from '../../model/replay.ts'
import { digestWords, warnings } from '../../model/replay-words.ts'
import { texts } from '../../texts/replay.ts'
import { FactList } from './facts.tsx'
import { useReplayKeys } from './keys.ts'
import { NodeState } from './node-state.tsx'
import { Scrub } from './scrub.tsx'
import { Walk } from './walk.tsx'
import { Witness } from './witness.tsx'
import { texts as common } from '../../texts/common.ts'

/** Texts and lists follow a playing round this often; the stage follows every frame. */
const wordsEveryMs = 100

/** A replayed round: everything on the page is a function of it and of one cursor. */
export function RoundPage({ round, text, name, onFile }: { round: Round; text: string; name: string; onFile: (file: File) => void }) {
  const { replayed, scenario, breaches } = round
  const { facts } = replayed
  const { header } = replayed.recording
  const play = useMemo(() => player(round.endMs), [round])
  // Two cursors: the stage's runs ahead of the words', and neither must drag the other back.
  const stageCursor = round.cursor
  const wordsCursor = useMemo(() => cursorOf(replayed), [replayed])
  const [nowMs, setNowMs] = useState<SimMs>(0)
  /** Which of the facts of one millisecond the cursor is on. */
  const [pinned, setPinned] = useState<{ index: FactNo; atMs: SimMs } | null>(null)
  const [picked, setPicked] = useState<NodeId | null>(null)
  const [walk, setWalk] = useState<number | null>(breaches.length > 0 ? 0 : null)
  const playing = play.playing.value
  const index = pinned !== null && pinned.atMs === nowMs ? pinned.index : factIndexAt(facts, nowMs)

  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => {
      const now = performance.now(), ms = play.at(now)
      setNowMs(ms)
      if (ms >= round.endMs) play.pause(now)
    }, wordsEveryMs)
    return () => clearInterval(timer)
  }, [playing, play])

  const seek = (ms: SimMs): void => {
    play.seek(ms, performance.now())
    setPinned(null)
    setNowMs(play.at(performance.now()))
  }
  const goTo = (fact: FactNo): void => {
    const atMs = facts[fact]?.atMs
    if (atMs === undefined) return
    play.pause(performance.now())
    seek(atMs)
    setPinned({ index: fact, atMs })
  }
  const step = (by: 1 | -1): void => {
    const next = factBeside(facts, index, by, picked)
    if (next !== null) goTo(next)
    else if (by === -1) { play.pause(performance.now()); seek(0) }
  }
  const choose = (breach: number): void => {
    const chosen = breaches[breach]
    if (chosen === undefined) return
    setWalk(breach)
    goTo(chosen.n)
  }
  // The debrief links to one breach, by its fact: `/replay/ID#breach=412`.
  useEffect(() => {
    const asked = /^#breach=(\d{1,9})$/.exec(location.hash)?.[1]
    const breach = asked === undefined ? -1 : breaches.findIndex((one) => one.n === Number(asked))
    if (breach >= 0) choose(breach)
  }, [round])
  const toggle = (): void => {
    const now = performance.now()
    if (playing) { play.pause(now); setNowMs(play.at(now)) } else play.play(now)
    setPinned(null)
  }
  useReplayKeys({
    toggle, step, home: () => seek(0), end: () => seek(round.endMs),
    breach: () => { const next = nextBreach(round, index); if (next !== null) choose(next) },
    escape: () => setPicked(null),
  })

  const students = useRef<readonly boolean[]>([])
  const look = useMemo((): Look => ({ selected: picked, still: !playing, students: (seat) => students.current[seat] ?? false }), [picked, playing])
  const scene = (): ReturnType<Round['above']['sceneAt']> => {
    const ms = play.at(performance.now())
    const state = stageCursor.at(ms)
    students.current = state.students
    return round.above.sceneAt(ms, state.badges, look)
  }
  const pick = (node: NodeId): void => setPicked((before) => (before === node ? null : node))
  const warned = warnings(replayed)
  const chosen = walk === null ? null : breaches[walk] ?? null

  return (
    <div class="replay">
      <TopBar left={<><h1 class="replay-title">{texts.title}</h1><span class="replay-name" title={texts.seed(header.seed)}>{texts.which(header.cluster, header.round, scenario.title)}</span>
        <span class="replay-digest" data-digest={replayed.digest} data-digest-ok={replayed.digestOk} data-facts={facts.length}>
          {replayed.digestOk && replayed.digestsCompared > 0 && <Icon name="check" sizePx={16} />}<span>{digestWords(replayed)}</span></span></>}
        right={<><span class="quiet replay-look">{texts.lookAt}</span><Segmented label={texts.lookAt} value={picked ?? ''} onChange={(value) => setPicked(value === '' ? null : value)}
          options={[{ value: '', label: texts.all }, ...header.nodes.map((node) => ({ value: node, label: node }))]} />
          <a class="button replay-tool" href={fileUrl(text)} download={name} title={texts.save}>{texts.saveShort}</a>
          <FilePick words={texts.open.other} kind="button replay-tool" onFile={onFile} /></>} />
      <Scrub round={round} player={play} nowMs={nowMs} index={index} onSeek={seek} onToggle={toggle} onStep={step} onBreach={choose} />
      {warned.length > 0 && <div class="replay-warnings" role="alert">{warned.map((words) => <p key={words}><LampGlyph state="broken" sizePx={18} />{words}</p>)}</div>}
      <main class="replay-main">
        <div class="replay-stage">
          <Stage theme="dark" label={texts.truth(header.cluster)} scene={scene} onPick={pick} />
          {chosen !== null && <Witness round={round} walk={chosen} index={index} now={() => play.at(performance.now())} playing={playing} />}
          <p class="replay-from"><b>{texts.above}</b> {texts.at} <time class="mono">{clockText(nowMs, true)}</time></p>
          <div class="replay-legend">{(['beat', 'ask', 'answer'] as const).map((family) => <span key={family}><PacketGlyph family={family} letter="" sizePx={14} />{common.packets[family]}</span>)}
            <span><Icon name="bot" sizePx={14} />{common.packets.bot}</span></div>
        </div>
        <div class="replay-below">
          <FactList facts={facts} scenario={scenario} index={index} node={picked} playing={playing} onPick={goTo} />
          <NodeState round={round} node={picked} state={wordsCursor.at(nowMs)} nowMs={nowMs} />
        </div>
      </main>
      <Walk round={round} chosen={walk} index={index} onChoose={choose} onFact={goTo} nowMs={nowMs} onSeek={seek} />
    </div>
  )
}

let madeFor: string | null = null
let madeUrl = ''

/** An address of the recording's text, made once, for saving it. */
function fileUrl(text: string): string {
  if (madeFor === text) return madeUrl
  if (madeUrl !== '') URL.revokeObjectURL(madeUrl)
  madeFor = text
  madeUrl = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }))
  return madeUrl
}
