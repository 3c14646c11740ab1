import { useEffect, useRef } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

export interface SheetProps { title: string, /** Words of the button that closes it. */ closeWords: string, onClose: () => void, children: ComponentChildren }

/** A sheet over the page: the keyboard stays in it, Escape and a click beside it close it, and the focus goes back to where it was. */
export function Sheet({ title, closeWords, onClose, children }: SheetProps) {
  const sheet = useRef<HTMLDialogElement>(null)
  useEffect(() => { sheet.current?.showModal() }, [])
  return (
    <dialog class="sheet" ref={sheet} aria-label={title} onClose={onClose} onClick={event => { if (event.target === sheet.current) sheet.current?.close() }}>
      <div class="sheet-body">
        <header class="sheet-head"><h2>{title}</h2><button type="button" class="sheet-close" aria-label={closeWords} onClick={() => sheet.current?.close()}><Icon name="cross" /></button></header>
        {children}
      </div>
    </dialog>
  )
}
