import { csv } from './csv.ts'
import { elle } from './elle.ts'
import type { Format } from './format.ts'
import { jepsen } from './jepsen.ts'
import { facts, json } from './json.ts'
import { shiviz } from './shiviz.ts'

/** All forms in which a round can be written; the key is what `--format` takes. */
export const formats = { jepsen, elle, shiviz, json, facts, csv } as const satisfies Record<string, Format>
export type FormatName = keyof typeof formats
