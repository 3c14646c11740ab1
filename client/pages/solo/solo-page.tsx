import { useEffect, useState } from 'preact/hooks'
import { scenarios } from '../../all-missions.ts'
import { Button } from '../../components/controls.tsx'
import { startSolo } from '../../solo/solo-game.ts'
import type { Solo, SoloChoice } from '../../solo/solo-game.ts'
import { texts } from '../../texts/solo.ts'
import { Round } from '../play/round.tsx'
import { Tutorial } from '../play/tutorial.tsx'
import { After } from './after.tsx'
import { Choose, freshSeed } from './choose.tsx'

type Shown = { what: 'choose' } | { what: 'practice' } | { what: 'solo'; solo: Solo; seed: number }

/** `/solo`: choose, play, look back; all of it in this page. */
export function SoloPage() {
  const [shown, setShown] = useState<Shown>(location.hash === '#tutorial' ? { what: 'practice' } : { what: 'choose' })
  const [choice, setChoice] = useState<SoloChoice | null>(null)
  const play = (next: SoloChoice): void => {
    if (shown.what === 'solo') shown.solo.game.close()
    setChoice(next)
    setShown({ what: 'solo', solo: startSolo(next), seed: next.seed })
  }
  const choose = (): void => {
    if (shown.what === 'solo') shown.solo.game.close()
    if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search)
    setShown({ what: 'choose' })
  }
  switch (shown.what) {
    case 'choose': return <Choose missions={scenarios} before={choice} onStart={play} onPractice={() => setShown({ what: 'practice' })} />
    case 'practice': return <Tutorial name={texts.you} onClose={choose} />
    case 'solo': return <Playing solo={shown.solo} onAgain={(fresh) => play(fresh ? { ...shown.solo.choice, seed: freshSeed() } : shown.solo.choice)} onChoose={choose} />
  }
}

/** The round itself, and what comes after. */
function Playing({ solo, onAgain, onChoose }: { solo: Solo; onAgain: (fresh: boolean) => void; onChoose: () => void }) {
  const { game, link } = solo, lobby = link.lobby.value, seat = game.student.seat.value
  useEffect(() => () => game.close(), [game])
  // Nobody plays in a tab that is not seen, and no bot takes over here.
  useEffect(() => {
    const hidden = (): void => { if (document.visibilityState === 'hidden' && !link.lobby.peek().paused && !solo.over.peek()) link.pause(true) }
    document.addEventListener('visibilitychange', hidden)
    return () => document.removeEventListener('visibilitychange', hidden)
  }, [link])
  if (solo.over.value) return <After solo={solo} onAgain={onAgain} onChoose={onChoose} />
  if (seat === null) return null
  return <Round game={game} lobby={lobby} seat={seat} tools={<>
    <Button kind="quiet" icon={lobby.paused ? 'play' : 'pause'} onClick={() => link.pause(!lobby.paused)}>{lobby.paused ? texts.goOn : texts.pause}</Button>
    <Button kind="quiet" icon="cross" onClick={() => link.end()}>{solo.hidden === null ? texts.end : texts.knowIt}</Button>
    {lobby.paused && <span class="stopped" role="status">{texts.stopped}</span>}</>} />
}
