import { missionNow } from '../../missions.ts'
import type { LobbyView } from '../../link/connect.ts'
import { NodeGlyph } from '../../components/glyphs.tsx'
import { texts } from '../../texts/play.ts'
import type { Game } from './game.ts'
import { Glossed } from './glossed.tsx'
import { usePictureEarly } from './lobby.tsx'
import { Mates } from './mates.tsx'
import { Rules } from './rule-card.tsx'
import { LostBanner, Top } from './top.tsx'

/** The mission in sixty words, its rules, and how to hold the screen. */
export function Briefing({ game, lobby }: { game: Game; lobby: LobbyView }) {
  usePictureEarly()
  const mission = missionNow(lobby.scenario), place = game.place.value
  return (
    <div class="play">
      <Top game={game}><b>{mission?.title}</b><span>{texts.round(lobby.round + 1)}</span></Top>
      <main class="briefing">
        <section class="briefing-mission">
          <p class="quiet">{texts.briefing}</p>
          <h1>{mission?.title}</h1>
          <p class="briefing-text">{mission && <Glossed text={mission.lesson.brief} glossary={mission.lesson.glossary} />}</p>
          {place !== null && <div class="briefing-you"><NodeGlyph letter={place.node} own sizePx={96} /><p><b>{texts.youAre(place.node)}</b><span><b>{texts.levelName(lobby.level)}</b> {texts.levels[lobby.level]}</span></p></div>}
        </section>
        <section class="briefing-rules">
          <h2>{mission?.lesson.ruleCard.title}</h2>
          {mission && <Rules scenario={mission} />}
          <ul class="briefing-how">{(lobby.level === 'L3' ? texts.howToPolicy : texts.howTo).map(([strong, rest]) => <li><b>{strong}</b> {rest}</li>)}</ul>
        </section>
      </main>
      <Mates game={game} note={texts.instructorStarts} />
      <LostBanner game={game} />
    </div>
  )
}
