import type { Operation } from './history.ts'
import { didWords, plainWords, valueWords } from './linearizable/words.ts'
import { valueOf } from './registers.ts'

const LISTED_MAX = 8

/** Who did what, e.g. `client 3 read 4 from x`. */
export const tell = (operation: Operation): string => didWords(operation, plainWords)

/** What was done, e.g. `read 4 from x`. */
export const tellDone = (operation: Operation): string => didWords(operation, { client: () => '' }).slice(1)

/** The value written or read. */
export const tellValue = (operation: Operation): string => valueWords(valueOf(operation))

/** A write as a thing, e.g. `the 4 of client 3`. */
export const tellWrite = (operation: Operation): string => `the ${tellValue(operation)} of ${plainWords.client(operation.client)}`

/** The object, after a word such as `of`; nothing in a history of one object. */
export const objectOf = ({ key }: Operation, word: string): string => (key === null ? '' : ` ${word} ${key}`)

/** Operations in a row, those of one client after each other together: `client 1 wrote 2 to x and then wrote 3 to y; client 2 read 3 from y`. */
export function tellRow(operations: readonly Operation[]): string {
  return operations.map((one, at) => {
    const before = operations[at - 1]
    return before === undefined ? tell(one) : before.client === one.client ? ` and then ${tellDone(one)}` : `; ${tell(one)}`
  }).join('')
}

/** What each client did, in its order; of long lists the first operations. */
export function tellClients(operations: readonly Operation[]): string {
  const told = operations.slice(0, LISTED_MAX), more = operations.length - told.length
  const clients = [...new Set(told.map(({ client }) => client))]
  // An unanswered operation comes before nothing: "and then" would say too much.
  const rows = clients.flatMap((client) => {
    const own = told.filter((one) => one.client === client)
    return [own.filter(({ status }) => status === 'ok'), ...own.filter(({ status }) => status !== 'ok').map((one) => [one])].filter((row) => row.length > 0)
  })
  return rows.map(tellRow).join('; ') + (more > 0 ? `; and ${more} more` : '')
}
