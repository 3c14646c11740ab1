import { texts as english } from '../en/replay.ts'
import type { Words } from '../language.ts'

export const texts: Words<typeof english> = { ...english }
