import { signal } from '@preact/signals'
import { minutesOf, sessionNow, sessionPlans } from '../../../shared/session-plans.ts'
import type { SessionAt, SessionStep } from '../../../shared/session-plans.ts'
import { Button, clockText } from '../../components/index.ts'
import { texts } from '../../texts/direct.ts'
import { followTime } from './session.ts'
import type { Session } from './session.ts'

const words = texts.plan
const storageKey = (code: string): string => `netsplit-session-${code}`

/** Where the session stands, by class; kept in this browser alone: it is the instructor's own watch. */
const kept = signal<{ readonly [code: string]: SessionAt | null }>({})

function sessionAt(code: string): SessionAt | null {
  if (Object.hasOwn(kept.value, code)) return kept.value[code] ?? null
  try {
    const found: unknown = JSON.parse(localStorage.getItem(storageKey(code)) ?? 'null')
    return typeof found === 'object' && found !== null && 'plan' in found && typeof found.plan === 'string' && 'step' in found && typeof found.step === 'number' && 'sinceMs' in found && typeof found.sinceMs === 'number'
      ? { plan: found.plan, step: found.step, sinceMs: found.sinceMs } : null
  } catch { return null }
}

function put(code: string, at: SessionAt | null): void {
  kept.value = { ...kept.value, [code]: at }
  try { if (at === null) localStorage.removeItem(storageKey(code)); else localStorage.setItem(storageKey(code), JSON.stringify(at)) } catch { /* it runs on until the page is closed */ }
}

const nameOf = ({ kind, n, minutes }: SessionStep): string => words.step(words.steps[kind], n, minutes)
const titleOf = (id: string): string => (id === 'lesson' ? words.titles.lesson : words.titles.game)

/** The lesson's steps as a row, the one that runs with its time left. A click moves to another. */
export function SessionStrip({ session }: { session: Session }) {
  followTime(session)
  const at = sessionAt(session.code), now = at === null ? null : sessionNow(at, Date.now())
  const go = (plan: string, step: number): void => put(session.code, { plan, step, sinceMs: Date.now() })
  if (at === null || now === null) {
    return <section class="session-strip" aria-label={words.label}><b>{words.label}</b>
      {Object.keys(sessionPlans).map((id) => <Button key={id} kind="quiet" icon="clock" label={`${words.start}: ${titleOf(id)}`} onClick={() => go(id, 0)}>{titleOf(id)}</Button>)}</section>
  }
  const total = minutesOf(now.plan)
  return (
    <section class="session-strip" aria-label={words.label}><b>{words.label}</b>
      <ol>{now.plan.steps.map((step, index) => <li key={index} style={{ flexGrow: step.minutes / total }}>
        <button type="button" class={index < now.index ? 'is-past' : ''} aria-current={index === now.index ? 'step' : undefined} title={nameOf(step)} onClick={() => go(at.plan, index)}>{words.steps[step.kind]} {step.n ?? ''}<span class="sr-only">, {texts.minutes.option(step.minutes)}</span>
          {index === now.index && <i aria-hidden="true" style={{ width: `${Math.max(0, Math.min(1, 1 - now.leftMs / (step.minutes * 60_000))) * 100}%` }} />}</button></li>)}</ol>
      <span class="session-left">{now.leftMs >= 0 ? words.left(clockText(now.leftMs)) : words.over(clockText(-now.leftMs))}</span>
      <Button kind="quiet" icon="step" label={words.next} onClick={() => (now.index + 1 < now.plan.steps.length ? go(at.plan, now.index + 1) : put(session.code, null))}>{''}</Button>
      <Button kind="quiet" icon="cross" label={words.stop} onClick={() => put(session.code, null)}>{''}</Button>
    </section>
  )
}
