import type { Browser, BrowserContext, Page } from 'playwright-core'
import { done, joinAt, openAt, until } from '../server/room/classroom.ts'
import type { TestPage } from '../server/room/classroom.ts'
import { aside } from './tour-aside.ts'
import { hostRound, hostSheets } from './tour-host.ts'
import { others } from './tour-other.ts'
import { solo } from './tour-solo.ts'
import { studentAsked, studentDown, studentVotes } from './tour-student.ts'

/** A walk through every page and state, by what a person would see and press. Whoever walks along looks at each in turn. */

export interface Stop { name: string; page: Page; /** Where the page must fit without scrolling. */ fits: boolean }
export type Look = (stop: Stop) => Promise<void>

export interface Walk {
  browser: Browser
  url: string
  look(name: string, page: Page, fits?: boolean): Promise<void>
  /** A page of its own, as on another laptop. */
  visit(path: string): Promise<Page>
}

/** One class on the way: the student's and the instructor's pages, the wall, and what speaks by wire alone. */
export interface Class extends Walk { code: string; secret: string; host: TestPage; others: TestPage[]; student: Page; cockpit: Page; wall: Page; own: { id: string; node: string } }

/** Walks through all of it. `only` leaves out stops whose name does not hold this text; they are passed all the same. */
export async function tour(browser: Browser, url: string, look: Look, only = ''): Promise<void> {
  const contexts: BrowserContext[] = []
  const walk: Walk = {
    browser, url,
    look: async (name, page, fits = false) => { if (name.includes(only)) await look({ name, page, fits }) },
    async visit(path) {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
      contexts.push(context)
      context.setDefaultTimeout(30_000)
      const page = await context.newPage()
      page.on('pageerror', (error) => { throw error })
      await page.goto(url + path)
      return page
    },
  }
  try {
    await aside(walk)
    await solo(walk)
    await lesson(walk)
    await others(walk)
  } finally {
    for (const context of contexts) await context.close()
  }
}

async function lesson(walk: Walk): Promise<void> {
  const { url, look, visit } = walk
  const cockpit = await visit('/host')
  await cockpit.getByRole('button', { name: 'Open the class' }).waitFor()
  await look('host-open', cockpit)
  const { code, secret } = await openAt(url, 'Distributed systems, day 1')
  const host = await joinAt(url, code, { role: 'host', secret, device: 'tour' })
  await cockpit.goto(`${url}/host#${code}.${secret}`)
  await cockpit.reload()
  await cockpit.getByRole('button', { name: 'Brief the class' }).waitFor()
  await look('host-lobby-empty', cockpit)
  const wallKey = (await host.first('hostWelcome')).links?.wall ?? ''
  const wall = await visit(`/wall#${code}.${wallKey}`)
  const student = await visit(`/?code=${code}`)
  await student.getByText('Nobody is here yet.').waitFor()
  await look('join-found', student)
  await student.getByRole('button', { name: 'Join the class' }).click()
  await student.getByText('You are A.').waitFor()
  await look('lobby-alone', student, true)
  const others: TestPage[] = []
  for (const name of ['Calm Badger', 'Quiet Fox']) others.push(await joinAt(url, code, { role: 'student', name }))
  await student.getByText('Quiet Fox').waitFor()
  await look('lobby', student, true)
  await look('host-lobby', cockpit)
  await wall.getByText('of 5 here').waitFor()
  await look('wall-lobby', wall)
  await done(host.command({ kind: 'set-up', scenario: 'election', level: 'L1', clusterSize: 3, minutes: 10 }))
  await done(host.command({ kind: 'brief' }))
  await student.getByText('Your mission').waitFor()
  await look('briefing', student, true)
  await look('wall-briefing', wall)
  await cockpit.getByRole('button', { name: 'Start the round' }).waitFor()
  await look('host-briefing', cockpit)
  const seat = [...host.lobby.clusters[0]?.seats ?? []].find(({ node }) => node === 'A')
  const on: Class = { ...walk, code, secret, host, others, student, cockpit, wall, own: { id: seat?.student ?? '', node: 'A' } }
  await done(host.command({ kind: 'start', chaos: false }))
  await cockpit.getByRole('button', { name: 'Halt chaos' }).waitFor()
  await look('round-quiet', student, true)
  await look('host-round-calm', cockpit, true)
  await studentVotes(on)
  await hostRound(on)
  await studentDown(on)
  await studentAsked(on)
  await hostSheets(on)
  await done(host.command({ kind: 'end' }))
  await until('the debrief', () => host.lobby.phase === 'debrief')
  await student.getByText('The round is over.').waitFor()
  await student.getByText('Watch your cluster from above').waitFor()
  await look('debrief', student, true)
  await look('host-debrief', cockpit)
  await wall.getByText('The fog has lifted').waitFor()
  await look('wall-debrief', wall)
  const { recordings } = await host.first('recordings')
  const replay = await visit(`/replay/${recordings[0]?.id ?? ''}`)
  await replay.locator('.stage-host canvas').waitFor()
  await look('replay', replay)
  await done(host.command({ kind: 'remove', student: on.own.id }))
  await student.getByRole('button', { name: 'Join again' }).waitFor()
  await look('removed', student)
  await done(host.command({ kind: 'close' }))
  await cockpit.getByText('The class is over').waitFor()
  await look('host-closed', cockpit)
  await wall.getByText('The class is over.').waitFor()
  await look('wall-closed', wall)
}
