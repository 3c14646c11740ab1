import type { FactNo, SimMs } from '../../../shared/sim/types.ts'
import { Icon, Timeline, clockText } from '../../components/index.ts'
import type { IconName } from '../../components/index.ts'
import { PLAYER_SPEEDS } from '../../model/player.ts'
import type { Player } from '../../model/player.ts'
import type { Round } from '../../model/replay.ts'
import { texts as all } from '../../texts/replay.ts'

const texts = all.scrub

export interface ScrubProps {
  round: Round
  player: Player
  nowMs: SimMs
  index: FactNo
  onSeek: (ms: SimMs) => void
  onToggle: () => void
  onStep: (by: 1 | -1) => void
  onBreach: (breach: number) => void
}

/** The clock, its keys, and the whole round as a line. */
export function Scrub({ round, player, nowMs, index, onSeek, onToggle, onStep, onBreach }: ScrubProps) {
  const playing = player.playing.value, speed = player.speed.value
  const faster = (): void => player.setSpeed(PLAYER_SPEEDS[(PLAYER_SPEEDS.indexOf(speed) + 1) % PLAYER_SPEEDS.length] ?? 1, performance.now())
  return (
    <section class="scrub" aria-label={texts.label}>
      <div class="scrub-clock">
        <time class="mono">{clockText(nowMs, true)}</time>
        <div class="scrub-keys">
          <Key icon="stepBack" label={texts.back} onPress={() => onStep(-1)} />
          <button type="button" class="scrub-play" aria-label={playing ? texts.pause : texts.play} title={playing ? texts.pause : texts.play} onClick={onToggle}><Icon name={playing ? 'pause' : 'play'} sizePx={20} /></button>
          <Key icon="step" label={texts.on} onPress={() => onStep(1)} />
          <button type="button" class="scrub-speed" title={texts.speed} onClick={faster}><span class="sr-only">{texts.nextSpeed} </span>{speed}x</button>
          <span class="scrub-fact">{index < 0 ? texts.start : texts.fact(index)}</span>
        </div>
      </div>
      <Timeline label={texts.line} durationMs={round.endMs} bands={round.bands} cursorMs={nowMs} ticks={round.ticks} onSeek={onSeek}
        breaches={round.breaches.map((breach, at) => ({ key: String(at), atMs: breach.atMs, label: texts.broke(breach.claim, clockText(breach.atMs, true)) }))}
        onBreach={(key) => onBreach(Number(key))} />
    </section>
  )
}

function Key({ icon, label, onPress }: { icon: IconName; label: string; onPress: () => void }) {
  return <button type="button" class="scrub-key" aria-label={label} title={label} onClick={onPress}><Icon name={icon} /></button>
}
