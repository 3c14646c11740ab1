import { useRef } from 'preact/hooks'

/** Letters that nobody mistakes on a wall: no 0, O, 1, I, L. */
export const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const codeLength = 6

/** Keeps what can stand in a code, in capitals, at most six characters. */
export function cleanCode(text: string): string {
  return [...text.toUpperCase()].filter(letter => codeAlphabet.includes(letter)).slice(0, codeLength).join('')
}

/** Two groups of three are easier to read off a wall than six in a row. */
export const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`

export interface CodeBoxesProps { value: string, onChange: (code: string) => void, onComplete?: (code: string) => void, label?: string, invalid?: boolean, autoFocus?: boolean, describedBy?: string }

/** One real text field behind six boxes: paste, autofill and a phone's keyboard work as they always do. */
export function CodeBoxes({ value, onChange, onComplete, label, invalid = false, autoFocus = false, describedBy }: CodeBoxesProps) {
  const field = useRef<HTMLInputElement>(null)
  return (
    <label class={invalid ? 'code-boxes is-invalid' : 'code-boxes'}><span class="code-label">{label}</span>
      <span class="code-row">
        <input ref={field} class="code-field" value={value} autoFocus={autoFocus} inputMode="text" autocapitalize="characters" autocomplete="off" spellcheck={false}
          aria-invalid={invalid} aria-describedby={describedBy} onInput={event => {
            const code = cleanCode(event.currentTarget.value)
            event.currentTarget.value = code
            onChange(code)
            if (code.length === codeLength) onComplete?.(code)
          }} />
        {Array.from({ length: codeLength }, (_, index) => <span aria-hidden="true" class={index === value.length ? 'code-box is-next mono' : 'code-box mono'}>{value[index] ?? ''}</span>)}
      </span></label>
  )
}
