import { useState } from 'preact/hooks'
import { Button, NodeGlyph } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import { NAME_LENGTH_MAX } from '../../../shared/wire/messages.ts'
import { texts } from '../../texts/host.ts'
import type { Session } from './session.ts'
import { texts as directTexts } from '../../texts/direct.ts'

const words = directTexts.people
/** More clusters than this stand closer together. */
const clustersWide = 6

export type Seat = LobbyView['clusters'][number]['seats'][number]

/** Who sits where. A click on a student renames or removes them. */
export function Roster({ session, lobby }: { session: Session; lobby: LobbyView }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const seats = lobby.clusters.flatMap((cluster) => cluster.seats)
  const students = seats.filter((seat) => seat.student !== '')
  const student = students.find((seat) => seat.student === chosen) ?? null
  return (
    <section class="roster" aria-label={texts.roster.label}>
      <h2>{texts.roster.here(lobby.here)} <span class="quiet">{texts.roster.clusters(lobby.clusters.length, lobby.clusterSize)}</span></h2>
      {student !== null && <SeatEditor key={student.student} session={session} seat={student} onDone={() => setChosen(null)} />}
      <p class="quiet">{students.length === 0 ? texts.lobby.empty : texts.lobby.rename}</p>
      <div class={lobby.clusters.length > clustersWide ? 'roster-clusters roster-many' : 'roster-clusters'}>{lobby.clusters.map((cluster) => (
        <div class="roster-cluster" key={cluster.name}><h3>{cluster.name}</h3>
          {cluster.seats.map((seat) => <SeatRow key={seat.node} seat={seat} chosen={seat.student !== '' && seat.student === chosen} onChoose={() => setChosen(seat.student === chosen ? null : seat.student)} />)}
        </div>))}</div>
    </section>
  )
}

function SeatRow({ seat, chosen, onChoose }: { seat: Seat; chosen: boolean; onChoose: () => void }) {
  const glyph = <NodeGlyph letter={seat.node} shape={seat.playedBy === 'student' ? 'circle' : 'square'} state={seat.student !== '' && !seat.here ? 'silent' : 'ok'} sizePx={22} />
  if (seat.student === '') return <div class="seat seat-free">{glyph}<span class="quiet">{texts.lobby.free}</span></div>
  return <button type="button" class="seat" aria-pressed={chosen} onClick={onChoose}>{glyph}<b>{seat.name}</b>{!seat.here && <small>{texts.lobby.gone}</small>}<span class="sr-only">{texts.roster.seat(seat.node)}</span></button>
}

/** Renames or removes one student. */
export function SeatEditor({ session, seat, onDone }: { session: Session; seat: Seat; onDone: () => void }) {
  const [name, setName] = useState(seat.name)
  const [sure, setSure] = useState(false)
  const rename = async (): Promise<void> => { if (await session.command({ kind: 'rename', student: seat.student, name: name.trim() })) onDone() }
  const remove = async (): Promise<void> => {
    if (!sure) { setSure(true); return }
    if (await session.command({ kind: 'remove', student: seat.student })) onDone()
  }
  return (
    <form class="roster-editor" onSubmit={(event) => { event.preventDefault(); void rename() }}>
      <label class="sr-only" for="roster-name">{words.name(seat.name)}</label>
      <input id="roster-name" class="field" value={name} maxLength={NAME_LENGTH_MAX} autoFocus onInput={(event) => setName(event.currentTarget.value)} />
      <Button type="submit" refusal={name.trim() === '' ? words.needsName : null}>{words.rename}</Button>
      <Button onClick={() => { void remove() }}>{sure ? words.reallyRemove(seat.name) : words.remove}</Button>
      <Button kind="quiet" icon="cross" label={directTexts.close} onClick={onDone}>{''}</Button>
    </form>
  )
}
