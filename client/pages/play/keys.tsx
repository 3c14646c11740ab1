import { useEffect, useRef, useState } from 'preact/hooks'
import { stampText } from '../../../shared/sim/fields.ts'
import { NODE_IDS } from '../../../shared/sim/types.ts'
import type { Json, NodeId } from '../../../shared/sim/types.ts'
import { Button, KeyButton, Slider } from '../../components/controls.tsx'
import type { Asked, Choice } from '../../model/choices.ts'
import { valueText } from '../../model/dials.ts'
import { texts } from '../../texts/play.ts'
import type { Game } from './game.ts'

/** Where a number's slider begins: at what it is now, on one of its steps, or at what is usual. */
function startOf({ now }: Choice, name: string, { least, most, step, usual }: Extract<Asked['field'], { type: 'integer' }>): number {
  const value = now[name]
  return value === undefined ? usual : Math.max(least, Math.min(most, Math.round(value / step) * step))
}

/** A clock and a vector to type in: one box for the clock, one for each node. */
function StampInput({ label, peers, value, onInput }: { label: string; peers: readonly NodeId[]; value: readonly number[]; onInput: (value: number[]) => void }) {
  const own = NODE_IDS.slice(0, peers.length + 1), names = [texts.clockBox, ...own]
  return <fieldset class="stamp-input"><legend>{label}</legend>{names.map((name, at) => <label key={name}><span>{name}</span>
    <input class="field mono" type="number" min={0} step={1} inputMode="numeric" value={value[at] ?? 0} onFocus={event => event.currentTarget.select()}
      onInput={event => onInput(value.map((one, index) => (index === at ? Math.max(0, Math.round(event.currentTarget.valueAsNumber) || 0) : one)))} /></label>)}</fieldset>
}

/** What a choice still asks for: a number, one of some words, or a peer. */
function AskForm({ game, choice, peers }: { game: Game; choice: Choice; peers: readonly NodeId[] }) {
  const [values, setValues] = useState<{ [name: string]: Json }>(() =>
    Object.fromEntries(choice.asks.flatMap(({ name, field }): [string, Json][] => (field.type === 'integer' ? [[name, startOf(choice, name, field)]] : field.type === 'stamp' ? [[name, Array.from({ length: peers.length + 2 }, () => 0)]] : []))))
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => { form.current?.querySelector<HTMLElement>('input,button')?.focus() }, [])
  const numbers = choice.asks.every(({ field }) => field.type === 'integer' || field.type === 'stamp')
  const settle = (name: string, value: string): void => {
    const all = { ...values, [name]: value }
    setValues(all)
    if (choice.asks.every(asked => Object.hasOwn(all, asked.name))) game.hands.fill(choice, all)
  }
  const input = ({ name, field }: Asked) => {
    if (field.type === 'integer') {
      const value = Number(values[name] ?? startOf(choice, name, field))
      return <Slider label={field.label} min={field.least} max={field.most} step={field.step} value={value} text={valueText(value, field.unit)} onInput={next => setValues({ ...values, [name]: next })} />
    }
    if (field.type === 'stamp') return <StampInput label={field.label} peers={peers} value={values[name] as number[]} onInput={next => setValues({ ...values, [name]: next })} />
    const options = field.type === 'peer' ? peers : field.options
    return <div class="ask-options" role="group" aria-label={field.type === 'peer' ? texts.toWhom : field.label}><span>{field.type === 'peer' ? texts.toWhom : field.label}</span>
      {options.map(option => <Button onClick={() => settle(name, option)} pressed={values[name] === option}>{field.type === 'choice' ? field.names?.[option] ?? option : option}</Button>)}</div>
  }
  return (
    <form class="ask-form" aria-label={choice.label} onKeyDown={event => {
      // A peer's own letter names it.
      const peer = peers.find(id => id === event.key.toUpperCase()), asked = choice.asks.find(({ field }) => field.type === 'peer')
      if (peer !== undefined && asked !== undefined) settle(asked.name, peer)
    }} onSubmit={event => { event.preventDefault(); if (numbers) game.hands.fill(choice, values) }} ref={form}>
      {choice.asks.map(input)}
      {numbers && <Button kind="light" type="submit">{texts.setTo(choice.asks.map(({ name, field }) => (field.type === 'stamp' ? stampText(values[name] as number[]) : valueText(Number(values[name]), field.type === 'integer' ? field.unit : ''))).join(', '))}</Button>}
      <Button kind="quiet" onClick={() => game.hands.cancel()}>{texts.cancel}</Button>
    </form>
  )
}

/** A row of keys, and the form that the pressed one opened. */
export function Keys({ game, choices, hot, peers }: { game: Game; choices: readonly Choice[]; hot: boolean; peers: readonly NodeId[] }) {
  const { hands, link } = game
  const lost = link.state.value !== 'live'
  const open = choices.find(choice => choice.id === hands.editing.value)
  // While a question is open the figures answer it, and nothing else glows.
  const asked = game.student.question.value?.open === true
  return <>
    {choices.map(choice => {
      const warned = hands.warned.value === choice.id, sending = hands.sending.value.has(choice.id)
      // A screen that stands still shows nothing new, not even this.
      const underWay = !game.student.frozen.value && hands.underWay.value.has(choice.id)
      const refusal = lost ? texts.goneShort : choice.refusal
      return <KeyButton key={choice.id} number={asked ? null : choice.number} label={choice.label} consequence={sending ? texts.sending : underWay ? texts.underWay : choice.consequence === '' ? null : choice.consequence}
        state={refusal !== null ? 'refused' : sending ? 'pressed' : warned ? 'warned' : hot && !asked ? 'hot' : 'rest'}
        reason={refusal ?? (warned ? choice.warning : null)} inRow={choice.inRow} onPress={() => hands.press(choice)} />
    })}
    {open !== undefined && <AskForm key={open.id} game={game} choice={open} peers={peers} />}
  </>
}
