import { NodeGlyph } from '../../components/glyphs.tsx'
import { texts } from '../../texts/play.ts'
import type { Game } from './game.ts'

/** Who sits in your cluster, and what you all wait for. */
export function Mates({ game, note, rest = texts.keepOpen }: { game: Game; note: string; rest?: string }) {
  const place = game.place.value
  return (
    <footer class="mates">
      {place !== null && <><b class="mates-cluster">{place.cluster}</b>
        <ul>{place.seats.map(seat => {
          const own = seat.node === place.node, free = seat.student === ''
          return <li><NodeGlyph letter={seat.node} own={own} shape={seat.playedBy === 'bot' ? 'square' : 'circle'} state={free ? 'silent' : 'ok'} sizePx={62} />
            <span><b>{free ? texts.freeSeat : seat.name}</b><small>{own ? texts.you : free ? texts.freeSeatNote : seat.here ? texts.present : texts.away}</small></span></li>
        })}</ul></>}
      <p class="mates-note" role="status"><b>{note}</b><span>{rest}</span></p>
    </footer>
  )
}
