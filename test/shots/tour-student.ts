import { done, until } from '../server/room/classroom.ts'
import type { Class } from './tour.ts'

/** Two peers stand in one term, and the student votes for both: a hot card, a slip that is warned of, and a broken claim. */
export async function studentVotes({ student, others, host, look }: Class): Promise<void> {
  for (const peer of others) await done(peer.act({ kind: 'stand' }))
  await student.locator('.slip-hot').waitFor()
  await student.locator('.slip').nth(1).waitFor()
  await look('round-hot-card', student, true)
  await student.getByRole('button', { name: 'Hint' }).click()
  await look('round-hint', student, true)
  await student.getByRole('button', { name: 'Hide the hint' }).click()
  await student.keyboard.press('?')
  await student.getByRole('dialog').waitFor()
  await look('round-rules', student)
  await student.keyboard.press('Escape')
  await student.getByRole('dialog').waitFor({ state: 'hidden' })
  // A key that has just come is not taken for the one before, so it may need a second press.
  for (let tries = 0; tries < 10 && await student.getByText('You: Grant').count() === 0; tries++) {
    await student.waitForTimeout(500)
    await student.keyboard.press('1')
    await student.waitForTimeout(300)
  }
  await student.getByText('You: Grant').first().waitFor()
  await student.locator('.slip-hot').waitFor()
  await student.waitForTimeout(600)
  await student.keyboard.press('1')
  await student.locator('.key-warned').waitFor()
  await look('round-slip-warned', student, true)
  // The warning may have gone while it was looked at: then it is pressed for anew.
  const broken = (): boolean => host.all('facts').some(({ facts }) => facts.some(({ kind }) => kind === 'breached'))
  for (let tries = 0; tries < 20 && !broken(); tries++) {
    await student.keyboard.press('1')
    await student.waitForTimeout(450)
  }
  await until('the breach', broken)
  await done(host.command({ kind: 'speed', speed: 4 }))
  await student.locator('.ticket').first().waitFor({ timeout: 60_000 })
  await look('round-request', student, true)
}

/** The node crashes and comes back, is paused and wakes, the world is stopped, and the real network goes. */
export async function studentDown({ student, host, look }: Class): Promise<void> {
  await done(host.command({ kind: 'fault', cluster: 0, type: 'crash', params: { nodes: ['A'] }, durationMs: 24_000 }))
  await student.getByText('You have crashed.').first().waitFor()
  await look('round-crashed', student, true)
  await student.getByText('You restarted').first().waitFor()
  await look('round-restarted', student, true)
  await done(host.command({ kind: 'fault', cluster: 0, type: 'pause', params: { nodes: ['A'] }, durationMs: 12_000 }))
  await until('the pause', () => host.all('facts').some(({ facts }) => facts.some(({ kind }) => kind === 'paused')))
  await look('round-paused', student, true)
  await student.getByText('You were paused').first().waitFor()
  await look('round-woken', student, true)
  await done(host.command({ kind: 'pause' }))
  await student.getByText('has stopped the world').first().waitFor()
  await look('round-stopped', student, true)
  await done(host.command({ kind: 'resume' }))
  await student.context().setOffline(true)
  await student.getByText('Your network is gone').first().waitFor({ timeout: 30_000 })
  await look('round-lost-network', student, true)
  await student.context().setOffline(false)
  await student.getByText('You are back').first().waitFor({ timeout: 30_000 })
}

/** The instructor speaks, and asks. */
export async function studentAsked({ student, cockpit, wall, host, own, others, look }: Class): Promise<void> {
  await until('the student to be back', () => [...host.lobby.clusters[0]?.seats ?? []].some((seat) => seat.student === own.id && seat.here))
  await done(host.command({ kind: 'message', student: own.id, text: 'Look at your disk before you answer.' }))
  await student.getByText('Look at your disk').waitFor()
  await look('round-told', student, true)
  await student.getByRole('button', { name: 'Put away' }).click()
  await cockpit.getByRole('button', { name: 'Freeze and ask' }).click()
  await cockpit.getByRole('dialog').waitFor()
  await look('host-ask-form', cockpit)
  await cockpit.getByRole('radio', { name: 'Yes or no' }).click()
  await cockpit.getByRole('button', { name: 'Freeze and ask the class' }).click()
  await student.getByText('Press a figure, or click.').waitFor()
  await look('round-question', student, true)
  await student.keyboard.press('2')
  await student.getByText('Answered.').waitFor()
  await look('round-answered', student, true)
  const { question } = await others[0]?.first('question', (one) => one.question !== null) ?? { question: null }
  others.forEach((peer, at) => peer.room.send('answer', { seq: 500 + at, question: question?.n ?? 0, option: at, confidence: 95 }))
  await wall.getByText('3 of 3 have answered').waitFor()
  await look('wall-question', wall)
  await cockpit.getByText('3 of 3 have answered').waitFor()
  await look('host-tally', cockpit)
  await cockpit.getByRole('button', { name: 'Show the class' }).click()
  await student.getByRole('list', { name: 'What the class thinks' }).waitFor()
  await look('round-tally', student, true)
  await wall.getByRole('list', { name: 'What the class thinks' }).waitFor()
  await look('wall-tally', wall)
  await cockpit.getByRole('button', { name: 'Go on with the round' }).click()
  await student.getByText('Your instructor asks').first().waitFor({ state: 'hidden' })
}
