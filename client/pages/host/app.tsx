import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { Button, LinkBadge, Notice, TopBar } from '../../components/index.ts'
import { dropClass, heldClasses, holdClass, readHash } from '../../link/host-link.ts'
import type { LobbyView } from '../../link/connect.ts'
import { texts } from '../../texts/host.ts'
import { AskSheet } from './ask.tsx'
import { Debrief } from './debrief.tsx'
import { PeopleSheet } from './people.tsx'
import { runbookNow } from './runbook.tsx'
import { ShareSheet } from './share.tsx'
import './direct.css'
import { LobbyPage } from './lobby.tsx'
import { NoSecret, OpenClass } from './open.tsx'
import { Round } from './round.tsx'
import { openSession } from './session.ts'
import type { Session } from './session.ts'
import { theme } from './theme.ts'
import { takePlan } from './plans.ts'

/** Which class the page runs, from its address; the key never stays there. */
const address = signal(takeAddress())

function takeAddress(): { code: string; secret: string | null } | null {
  const asked = readHash(location.hash)
  if (asked === null) return null
  if (asked.secret !== null) {
    holdClass({ code: asked.code, secret: asked.secret, title: heldClasses().find((one) => one.code === asked.code)?.title ?? asked.code })
    history.replaceState(null, '', `${location.pathname}${location.search}#${asked.code}`)
  }
  return { code: asked.code, secret: asked.secret ?? heldClasses().find((one) => one.code === asked.code)?.secret ?? null }
}

/** What was clicked with the mouse does not keep the keyboard: the space bar pauses. */
function releaseFocus(event: MouseEvent): void {
  if (event.detail > 0 && event.target instanceof Element) event.target.closest('button')?.blur()
}

export function App() {
  useEffect(() => {
    const follow = (): void => { void takePlan(); address.value = takeAddress() }
    void takePlan()
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  useEffect(() => { document.documentElement.dataset['theme'] = theme.value }, [theme.value])
  const at = address.value
  if (at === null) return <OpenClass />
  if (at.secret === null) return <NoSecret code={at.code} />
  return <InClass key={`${at.code}.${at.secret}`} code={at.code} secret={at.secret} />
}

function InClass({ code, secret }: { code: string; secret: string }) {
  const [session, setSession] = useState<Session | null>(null)
  useEffect(() => {
    const opened = openSession(code, secret)
    setSession(opened)
    return () => opened.close()
  }, [])
  if (session === null) return null
  const { link } = session, lobby = link.lobby.value
  if (link.state.value === 'refused') return <Refused session={session} />
  if (lobby === null) return <Waiting words={link.state.value === 'lost' ? texts.link.lost : texts.link.connecting} />
  if (lobby.phase === 'closed') return <Ended words={texts.link.closed} />
  return (
    <div class="host" onClick={releaseFocus}>
      {lobby.phase === 'round' ? <Round session={session} lobby={lobby} /> : lobby.phase === 'debrief' ? <Debrief session={session} lobby={lobby} /> : <LobbyPage session={session} lobby={lobby} />}
      <Sheets session={session} lobby={lobby} />
      <div class="host-say">
        {link.state.value === 'lost' && <Notice kind="error">{texts.link.lost}</Notice>}
        {session.said.value !== null && <Notice kind="info">{session.said.value}</Notice>}
      </div>
    </div>
  )
}

/** What lies over the page, in whichever phase. */
function Sheets({ session, lobby }: { session: Session; lobby: LobbyView }) {
  switch (session.sheet.value) {
    case 'ask': return lobby.phase === 'round' ? <AskSheet session={session} ready={runbookNow(session, lobby).entry?.ask ?? ''} /> : null
    case 'people': return <PeopleSheet session={session} lobby={lobby} />
    case 'share': return <ShareSheet session={session} lobby={lobby} />
    case null: return null
  }
}

function Refused({ session }: { session: Session }) {
  const by = session.link.refusedBy.value
  if (by === 'badSecret') return <NoSecret code={session.code} />
  const elsewhere = by === 'replaced'
  if (by === 'ended') return <Ended words={texts.link.closed} />
  return (
    <div class="host-wait"><TopBar /><main><h1>{elsewhere ? texts.link.elsewhere : texts.link.refused}</h1><p>{elsewhere ? texts.link.elsewhereWords : session.link.refusal.value}</p>
      <div class="host-row"><Button kind="primary" onClick={() => location.reload()}>{elsewhere ? texts.link.bringBack : texts.link.again}</Button>
        <Button onClick={() => { dropClass(session.code); history.replaceState(null, '', location.pathname); address.value = null }}>{texts.link.another}</Button></div></main></div>
  )
}

function Ended({ words }: { words: string }) {
  return <div class="host-wait"><TopBar /><main><h1>{texts.link.over}</h1><p>{words}</p>
    <Button kind="primary" onClick={() => { history.replaceState(null, '', location.pathname); address.value = null }}>{texts.link.another}</Button></main></div>
}

function Waiting({ words }: { words: string }) {
  return <div class="host-wait"><TopBar right={<LinkBadge state="slow" />} /><main><p role="status">{words}</p></main></div>
}
