import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Found { id: string; help: string; nodes: { target: unknown[]; any: { message: string }[] }[] }

/** What axe-core finds on a page against WCAG 2.2 A and AA, a line for each place. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(source)
  const found = await page.evaluate(async (tags) => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: object): Promise<{ violations: Found[] }> } }
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ target, any }) => ({ target, any: any.map(({ message }) => ({ message })) })) }))
  }, TAGS)
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ target, any }) => `${id} at ${target.join(' ')}: ${any[0]?.message ?? help}`))
}
