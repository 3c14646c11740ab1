import type { ComponentChildren } from 'preact'
import { Icon } from '../../components/icon.tsx'
import { LinkBadge, TopBar } from '../../components/panels.tsx'
import { Notice } from '../../components/slips.tsx'
import { soundOn, toggleSound } from '../../sound/index.ts'
import { texts } from '../../texts/play.ts'
import type { Game } from './game.ts'

const slowMs = 400

/** The bar of real things: it is the same in all phases, and goes on when the node stands still. */
export function Top({ game, children }: { game: Game; children?: ComponentChildren }) {
  const { link, theme } = game
  const rttMs = link.rttMs.value, state = link.state.value === 'lost' ? 'gone' : rttMs !== null && rttMs > slowMs ? 'slow' : 'fine'
  const other = theme.value === 'dark' ? 'light' : 'dark'
  return <TopBar left={children} right={<>
    {!game.alone && <span title={texts.networkNote}><LinkBadge state={state} latencyMs={rttMs} /></span>}
    <button type="button" class="theme-key" aria-pressed={soundOn.value} aria-label={soundOn.value ? texts.soundOff : texts.soundOn} title={soundOn.value ? texts.soundOff : texts.soundOn} onClick={toggleSound}><Icon name={soundOn.value ? 'sound' : 'mute'} /></button>
    <button type="button" class="theme-key" aria-label={texts[other]} title={texts[other]} onClick={() => { theme.value = other }}>
      <svg width="18" height="18" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2" /><path d="M10 2.5a7.5 7.5 0 0 1 0 15z" fill="currentColor" /></svg>
    </button></>} />
}

/** Says that the real network is gone, whatever the screen shows. */
export function LostBanner({ game }: { game: Game }) {
  if (game.link.state.value !== 'lost') return null
  return <div class="play-banner"><Notice kind="error">{texts.gone(game.place.value?.node ?? null)}</Notice></div>
}
