import { useRef, useState } from 'preact/hooks'
import { Button, QrCode, Segmented, Sheet } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import { joinUrl, origins } from '../../link/origins.ts'
import { texts } from '../../texts/direct.ts'
import type { Session } from './session.ts'

const words = texts.share

/** The links of a class: students', the wall's, a co-instructor's, and the host's own for a second device. */
export function ShareSheet({ session, lobby }: { session: Session; lobby: LobbyView }) {
  const [own, setOwn] = useState(false)
  const { code } = session, keys = session.links.value, origin = origins.value[0] ?? location.origin
  return (
    <Sheet title={words.title} closeWords={texts.close} onClose={() => { session.sheet.value = null }}>
      <div class="share-row"><CopyLink label={words.join} url={joinUrl(code)} /><QrCode text={joinUrl(code)} sizePx={92} label={words.join} /></div>
      {keys === null ? <p class="quiet">{words.onlyHost}</p> : <>
        <CopyLink label={words.wall} url={`${origin}/wall#${code}.${keys.wall}`}><a class="button button-plain" href={`/wall#${code}.${keys.wall}`} target="_blank" rel="noreferrer"><span>{words.openWall}</span></a></CopyLink>
        <CopyLink label={words.co} url={`${origin}/host#${code}.${keys.co}`} />
        {own ? <div class="share-row"><CopyLink label={words.own} url={`${origin}/host#${code}.${session.secret}`} /><QrCode text={`${origin}/host#${code}.${session.secret}`} sizePx={92} label={words.own} /></div>
          : <p class="share-own"><b>{words.own}</b> <span class="quiet">{words.ownNote}</span> <Button kind="quiet" icon="eye" onClick={() => setOwn(true)}>{words.showOwn}</Button></p>}</>}
      <div class="share-scores"><span><b>{texts.scores.label}</b> <small>{texts.scores.words}</small></span><Segmented label={texts.scores.label} value={lobby.scoresLive ? 'live' : 'after'} onChange={(when) => { void session.command({ kind: 'scores', live: when === 'live' }) }}
        options={[{ value: 'after', label: texts.scores.after }, { value: 'live', label: texts.scores.live }]} /></div>
      <p class="quiet" role="status">{words.pages(session.hosts.value)}</p>
    </Sheet>
  )
}

/** An address to be copied. Without https a browser has no clipboard to write to: then it is marked, and the old command tried. */
export function CopyLink({ label, url, children }: { label: string; url: string; children?: preact.ComponentChildren }) {
  const field = useRef<HTMLInputElement>(null), [said, setSaid] = useState('')
  const copy = async (): Promise<void> => {
    field.current?.select()
    const done = navigator.clipboard === undefined ? document.execCommand('copy') : await navigator.clipboard.writeText(url).then(() => true, () => document.execCommand('copy'))
    setSaid(done ? words.copied : words.select)
  }
  return (
    <div class="share-link"><label><span>{label}</span><input ref={field} class="field mono" readOnly value={url} onFocus={(event) => event.currentTarget.select()} /></label>
      <Button onClick={() => { void copy() }}>{words.copy}</Button>{children}<span role="status">{said}</span></div>
  )
}
