import type { Walk } from './tour.ts'

/** Rounds that are looked at in the middle. The election has a tour of its own. */
const ROUNDS = [['heartbeat', 'L3'], ['quorum-store', 'L3'], ['heartbeat', 'L1'], ['heartbeat', 'L2'], ['logical-clocks', 'L1'], ['logical-clocks', 'L2'], ['quorum-store', 'L1'], ['quorum-store', 'L2']] as const
/** So many pages play at a time. */
const AT_ONCE = 4
const SEED = 12
/** What is waited for: something that asks the student for an answer, or for a decision. */
const HOT = '.slip-hot, .ticket-hot, .view-panel .is-marked, .policy-figures'

/** Practice alone: what is chosen, the first ninety seconds, a round of each mission at several levels, and what comes after. */
export async function solo({ look, visit }: Walk): Promise<void> {
  const choose = await visit('/solo')
  await choose.getByRole('button', { name: 'Start' }).waitFor()
  await look('solo-choose', choose)
  await choose.close()
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
  await practice.close()
  for (let from = 0; from < ROUNDS.length; from += AT_ONCE) {
    const pages = await Promise.all(ROUNDS.slice(from, from + AT_ONCE).map(async ([mission, level]) => ({ name: `solo-${mission}-${level}`, page: await visit(`/solo?mission=${mission}&level=${level}&seed=${SEED}`) })))
    for (const { page } of pages) await page.getByRole('button', { name: 'Start' }).click()
    for (const { name, page } of pages) {
      await page.locator(HOT).first().waitFor({ timeout: 90_000 })
      await page.getByRole('button', { name: 'Pause' }).click()
      await look(name, page, true)
    }
    const [first] = pages
    if (from === 0 && first !== undefined) {
      await first.page.getByRole('button', { name: 'End' }).click()
      await first.page.getByText('The round is over.').waitFor()
      await look('solo-after', first.page)
    }
    for (const { page } of pages) await page.close()
  }
}
