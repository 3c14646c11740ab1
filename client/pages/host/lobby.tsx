import { useState } from 'preact/hooks'
import { scenarios } from '../../all-missions.ts'
import { Button, LinkBadge, TopBar, spaced } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import { JoinPanel } from './join-panel.tsx'
import { Roster } from './roster.tsx'
import type { Session } from './session.ts'
import { texts as directTexts } from '../../texts/direct.ts'
import { planRuns } from './plans.ts'
import { planWords, Setup } from './setup.tsx'
import { switchTheme, theme } from './theme.ts'
import { texts } from '../../texts/host.ts'

/** A round trip above this, in ms, is worth a word. */
const slowMs = 400

/** The bar outside a round. */
export function HostBar({ session, lobby }: { session: Session; lobby: LobbyView }) {
  const { link } = session, rttMs = link.rttMs.value
  return <TopBar left={<><b>{lobby.title}</b><span class="quiet">{lobby.round === 0 ? texts.bar.before : texts.bar.round(lobby.round)}</span>{lobby.phase === 'debrief' && <span class="quiet">{texts.bar.code} <b class="mono">{spaced(lobby.code)}</b></span>}</>}
    right={<><Button kind="quiet" icon="people" onClick={() => { session.sheet.value = 'people' }}>{directTexts.people.title}</Button><Button kind="quiet" icon="eye" onClick={() => { session.sheet.value = 'share' }}>{directTexts.share.title}</Button><LinkBadge state={link.state.value !== 'live' ? 'gone' : (rttMs ?? 0) > slowMs ? 'slow' : 'fine'} latencyMs={rttMs} />
      <Button kind="quiet" onClick={switchTheme}>{theme.value === 'dark' ? texts.bar.light : texts.bar.dark}</Button><CloseClass session={session} /></>} />
}

/** Closing ends the class for everybody, so it asks once more. */
export function CloseClass({ session }: { session: Session }) {
  const [sure, setSure] = useState(false)
  return sure
    ? <><Button onClick={() => { void session.command({ kind: 'close' }) }}>{texts.bar.reallyClose}</Button><Button kind="quiet" onClick={() => setSure(false)}>{texts.bar.keepOpen}</Button></>
    : <Button kind="quiet" onClick={() => setSure(true)}>{texts.bar.close}</Button>
}

/** Lobby and briefing: the code for the wall, who is here, and what comes next. */
export function LobbyPage({ session, lobby }: { session: Session; lobby: LobbyView }) {
  return (
    <div class="host-lobby"><HostBar session={session} lobby={lobby} />
      <main>
        <JoinPanel code={lobby.code} />
        <Roster session={session} lobby={lobby} />
        {lobby.phase === 'briefing' ? <Briefing session={session} lobby={lobby} /> : <section class="next" aria-label={texts.setup.title}>
          <h2>{texts.setup.title}</h2><Setup session={session} lobby={lobby} />
          <Button kind="primary" iconAfter="right" onClick={() => { void session.command({ kind: 'brief' }) }}>{texts.setup.brief}</Button>
          <p class="quiet">{texts.setup.briefWords}</p></section>}
      </main></div>
  )
}

/** What to say, and what the students have before them. */
function Briefing({ session, lobby }: { session: Session; lobby: LobbyView }) {
  const mission = scenarios[lobby.scenario]
  if (mission === undefined) return null
  const { brief, ruleCard } = mission.lesson
  const back = (): void => { void session.command({ kind: 'set-up', scenario: lobby.scenario, level: lobby.level, clusterSize: lobby.clusterSize, minutes: lobby.minutes }) }
  return (
    <section class="next" aria-label={texts.setup.briefing}>
      <div class="next-head"><h2>{mission.title}</h2><span class="quiet">{lobby.level}</span><button type="button" class="link" onClick={back}>{texts.setup.change}</button></div><p>{brief}</p>
      <ol class="briefing-rules">{ruleCard.rules.map((rule) => <li key={rule.strong}><b>{rule.strong}</b> {rule.rest}</li>)}</ol>
      <Button kind="primary" icon="play" onClick={() => { void session.command({ kind: 'start', chaos: planRuns.value }) }}>{texts.setup.start}</Button>
      <p class="quiet">{planWords(session, lobby)}</p></section>
  )
}
