import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

export interface ButtonProps {
  children: ComponentChildren
  onClick?: () => void
  icon?: IconName
  iconAfter?: IconName
  /** `primary` is yours to press now; `halt` is the one solid vermilion; `light` inverts. */
  kind?: 'plain' | 'primary' | 'halt' | 'light' | 'quiet'
  type?: 'button' | 'submit'
  /** Why it cannot be pressed now; shown as its title and spoken. */
  refusal?: string | null
  pressed?: boolean
  label?: string
}

/** A plain button. It stays in the tab order when refused, so that its reason can be read. */
export function Button(props: ButtonProps) {
  const { kind = 'plain', type = 'button', refusal = null } = props
  return (
    <button type={type} class={`button button-${kind}`} aria-disabled={refusal ? true : undefined} aria-pressed={props.pressed} aria-label={props.label}
      title={refusal ?? undefined} onClick={event => { if (refusal) event.preventDefault(); else props.onClick?.() }}>
      {props.icon && <Icon name={props.icon} />}<span>{props.children}</span>{props.iconAfter && <Icon name={props.iconAfter} />}
      {refusal && <span class="sr-only">{refusal}</span>}
    </button>
  )
}

export interface KeyButtonProps {
  /** The key's number, 1 to 9; null for a key that is only clicked. */
  number: number | null
  label: string
  /** A small consequence: "to A", "starts term 3". */
  consequence?: string | null
  state?: 'hot' | 'rest' | 'warned' | 'refused' | 'pressed'
  /** The warning's sentence or the reason of the refusal, in words. */
  reason?: string | null
  /** One of a row of answers: narrow, with the cap above its words. */
  inRow?: boolean
  onPress: () => void
}

/** A key on a keyboard. Warned: the second press does it. Refused: physics says no, and why. */
export function KeyButton({ number, label, consequence = null, state = 'rest', reason = null, inRow = false, onPress }: KeyButtonProps) {
  const refused = state === 'refused'
  return (
    <button type="button" class={inRow ? `key key-in-row key-${state}` : `key key-${state}`} aria-disabled={refused || undefined} aria-keyshortcuts={number === null ? undefined : String(number)}
      onClick={() => { if (!refused) onPress() }}>
      {number !== null && <span class="key-cap" aria-hidden="true">{number}</span>}
      <span class="key-words"><b>{label}</b>{(reason ?? consequence) && <small>{reason ?? consequence}</small>}</span>
    </button>
  )
}

export interface SegmentedProps<T extends string | number> { label: string, options: readonly { value: T, label: string }[], value: T, onChange: (value: T) => void }

/** One choice of few, as a radio group with arrow keys. */
export function Segmented<T extends string | number>({ label, options, value, onChange }: SegmentedProps<T>) {
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0
    const next = step === 0 ? undefined : options[(options.findIndex(option => option.value === value) + step + options.length) % options.length]
    if (!next || !(event.currentTarget instanceof HTMLElement)) return
    event.preventDefault()
    onChange(next.value)
    const buttons = event.currentTarget.querySelectorAll('button')
    buttons[options.indexOf(next)]?.focus()
  }
  // Where nothing is chosen yet the first one is where the keyboard comes in.
  const reachable = options.some(option => option.value === value) ? value : options[0]?.value
  return (
    <div class="segmented" role="radiogroup" aria-label={label} onKeyDown={move}>
      {options.map(option => <button type="button" role="radio" aria-checked={option.value === value} tabIndex={option.value === reachable ? 0 : -1}
        onClick={() => onChange(option.value)}>{option.label}</button>)}
    </div>
  )
}

export interface SliderProps { label: string, min: number, max: number, step?: number, value: number, /** The value in words, with its unit. */ text: string, onInput: (value: number) => void }

const filled = (value: number, min: number, max: number): { '--fill': string } => ({ '--fill': `${Math.max(0, Math.min(1, (value - min) / Math.max(1e-9, max - min))) * 100}%` })

/** A dial with its value in figures. */
export function Slider({ label, min, max, step = 1, value, text, onInput }: SliderProps) {
  return (
    <label class="slider"><span>{label}</span>
      <input type="range" min={min} max={max} step={step} value={value} aria-valuetext={text} style={filled(value, min, max)}
        onInput={event => onInput(event.currentTarget.valueAsNumber)} />
      <output class="mono">{text}</output></label>
  )
}

export interface OpenSliderProps extends SliderProps {
  /** The key that leads to it, 1 to 6; null for none. */
  number: number | null
  /** What it is about, or why it cannot be moved. */
  note: string | null
  /** What becomes of the value, e.g. that it is under way. */
  becomes: string | null
  refused: boolean
}

/** A slider that is always open, as high as a key. Its value is read out when it is moved, not when it changes by itself. */
export function OpenSlider({ label, min, max, step = 1, value, text, onInput, number, note, becomes, refused }: OpenSliderProps) {
  const noteId = useId()
  return (
    <label class={refused ? 'open-slider is-refused' : 'open-slider'}>
      {number !== null && <span class="key-cap" aria-hidden="true">{number}</span>}
      <span class="open-slider-words"><b>{label}</b>{note !== null && <small>{note}</small>}</span>
      <input type="range" min={min} max={max} step={step} value={value} aria-label={label} aria-valuetext={text} aria-describedby={noteId} aria-disabled={refused || undefined}
        aria-keyshortcuts={number === null ? undefined : String(number)} style={filled(value, min, max)} onInput={event => onInput(event.currentTarget.valueAsNumber)} />
      <span class="open-slider-value"><output class="mono" aria-live="off">{text}</output>{becomes !== null && <small>{becomes}</small>}</span>
      <span class="sr-only" id={noteId}>{[note, becomes].filter(said => said !== null).join(', ')}</span></label>
  )
}
