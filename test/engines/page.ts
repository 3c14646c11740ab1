import { z } from 'zod'
import { given } from './answer.ts'
import { answerTo } from './program.ts'

/** The program in a page: work is fetched, the answer posted. */
const post = (path: string, body: string): Promise<Response> => fetch(path, { method: 'POST', body })

try {
  const work = z.array(given).parse(await (await fetch('/work')).json())
  await post('/answer', JSON.stringify(answerTo(work)))
} catch (error) {
  await post('/failure', String(error))
}
