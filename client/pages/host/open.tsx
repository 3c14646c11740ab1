import { useState } from 'preact/hooks'
import { Button, FogPanel, Notice, TopBar } from '../../components/index.ts'
import { openClass } from '../../link/connect.ts'
import { heldClasses, holdClass, readHash } from '../../link/host-link.ts'
import { texts } from '../../texts/host.ts'
import { loaded } from './plans.ts'

/** Longest name of a class. */
const titleLengthMax = 60

/** The page without a class: open one, or go back to one. */
export function OpenClass() {
  const [title, setTitle] = useState<string>(texts.open.usual)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const mine = heldClasses()
  const submit = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    setFailure(null)
    try {
      const opened = await openClass(title.trim() === '' ? texts.open.usual : title.trim())
      holdClass({ ...opened, title: title.trim() === '' ? texts.open.usual : title.trim() })
      location.hash = opened.code
    } catch (error) { setFailure(error instanceof Error ? error.message : String(error)) }
    setBusy(false)
  }
  return (
    <div class="host-open"><TopBar /><FogPanel><main class="host-card">
      <h1>{texts.open.title}</h1><p class="quiet">{texts.open.words}</p>
      <form onSubmit={(event) => { event.preventDefault(); void submit() }}>
        <label><span>{texts.open.field}</span><input class="field" value={title} maxLength={titleLengthMax} onInput={(event) => setTitle(event.currentTarget.value)} /></label>
        <Button kind="primary" type="submit" iconAfter="right">{texts.open.button}</Button>
      </form>
      <Carried />
      {failure !== null && <Notice kind="error">{failure}</Notice>}
      {mine.length > 0 && <section class="host-mine"><h3>{texts.open.mine}</h3>
        <ul>{mine.map((one) => <li key={one.code}><a href={`#${one.code}`}>{one.title}</a> <span class="mono quiet">{one.code}</span></li>)}</ul></section>}
    </main></FogPanel></div>
  )
}

/** A plan that came along in the address waits for a class. */
function Carried() {
  const one = loaded.value
  return one === null ? null : <Notice kind={one.plan === null ? 'error' : 'info'}>{one.plan === null ? one.error : texts.plans.comesAlong(one.plan.title)}</Notice>
}

/** A class whose key this browser does not hold. */
export function NoSecret({ code }: { code: string }) {
  const [given, setGiven] = useState('')
  const [wrong, setWrong] = useState(false)
  const [classWord, shown] = texts.noSecret.classOf(code)
  const submit = (): void => {
    const read = readHash(given.slice(given.lastIndexOf('#') + 1).trim())
    if (read === null || read.secret === null) { setWrong(true); return }
    location.hash = `${read.code}.${read.secret}`
  }
  return (
    <div class="host-open"><TopBar /><FogPanel><main class="host-card">
      <h1>{texts.noSecret.title}</h1><p>{classWord} <b class="mono">{shown}</b>. {texts.noSecret.words}</p>
      <form onSubmit={(event) => { event.preventDefault(); submit() }}>
        <label><span>{texts.noSecret.field}</span><input class="field mono" type="password" autocomplete="off" value={given} onInput={(event) => { setGiven(event.currentTarget.value); setWrong(false) }} /></label>
        <Button kind="primary" type="submit">{texts.noSecret.button}</Button>
      </form>
      {wrong && <Notice kind="error">{texts.noSecret.wrong}</Notice>}
      <p><a href="/host">{texts.noSecret.another}</a></p>
    </main></FogPanel></div>
  )
}
