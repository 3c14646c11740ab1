import { useEffect, useState } from 'preact/hooks'
import { missionNow } from '../../missions.ts'
import type { LobbyView } from '../../link/connect.ts'
import { FogPanel } from '../../components/fog-panel.tsx'
import { spaced } from '../../components/code-boxes.tsx'
import { Button } from '../../components/controls.tsx'
import { NodeGlyph, PacketGlyph } from '../../components/glyphs.tsx'
import { Icon } from '../../components/icon.tsx'
import { Rift } from '../../components/rift.tsx'
import type { IconName } from '../../components/icon.tsx'
import { texts } from '../../texts/play.ts'
import type { Game } from './game.ts'
import { Mates } from './mates.tsx'
import { LostBanner, Top } from './top.tsx'
import type { Tutorial } from './tutorial.tsx'

const pictureDelayMs = 1_500

/** The picture's program is large: it comes while the student reads. */
export function usePictureEarly(): void {
  useEffect(() => {
    // A failure here is no news: the stage asks again when it is needed, and says so itself.
    const timer = setTimeout(() => { import('../../stage/mount.ts').catch(() => undefined) }, pictureDelayMs)
    return () => clearTimeout(timer)
  }, [])
}

function Part({ name, icon, at }: { name: keyof typeof texts.parts; icon: IconName; at: string }) {
  const [title = '', note = ''] = texts.parts[name]
  return <div class={`meet-part meet-${at}`}><b><Icon name={icon} /> {title}</b><span>{note}</span></div>
}

const lostWay = [{ x: 0.2, y: 0.5, radius: 1.1 }], closeBy = [{ x: 0.5, y: 0.45, radius: 0.75 }], open = [{ x: 0.5, y: 0.5, radius: 2.4 }], wide = [{ x: 0.5, y: 0.54, radius: 0.98 }]

const pictures = [
  () => <FogPanel clearings={lostWay}><div class="three-row"><NodeGlyph letter="C" own sizePx={76} /><PacketGlyph family="ask" letter="R" sizePx={24} /></div></FogPanel>,
  () => <FogPanel clearings={closeBy}><div class="three-row"><NodeGlyph letter="A" ring={{ fraction: 0.3 }} sizePx={92} /></div></FogPanel>,
  () => <FogPanel clearings={open}><div class="three-row">
    <NodeGlyph letter="A" fill="full" pennant sizePx={76} />
    <Rift heightPx={110} />
    <NodeGlyph letter="D" fill="full" pennant sizePx={76} /></div></FogPanel>,
]

type TutorialPart = typeof Tutorial

const playedKey = 'netsplit-practised'
function hasPractised(): boolean { try { return localStorage.getItem(playedKey) !== null } catch { return false } }
function notePractised(): void { try { localStorage.setItem(playedKey, '1') } catch { /* it is offered again */ } }

/** The way into the practice, first of all; its program comes when it is wanted. */
function Practise({ onPart }: { onPart: (part: TutorialPart) => void }) {
  const [failed, setFailed] = useState(false), again = hasPractised()
  const load = (): void => { import('./tutorial.tsx').then(part => onPart(part.Tutorial), () => setFailed(true)) }
  return <div class="practise"><Button kind={again ? 'plain' : 'primary'} icon="play" onClick={load}>{again ? texts.practise.again : texts.practise.start}</Button>
    <p role="status" class={failed ? undefined : 'practise-note'}>{failed ? texts.goneShort : texts.practise.note}</p></div>
}

/** Before the round: a minute and a half of practice, meet your node, and three things to know. */
export function Lobby({ game, lobby }: { game: Game; lobby: LobbyView }) {
  usePictureEarly()
  const [practice, setPractice] = useState<{ Part: TutorialPart } | null>(null)
  if (practice !== null) return <practice.Part name={game.name.value} onClose={done => { if (done) notePractised(); setPractice(null) }} />
  const place = game.place.value, mission = missionNow(lobby.scenario)
  return (
    <div class="play">
      <Top game={game}>
        <span>{texts.classCode} <b class="mono">{spaced(lobby.code)}</b></span><span class="class-title">{lobby.title}</span><b>{texts.here(lobby.here)}</b>
      </Top>
      <main class="lobby">
        <section class="meet"><FogPanel clearings={wide}>
          <h1><span>{texts.meet(game.name.value)}</span>{place === null ? texts.noSeat : texts.youAre(place.node)}</h1>
          <div class="meet-node"><NodeGlyph letter={place?.node ?? '?'} own ring={{ fraction: 0.75 }} sizePx={300} label={place === null ? texts.noSeat : texts.youAre(place.node)} /></div>
          <Part name="memory" icon="memory" at="nw" /><Part name="clock" icon="clock" at="ne" /><Part name="disk" icon="disk" at="sw" /><Part name="inbox" icon="eye" at="se" />
        </FogPanel></section>
        <section class="three">
          <Practise onPart={Part => setPractice({ Part })} />
          <h2>{texts.threeTitle}</h2><p class="quiet">{texts.threeNote}</p>
          {texts.three.map(([title, note], index) => <div class="three-frame"><div class="three-picture" aria-hidden="true">{pictures[index]?.()}</div><div><h3>{title}</h3><p>{note}</p></div></div>)}
          {mission && <p class="three-mission">{texts.nextMission}: <b>{mission.title}</b></p>}
        </section>
      </main>
      <Mates game={game} note={place === null ? texts.formsClusters : texts.instructorStarts} />
      <LostBanner game={game} />
    </div>
  )
}
