import { useRef } from 'preact/hooks'
import { CODE_ALPHABET, CODE_LENGTH } from '../../shared/wire/messages.ts'

/** Keeps what can stand in a code, in capitals, at most six characters. */
export function cleanCode(text: string): string {
  return [...text.toUpperCase()].filter(letter => CODE_ALPHABET.includes(letter)).slice(0, CODE_LENGTH).join('')
}

/** Letters and figures of a typed text that stand in no code, since they look like others; '' for none. */
export const lookAlikes = (text: string): string => [...new Set(text.toUpperCase())].filter(letter => '0O1IL'.includes(letter)).join('')

/** Two groups of three are easier to read off a wall than six in a row. */
export const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`

export interface CodeBoxesProps { value: string, onChange: (code: string) => void, onComplete?: (code: string) => void, /** Something was typed that stands in no code. */ onLookAlike?: (letters: string) => void, label?: string, invalid?: boolean, autoFocus?: boolean, describedBy?: string }

/** One real text field behind six boxes: paste, autofill and a phone's keyboard work as they always do. */
export function CodeBoxes({ value, onChange, onComplete, onLookAlike, label, invalid = false, autoFocus = false, describedBy }: CodeBoxesProps) {
  const field = useRef<HTMLInputElement>(null)
  return (
    <label class={invalid ? 'code-boxes is-invalid' : 'code-boxes'}><span class="code-label">{label}</span>
      <span class="code-row">
        <input ref={field} class="code-field" value={value} autoFocus={autoFocus} inputMode="text" autocapitalize="characters" autocomplete="off" spellcheck={false}
          aria-invalid={invalid} aria-describedby={describedBy} onInput={event => {
            const code = cleanCode(event.currentTarget.value), others = lookAlikes(event.currentTarget.value)
            if (others !== '') onLookAlike?.(others)
            event.currentTarget.value = code
            onChange(code)
            if (code.length === CODE_LENGTH) onComplete?.(code)
          }} />
        {Array.from({ length: CODE_LENGTH }, (_, index) => <span aria-hidden="true" class={index === value.length ? 'code-box is-next mono' : 'code-box mono'}>{value[index] ?? ''}</span>)}
      </span></label>
  )
}
