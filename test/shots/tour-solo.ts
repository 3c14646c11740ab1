import type { Page } from 'playwright-core'
import { scenarios } from '../../shared/scenarios/index.ts'
import type { Walk } from './tour.ts'

/** Rounds that are looked at in the middle: each mission, by hand as far as a class plays it. */
const LEVELS = ['L1', 'L2', 'L3'] as const
const SEED = 12
/** What is waited for: something that asks the student for an answer, or for a decision. */
const HOT = '.slip-hot, .ticket-hot, .view-panel .is-marked, .policy-figures'

/** Practice alone: what is chosen, the first ninety seconds, a round of each mission at several levels, and what comes after. */
export async function solo({ look, visit }: Walk): Promise<void> {
  const rounds: { name: string; page: Page }[] = []
  for (const mission of Object.keys(scenarios)) for (const level of LEVELS) rounds.push({ name: `solo-${mission}-${level}`, page: await visit(`/solo?mission=${mission}&level=${level}&seed=${SEED}`) })
  const [first] = rounds
  if (first === undefined) throw new Error('there are missions')
  await first.page.getByRole('button', { name: 'Start' }).waitFor()
  await look('solo-choose', first.page)
  for (const { page } of rounds) await page.getByRole('button', { name: 'Start' }).click()
  const practice = await visit('/solo#tutorial'), step = (n: number) => practice.locator('.coach').getByText(`${n} of 10`, { exact: true }).waitFor()
  await step(1)
  await look('tutorial-send', practice, true)
  for (const until of [3, 5]) {
    await practice.getByRole('button', { name: 'Say hello' }).click()
    await step(until)
  }
  await look('tutorial-doubt', practice, true)
  await practice.getByRole('button', { name: 'Doubt' }).click()
  await step(7)
  await practice.getByRole('button', { name: 'Trust again' }).click()
  await step(9)
  await look('tutorial-answer', practice, true)
  await practice.getByRole('button', { name: 'Answer' }).click()
  await step(10)
  await look('tutorial-done', practice, true)
  for (const { name, page } of rounds) {
    await page.locator(HOT).first().waitFor({ timeout: 90_000 })
    await page.getByRole('button', { name: 'Pause' }).click()
    await look(name, page, true)
  }
  await first.page.getByRole('button', { name: 'End' }).click()
  await first.page.getByText('The round is over.').waitFor()
  await look('solo-after', first.page)
}
