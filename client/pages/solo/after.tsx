import { useMemo, useState } from 'preact/hooks'
import { encodeRecording } from '../../../shared/recording.ts'
import { Wordmark } from '../../components/brand.tsx'
import { Button, Segmented } from '../../components/controls.tsx'
import { breachSentence } from '../../fact-words.ts'
import { HANDED_OVER, handOver } from '../../link/hand-over.ts'
import { isAsked } from '../../model/asked.ts'
import { ideasOf } from '../../solo/solo-game.ts'
import type { Hidden, Solo } from '../../solo/solo-game.ts'
import { texts } from '../../texts/solo.ts'
import { Decisions } from '../play/decisions.tsx'
import { Scores } from '../play/scores.tsx'

/** After the round: who believed what, what broke, and where to look. */
export function After({ solo, onAgain, onChoose }: { solo: Solo; onAgain: (fresh: boolean) => void; onChoose: () => void }) {
  const { mission, nodes } = solo.choice, { hidden } = solo
  const text = useMemo(() => encodeRecording(solo.recording()), [solo])
  const quality = useMemo(() => solo.quality(), [solo]), seat = solo.game.student.seat.value
  const [said, setSaid] = useState<string | null>(null)
  const watch = (): void => {
    if (handOver(text)) location.assign(`/replay${HANDED_OVER}`)
    else setSaid(texts.tooLarge)
  }
  const save = (): void => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/jsonl' }))
    link.download = `netsplit-${mission.id}-${solo.choice.seed}.jsonl`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000)
  }
  const claims = [...new Set(solo.breaches.map(({ claim }) => claim))]
  return (
    <div class="solo">
      <header class="topbar"><a class="solo-home" href="/"><Wordmark sizePx={28} /></a><div class="topbar-left"><h1>{texts.over}</h1><b>{mission.title}</b></div>
        <div class="topbar-right"><Scores score={solo.score()} asked={isAsked(mission, nodes)} over /></div></header>
      <main class="solo-after">
        {hidden !== null && <Hunt solo={solo} hidden={hidden} />}
        <section><h2>{texts.broke}</h2>
          {claims.length === 0 && <p>{texts.nothingBroke}</p>}
          <ul class="solo-broke">{claims.map((claim) => {
            const all = solo.breaches.filter((one) => one.claim === claim), one = all[0]
            return one === undefined ? null : <li key={claim}><b>{mission.claims[claim]?.words}</b> <span class="quiet">{texts.times(all.length)}</span><p>{breachSentence(one, mission)}</p><p class="quiet">{mission.claims[claim]?.prevention}</p></li>
          })}</ul></section>
        {quality !== null && seat !== null && <Decisions told={quality} scenario={mission} self={seat.self} />}
        <section class="solo-next"><Button kind="primary" icon="play" onClick={watch}>{texts.watch}</Button><p class="quiet" role="status">{said ?? texts.watchNote}</p>
          <div class="solo-go"><Button icon="again" onClick={() => onAgain(false)}>{texts.again}</Button><Button onClick={() => onAgain(true)}>{texts.other}</Button><Button onClick={onChoose}>{texts.choices}</Button><Button icon="save" onClick={save}>{texts.save}</Button></div></section>
      </main>
    </div>
  )
}

/** Who, and what? Answered once; then the truth is told. */
function Hunt({ solo, hidden }: { solo: Solo; hidden: Hidden }) {
  const { mission } = solo.choice, peers = solo.link.lobby.value.clusters[0]?.seats.filter(({ here }) => !here).map(({ node }) => node) ?? []
  const [node, setNode] = useState(''), [belief, setBelief] = useState(''), [done, setDone] = useState(false)
  const idea = (id: string): string => mission.misconceptions[id]?.idea ?? id
  if (done) {
    const verdict = node !== hidden.node ? texts.wrong : belief === hidden.belief ? texts.right : texts.rightPeer
    return <section class="solo-hunt" role="status"><h2>{verdict(hidden.node)}</h2><blockquote>{idea(hidden.belief)}</blockquote></section>
  }
  return (
    <section class="solo-hunt">
      <h2>{texts.whoTitle}</h2><Segmented label={texts.whoTitle} value={node} onChange={setNode} options={peers.map((value) => ({ value, label: value }))} />
      <fieldset><legend>{texts.whatTitle}</legend>{ideasOf(mission).map((id) => <label key={id}><input type="radio" name="idea" value={id} checked={belief === id} onChange={() => setBelief(id)} /><span>{idea(id)}</span></label>)}</fieldset>
      <Button kind="primary" refusal={node === '' || belief === '' ? texts.choose : null} onClick={() => setDone(true)}>{texts.name}</Button>
    </section>
  )
}
