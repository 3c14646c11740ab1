import { missionNow } from '../../missions.ts'
import type { LobbyView } from '../../link/connect.ts'
import { NodeGlyph } from '../../components/glyphs.tsx'
import { Icon } from '../../components/icon.tsx'
import { texts } from '../../texts/play.ts'
import { Decisions } from './decisions.tsx'
import type { Game } from './game.ts'
import { Glossed } from './glossed.tsx'
import { Mates } from './mates.tsx'
import { Scores } from './scores.tsx'
import { LostBanner, Top } from './top.tsx'
import { isAsked } from '../../model/asked.ts'

const questionsShown = 3

/** After the round: the way to the replay of the own cluster, and what to talk about. */
export function Debrief({ game, lobby }: { game: Game; lobby: LobbyView }) {
  const mission = missionNow(lobby.scenario) ?? undefined, place = game.place.value, recording = game.student.recording.value
  const quality = game.student.quality.value, seat = game.student.seat.value
  return (
    <div class="play">
      <Top game={game}><b>{mission?.title}</b><span>{texts.round(lobby.round)}</span></Top>
      <main class="debrief">
        <section>
          <h1>{texts.debriefTitle}</h1>
          <p class="debrief-lead">{texts.debriefLead}</p>
          {place !== null && <div class="debrief-you"><NodeGlyph letter={place.node} own sizePx={96} /><b>{texts.youWere(place.node, place.cluster)}</b></div>}
          {game.student.score.value !== null && <p><Scores score={game.student.score.value} asked={mission === undefined || isAsked(mission, lobby.clusterSize)} over /></p>}
          {quality !== null && seat !== null && <Decisions told={quality} scenario={seat.scenario} self={seat.self} />}
          {recording === null ? <p class="quiet" role="status">{texts.notYet}</p>
            : <a class="button button-primary" href={`/replay/${recording.id}`} target="_blank" rel="noopener"><span>{texts.watch}</span><Icon name="right" /></a>}
        </section>
        <section>
          <h2>{texts.questions}</h2>
          <ol class="debrief-questions">{mission?.lesson.questions.slice(0, questionsShown).map(question => <li><Glossed text={question.ask} glossary={mission.lesson.glossary} /></li>)}</ol>
        </section>
      </main>
      <Mates game={game} note={texts.seatKept} rest={texts.nextRound} />
      <LostBanner game={game} />
    </div>
  )
}
