import { useEffect } from 'preact/hooks'
import { QrCode, spaced } from '../../components/index.ts'
import { bare, findOrigins, isLocal, joinUrl, origins } from '../../link/origins.ts'
import { texts } from '../../texts/host.ts'

/** Other addresses shown, in case the first does not open. */
const othersMost = 2

/** The big code for the wall. */
export function JoinPanel({ code }: { code: string }) {
  useEffect(() => { void findOrigins() }, [])
  const [first = location.origin, ...others] = origins.value, [open, host, type] = texts.join.open(bare(first))
  return (
    <section class="join-panel" aria-label={texts.join.label}>
      <p class="join-at">{open} <b class="mono">{host}</b> {type}</p>
      <p class="join-code mono" aria-label={texts.join.code([...code].join(' '))}>{spaced(code)}</p>
      <QrCode text={joinUrl(code)} sizePx={216} label={texts.join.camera} />
      {others.length > 0 && <p class="join-local" role="note">{texts.join.others(others.slice(0, othersMost).map(bare).join(', '))}</p>}
      {isLocal(new URL(first).hostname) && <p class="join-local" role="note">{texts.lobby.local}</p>}
    </section>
  )
}
