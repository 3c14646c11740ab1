import { useEffect, useRef, useState } from 'preact/hooks'
import { NAME_LENGTH_MAX, NOTICE_LENGTH_MAX } from '../../../shared/wire/messages.ts'
import { Button, NodeGlyph, Sheet } from '../../components/index.ts'
import type { LobbyView } from '../../link/connect.ts'
import { texts } from '../../texts/direct.ts'
import type { Session } from './session.ts'

const words = texts.people
type Seat = LobbyView['clusters'][number]['seats'][number]
interface Seated { seat: Seat; cluster: number; at: number }

/** All students by cluster; picking one opens what can be done for them. In every phase, by keyboard too. */
export function PeopleSheet({ session, lobby, first = null }: { session: Session; lobby: LobbyView; first?: string | null }) {
  const [filter, setFilter] = useState(''), [chosen, setChosen] = useState<string | null>(first)
  const all = lobby.clusters.flatMap(({ seats }, cluster) => seats.map((seat, at): Seated => ({ seat, cluster, at }))), students = all.filter(({ seat }) => seat.student !== '')
  const one = students.find(({ seat }) => seat.student === chosen)
  const found = students.filter(({ seat }) => seat.name.toLowerCase().includes(filter.trim().toLowerCase()))
  return (
    <Sheet title={one === undefined ? words.title : one.seat.name} closeWords={texts.close} onClose={() => { session.sheet.value = null }}>
      {one !== undefined ? <Student key={one.seat.student} session={session} lobby={lobby} one={one} onBack={() => setChosen(null)} /> : <>
        <Message session={session} student={null} label={words.all} />
        <label><span>{words.filter}</span><input class="field" type="search" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} /></label>
        {students.length === 0 ? <p class="quiet">{words.empty}</p> : found.length === 0 && <p class="quiet">{words.none}</p>}
        <ul class="people">{found.map(({ seat, cluster }) => <li key={seat.student}><button type="button" class="seat" onClick={() => setChosen(seat.student)}>
          <NodeGlyph letter={seat.node} shape={seat.playedBy === 'student' ? 'circle' : 'square'} state={seat.here ? 'ok' : 'silent'} sizePx={26} /><b>{seat.name}</b>
          <small>{lobby.clusters[cluster]?.name}, {stateOf(seat)}</small></button></li>)}</ul></>}
    </Sheet>
  )
}

const stateOf = (seat: Seat): string => (!seat.here ? words.away : seat.playedBy === 'bot' ? words.bot : words.here)

function Student({ session, lobby, one: { seat, cluster, at }, onBack }: { session: Session; lobby: LobbyView; one: Seated; onBack: () => void }) {
  const back = useRef<HTMLDivElement>(null)
  // The list is gone, and the focus with it.
  useEffect(() => { back.current?.querySelector('button')?.focus() }, [])
  const [name, setName] = useState(seat.name), [sure, setSure] = useState(false)
  const places = lobby.clusters.flatMap(({ name: title, seats }, index) => seats.map((other, place) => ({ value: `${index}.${place}`, label: words.moveTo(title, other.node, other.name === '' || other.student === seat.student ? null : other.name) })))
  const remove = async (): Promise<void> => {
    if (!sure) setSure(true)
    else if (await session.command({ kind: 'remove', student: seat.student })) onBack()
  }
  return (
    <div class="person" ref={back}><Button kind="quiet" icon="left" onClick={onBack}>{words.back}</Button>
      <p class="quiet">{lobby.clusters[cluster]?.name} {seat.node}, {stateOf(seat)}</p>
      <Message session={session} student={seat.student} label={words.tell(seat.name)} />
      <form class="person-line" onSubmit={(event) => { event.preventDefault(); if (name.trim() !== '') void session.command({ kind: 'rename', student: seat.student, name: name.trim() }) }}>
        <label><span>{words.name(seat.name)}</span><input class="field" value={name} maxLength={NAME_LENGTH_MAX} onInput={(event) => setName(event.currentTarget.value)} /></label>
        <Button type="submit" refusal={name.trim() === '' ? words.needsName : null}>{words.rename}</Button></form>
      <label><span>{words.move}</span><select class="field" value={`${cluster}.${at}`} onChange={(event) => {
        const [to = 0, place = 0] = event.currentTarget.value.split('.').map(Number)
        void session.command({ kind: 'move', student: seat.student, cluster: to, seat: place })
      }}>{places.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}</select></label>
      <div class="host-row">{lobby.phase === 'round' && seat.here && <Button icon="bot" onClick={() => { void session.command({ kind: 'bot', student: seat.student, on: seat.playedBy === 'student' }) }}>{seat.playedBy === 'student' ? words.letBot : words.giveBack}</Button>}
        <Button icon="cross" onClick={() => { void remove() }}>{sure ? words.reallyRemove(seat.name) : words.remove}</Button></div></div>
  )
}

/** One line to one student, or to all. */
function Message({ session, student, label }: { session: Session; student: string | null; label: string }) {
  const [text, setText] = useState(''), [sent, setSent] = useState(false)
  const send = async (): Promise<void> => {
    if (text.trim() === '' || !await session.command({ kind: 'message', student, text: text.trim() })) return
    setText('')
    setSent(true)
  }
  return (
    <form class="person-line" onSubmit={(event) => { event.preventDefault(); void send() }}>
      <label><span>{label}</span><input class="field" value={text} maxLength={NOTICE_LENGTH_MAX} autocomplete="off" onInput={(event) => { setText(event.currentTarget.value); setSent(false) }} /></label>
      <Button type="submit">{words.send}</Button><span role="status">{sent ? words.sent : ''}</span></form>
  )
}
