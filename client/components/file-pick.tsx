import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

export interface FilePickProps { words: string, /** Classes of the button. */ kind: string, icon?: IconName, /** Kinds of files that the dialogue offers first, e.g. `.json`. */ accept?: string, onFile: (file: File) => void }

/** A button that opens the file dialogue. */
export function FilePick({ words, kind, icon, accept, onFile }: FilePickProps) {
  return (
    <label class={`${kind} file-pick`}>{icon !== undefined && <Icon name={icon} />}<span>{words}</span>
      <input type="file" class="sr-only" accept={accept} onChange={(event) => {
        const file = event.currentTarget.files?.[0]
        // Choosing the same file twice is a choice too.
        event.currentTarget.value = ''
        if (file !== undefined) onFile(file)
      }} /></label>
  )
}
