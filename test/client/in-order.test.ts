import { expect, test } from 'vitest'
import { inOrder } from '../../client/link/in-order.ts'

/** Resolves when all that was due has run. */
const settled = async (): Promise<void> => { for (let n = 0; n < 20; n++) await Promise.resolve() }

test('what comes behind a message that waits is heard after it, in order, also where a second one has to wait', async () => {
  const heard: string[] = [], needs = new Map<string, () => void>()
  const on = inOrder({ a: (text: string) => { heard.push(text) }, b: (text: string) => { heard.push(text) } },
    (name, message) => (name === 'a' && String(message).startsWith('slow') ? new Promise<void>((done) => { needs.set(String(message), done) }) : null))
  on.b('first')
  expect(heard).toEqual(['first'])
  for (const text of ['slow 1', 'quick']) on.a(text)
  on.b('second')
  on.a('slow 2')
  on.b('third')
  await settled()
  expect(heard).toEqual(['first'])
  needs.get('slow 1')?.()
  await settled()
  expect(heard).toEqual(['first', 'slow 1', 'quick', 'second'])
  on.b('fourth')
  expect(heard.at(-1)).toBe('second')
  needs.get('slow 2')?.()
  await settled()
  expect(heard).toEqual(['first', 'slow 1', 'quick', 'second', 'slow 2', 'third', 'fourth'])
})
