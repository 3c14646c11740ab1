import { useEffect } from 'preact/hooks'
import { QrCode, spaced } from '../../components/index.ts'
import { bare, findOrigins, isLocal, joinUrl, origins } from '../../link/origins.ts'
import { texts } from '../../texts/host.ts'

/** Other addresses shown, in case the first does not open. */
const othersMost = 2

/** The big code for the wall. */
export function JoinPanel({ code }: { code: string }) {
  useEffect(() => { void findOrigins() }, [])
  const [first = location.origin, ...others] = origins.value
  return (
    <section class="join-panel" aria-label="How to join">
      <p class="join-at">Open <b class="mono">{bare(first)}</b> and type</p>
      <p class="join-code mono" aria-label={`Code ${[...code].join(' ')}`}>{spaced(code)}</p>
      <QrCode text={joinUrl(code)} sizePx={216} label="Join with a phone's camera" />
      {others.length > 0 && <p class="join-local" role="note">If that does not open: {others.slice(0, othersMost).map(bare).join(' or ')}</p>}
      {isLocal(new URL(first).hostname) && <p class="join-local" role="note">{texts.lobby.local}</p>}
    </section>
  )
}
