import type { Page } from 'playwright-core'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Site } from './browser.ts'

/** Opens a class by pages alone, with two students, and starts a round of a mission that nobody breaks. `nodes` and `minutes`: as usual where they are left out. */
export async function beginMission(at: Site, mission: string, level: string, nodes?: number, minutes?: number): Promise<{ host: Page; students: Page[] }> {
  const host = await at.visit('/host')
  await host.getByLabel('Name of the class').fill(mission)
  await host.getByRole('button', { name: 'Open the class' }).click()
  await host.getByText(mission).first().waitFor()
  const code = new URL(host.url()).hash.slice(1)
  const students: Page[] = []
  for (const name of ['Ada', 'Bo']) {
    const page = await at.visit(`/?code=${code}`)
    await page.getByLabel('Your name').fill(name)
    await page.getByRole('button', { name: 'Join' }).click()
    await page.locator('.meet-node').waitFor()
    students.push(page)
  }
  await host.getByLabel('Mission').selectOption(scenarios[mission]?.title ?? '')
  await host.getByRole('radiogroup', { name: 'Help level' }).getByRole('radio', { name: level }).click()
  if (nodes !== undefined) await host.getByRole('radiogroup', { name: 'Nodes' }).getByRole('radio', { name: String(nodes) }).click()
  if (minutes !== undefined) await host.locator('.setup-minutes').selectOption(String(minutes))
  await host.getByRole('radio', { name: 'Only you' }).click()
  await host.getByRole('button', { name: 'Brief the class' }).click()
  for (const page of students) await page.locator('.briefing-rules').waitFor()
  await host.getByRole('button', { name: 'Start the round' }).click()
  await host.locator('.stage canvas').waitFor()
  for (const page of students) await page.locator('.dock').waitFor()
  return { host, students }
}

/** Ends the round, and opens its replay as the student would. */
export async function endMission(at: Site, host: Page, student: Page): Promise<Page> {
  await host.getByRole('button', { name: 'End', exact: true }).click()
  await host.getByRole('button', { name: 'Really end' }).click()
  const path = (await student.getByRole('link', { name: /Watch/ }).getAttribute('href')) ?? ''
  const replay = await at.visit(path)
  await replay.locator('.replay-digest[data-digest]').waitFor()
  return replay
}
