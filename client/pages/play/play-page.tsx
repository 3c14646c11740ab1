import { FogPanel } from '../../components/fog-panel.tsx'
import { Button } from '../../components/controls.tsx'
import { Wordmark } from '../../components/brand.tsx'
import { texts } from '../../texts/play.ts'
import { Briefing } from './briefing.tsx'
import { Debrief } from './debrief.tsx'
import type { Game } from './game.ts'
import { Lobby } from './lobby.tsx'
import { Round } from './round.tsx'
import { LostBanner, Top } from './top.tsx'

/** No way back in by itself: why, and what to do. */
function Refused({ game }: { game: Game }) {
  const by = game.link.refusedBy.value
  return (
    <FogPanel><main class="play-refused">
      <Wordmark sizePx={40} />
      <h1>{game.link.refusal.value}</h1>
      {by === 'replaced' ? <Button kind="primary" onClick={() => location.reload()}>{texts.playHere}</Button>
        : by === 'removed' || by === 'badToken' || by === 'malformed' || by === 'full' ? <Button kind="primary" onClick={() => location.assign(`/?code=${game.code}`)}>{texts.joinAgain}</Button>
        : <Button kind="primary" onClick={() => location.assign('/')}>{texts.toStart}</Button>}
    </main></FogPanel>
  )
}

const noClearings = [] as const

/** The frame at once; the dots clear when facts come. */
function Waiting({ game, text }: { game: Game; text: string }) {
  return <div class="play"><Top game={game} /><FogPanel key={game.theme.value} clearings={noClearings}><main class="play-refused"><h1>{text}</h1></main></FogPanel><LostBanner game={game} /></div>
}

/** `/play`: what the student sees in every phase of the class. */
export function PlayPage({ game }: { game: Game }) {
  const lobby = game.link.lobby.value, seat = game.student.seat.value
  if (game.link.state.value === 'refused') return <Refused game={game} />
  if (lobby === null) return <Waiting game={game} text={texts.connecting} />
  switch (lobby.phase) {
    // The fog is painted in the theme's colours, once.
    case 'lobby': return <Lobby key={game.theme.value} game={game} lobby={lobby} />
    case 'briefing': return <Briefing game={game} lobby={lobby} />
    case 'round': return seat !== null && seat.round === lobby.round ? <Round game={game} lobby={lobby} seat={seat} />
      : <Waiting game={game} text={game.place.value === null && game.link.state.value === 'live' ? texts.noSeatNow : texts.connecting} />
    case 'debrief': return <Debrief game={game} lobby={lobby} />
    case 'closed': return <Waiting game={game} text={texts.ended} />
  }
}
