import { useState } from 'preact/hooks'
import { TITLE_LENGTH_MAX } from '../../../shared/wire/messages.ts'
import { Button } from '../../components/controls.tsx'
import { openClass } from '../../link/classes.ts'
import { texts } from '../../texts/play.ts'

/** Opens a class and goes to its cockpit. The secret travels in the fragment, which no server and no log ever sees. */
export function TeachForm() {
  const [title, setTitle] = useState(''), [error, setError] = useState<string | null>(null), [busy, setBusy] = useState(false)
  const submit = (event: Event): void => {
    event.preventDefault()
    if (busy) return
    if (title.trim() === '') return setError(texts.teachNeedsTitle)
    setBusy(true)
    setError(null)
    openClass(title.trim()).then(({ code, secret }) => location.assign(`/host#${code}.${secret}`), (reason: unknown) => {
      setBusy(false)
      setError(reason instanceof Error ? reason.message : String(reason))
    })
  }
  return (
    <form class="join-form" onSubmit={submit} noValidate>
      <label class="join-label" for="teach-title">{texts.teachTitle}</label>
      <input class="join-title" id="teach-title" value={title} maxLength={TITLE_LENGTH_MAX} placeholder={texts.teachHint} autoFocus autocomplete="off"
        onInput={event => { setTitle(event.currentTarget.value); setError(null) }} />
      <p class="join-error" role="alert">{error}</p>
      <Button kind="primary" type="submit" iconAfter="right">{busy ? texts.teachOpening : texts.teachOpen}</Button>
    </form>
  )
}
