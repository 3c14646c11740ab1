import { useEffect, useRef, useState } from 'preact/hooks'
import { cleanName, proposeName } from '../../../shared/names.ts'
import { CODE_LENGTH } from '../../../shared/wire/messages.ts'
import type { ClassGlance } from '../../../shared/wire/messages.ts'
import { Wordmark } from '../../components/brand.tsx'
import { CodeBoxes } from '../../components/code-boxes.tsx'
import { Button } from '../../components/controls.tsx'
import { Icon } from '../../components/icon.tsx'
import { glance } from '../../link/classes.ts'
import { forgetSeat, keepSeat, keptSeat, wayToPlay } from '../../link/seats.ts'
import { LANGUAGES, chooseLanguage, language } from '../../texts/language.ts'
import type { Language } from '../../texts/language.ts'
import { texts } from '../../texts/play.ts'
import { Art } from './art.tsx'
import { TeachForm } from './teach-form.tsx'
import { inOwnWords } from '../../texts/said.ts'

/** What is known of the class with the typed code. */
type Looked = { state: 'nothing' | 'looking' | 'none' | 'silent' } | { state: 'found'; found: ClassGlance }

const lookAgainMs = 3_000
const aName = (): string => proposeName(Math.floor(Math.random() * 1_000_000))

/** Looks a complete code up, again and again while the server does not answer. */
function useLook(code: string): Looked {
  const [looked, setLooked] = useState<Looked>({ state: 'nothing' })
  useEffect(() => {
    if (code.length < CODE_LENGTH) return setLooked({ state: 'nothing' })
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      glance(code).then(found => { if (!gone) setLooked(found === null ? { state: 'none' } : { state: 'found', found }) }, () => {
        if (gone) return
        setLooked({ state: 'silent' })
        timer = setTimeout(look, lookAgainMs)
      })
    }
    setLooked({ state: 'looking' })
    look()
    return () => { gone = true; clearTimeout(timer) }
  }, [code])
  return looked
}

function LookedLine({ looked, lookAlike }: { looked: Looked; lookAlike: string }) {
  const open = looked.state === 'found' && looked.found.phase !== 'closed'
  return (
    <p class="join-found" id="join-found" role="status">
      {open && <><Icon name="check" /><span><b>{looked.found.title}</b> <span>{texts.found(looked.found.here)}</span></span></>}
      {looked.state === 'found' && !open && <><Icon name="cross" /><span>{texts.classOver}</span></>}
      {looked.state === 'nothing' && (lookAlike === '' ? <span>{texts.codeHint}</span> : <><Icon name="help" /><span>{texts.lookAlike(lookAlike)}</span></>)}
      {looked.state === 'looking' && <span>{texts.looking}</span>}
      {looked.state === 'none' && <><Icon name="cross" /><span>{texts.noClass}</span></>}
      {looked.state === 'silent' && <><Icon name="plug" /><span>{texts.noAnswer}</span></>}
    </p>
  )
}

/** Code, name, in. A seat that this browser holds already comes before a new one. */
function StudentForm({ start }: { start: string }) {
  const [code, setCode] = useState(start), [name, setName] = useState(aName), [error, setError] = useState<string | null>(null)
  const [forgotten, setForgotten] = useState(0), [lookAlike, setLookAlike] = useState('')
  const nameField = useRef<HTMLInputElement>(null)
  const looked = useLook(code)
  const open = looked.state === 'found' && looked.found.phase !== 'closed'
  const seat = open && forgotten >= 0 ? keptSeat(code) : null
  const held = seat?.token === null || seat === null ? null : seat

  const submit = (event: Event): void => {
    event.preventDefault()
    if (!open) return setError(looked.state === 'nothing' ? texts.needCode : looked.state === 'none' ? texts.noClass : looked.state === 'found' ? texts.classOver : texts.looking)
    if (held !== null) return location.assign(wayToPlay(code, held.name, true))
    const clean = cleanName(name)
    if (!clean.ok) { setError(inOwnWords(clean.reason)); nameField.current?.focus(); return }
    location.assign(wayToPlay(code, clean.name, keepSeat(code, { name: clean.name, token: null })))
  }

  return (
    <form class="join-form" onSubmit={submit} noValidate>
      <CodeBoxes value={code} onChange={next => { if (next !== code) setLookAlike(''); setCode(next); setError(null) }} onLookAlike={setLookAlike} onComplete={() => { if (held === null) nameField.current?.focus() }}
        label={texts.codeLabel} autoFocus={start === ''} invalid={looked.state === 'none'} describedBy="join-found" />
      <LookedLine looked={looked} lookAlike={lookAlike} />
      {held === null ? <>
        <label class="join-label" for="join-name">{texts.nameLabel} <span>{texts.nameNote}</span></label>
        <div class="join-name">
          <input ref={nameField} id="join-name" value={name} maxLength={80} autocomplete="off" spellcheck={false} onInput={event => { setName(event.currentTarget.value); setError(null) }} onFocus={event => event.currentTarget.select()} />
          <button type="button" class="key" aria-label={texts.anotherName} onClick={() => { setName(aName()); setError(null) }}><Icon name="again" sizePx={24} /></button>
        </div>
      </> : <p class="join-held">{texts.backNote(held.name)} <button type="button" class="link" onClick={() => { forgetSeat(code); setForgotten(forgotten + 1) }}>{texts.somebodyElse}</button></p>}
      <p class="join-error" role="alert">{error}</p>
      <Button kind="primary" type="submit" iconAfter="right">{held === null ? texts.join : texts.back(held.name)}</Button>
    </form>
  )
}

/** `/`: a student joins, or somebody opens a class. `code`: from the address, may be ''. */
export function JoinPage({ code }: { code: string }) {
  const [teaches, setTeaches] = useState(false)
  return (
    <div class="join">
      <main class="join-sheet">
        <Wordmark sizePx={44} />
        <h1>{texts.joinTitle}</h1>
        <p class="join-lead">{texts.joinLead}</p>
        {teaches ? <TeachForm /> : <StudentForm start={code} />}
        <p class="join-foot"><button type="button" class="link" onClick={() => setTeaches(!teaches)}>{teaches ? texts.student : texts.teach}</button> <a class="link" href="/solo#tutorial">{texts.practise.start}</a> <a class="link" href="/solo">{texts.solo}</a> <a class="link" href="/lab">{texts.lab}</a>
          {(Object.keys(LANGUAGES) as Language[]).filter(one => one !== language).map(one => <button type="button" class="link" lang={one} onClick={() => chooseLanguage(one)}>{LANGUAGES[one]}</button>)}</p>
      </main>
      <Art />
    </div>
  )
}
