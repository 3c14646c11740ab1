import type { Browser } from 'playwright-core'
import { done, joinAt, openAt, until } from '../../server/room/classroom.ts'
import type { TestPage } from '../../server/room/classroom.ts'
import { framesOf, heapMb, open } from './browser.ts'
import type { Visit } from './browser.ts'

/** Pages of a class that is played: what the game weighs beyond the join page, and how the cockpit of twelve clusters holds up. */

const CLUSTERS = 12, SIZE = 7, WATCHED_MS = 8_000

export interface Played { gameKb: number; student: { perSecond: number; worstGapMs: number }; cockpit: { perSecond: number; worstGapMs: number }; clusters: number }

/** Joins through the join page, so that what it has loaded is not loaded again; then all students of twelve clusters but one are bots' and SDK clients. */
export async function playing(browser: Browser, url: string): Promise<Played> {
  const { code, secret } = await openAt(url, 'Bench')
  const host = await joinAt(url, code, { role: 'host', secret, device: 'bench' })
  for (let n = 1; n < CLUSTERS * SIZE; n++) await joinAt(url, code, { role: 'student', name: `Student ${n}` })
  const visit = await open(browser, null)
  await visit.page.goto(`${url}/?code=${code}`)
  await visit.page.waitForTimeout(1_000)
  const joinBytes = visit.bytes()
  await visit.page.getByRole('button', { name: 'Join the class' }).click()
  await visit.page.waitForURL(/\/play/)
  await done(host.command({ kind: 'set-up', scenario: 'election', level: 'L2', clusterSize: SIZE }))
  await done(host.command({ kind: 'brief' }))
  await done(host.command({ kind: 'start', chaos: true }))
  await until('the round', () => host.lobby.phase === 'round')
  await visit.page.locator('.stage-host canvas').waitFor()
  await visit.page.waitForTimeout(5_000)
  const gameKb = (visit.bytes() - joinBytes) / 1_024
  const student = await framesOf(visit.page, WATCHED_MS)
  await visit.context.close()

  const above = await open(browser, null)
  await above.page.goto(`${url}/host#${code}.${secret}`)
  await above.page.locator('.stage-host canvas').waitFor()
  await above.page.waitForTimeout(5_000)
  const cockpit = await framesOf(above.page, WATCHED_MS)
  await above.context.close()
  return { gameKb, student, cockpit, clusters: CLUSTERS }
}

/** Simulated times that the host was told, in ms. */
const times = (host: TestPage): number[] => host.all('times').map(({ nowMs }) => nowMs[0] ?? 0)

export interface Memory { minutes: number; student: readonly number[]; cockpit: readonly number[] }

/** The heap of a student's page and of a cockpit through a long round, a sample every ten simulated minutes and one a minute before `minutes` are over, at the fastest speed. */
export async function memory(browser: Browser, url: string, minutes: number): Promise<Memory> {
  const { code, secret } = await openAt(url, 'Bench memory')
  const host = await joinAt(url, code, { role: 'host', secret, device: 'bench' })
  await joinAt(url, code, { role: 'student', name: 'Student 1' })
  const student = await open(browser, null)
  await student.page.goto(`${url}/?code=${code}`)
  await student.page.getByRole('button', { name: 'Join the class' }).click()
  await student.page.waitForURL(/\/play/)
  await done(host.command({ kind: 'set-up', scenario: 'election', level: 'L3', clusterSize: 5, minutes: 60 }))
  await done(host.command({ kind: 'brief' }))
  await done(host.command({ kind: 'start', chaos: true }))
  await done(host.command({ kind: 'speed', speed: 4 }))
  await student.page.locator('.stage-host canvas').waitFor()
  const cockpit = await open(browser, null)
  await cockpit.page.goto(`${url}/host#${code}.${secret}`)
  await cockpit.page.locator('.stage-host canvas').waitFor()
  const taken: { student: number[]; cockpit: number[] } = { student: [], cockpit: [] }
  const sample = async (name: 'student' | 'cockpit', visit: Visit): Promise<void> => { taken[name].push(await heapMb(visit.cdp)) }
  const marks = [...Array.from({ length: minutes / 10 }, (_, at) => at * 10), minutes - 1]
  for (const mark of marks) {
    await until(`minute ${mark}`, () => (times(host).at(-1) ?? 0) >= mark * 60_000, minutes * 60_000)
    host.forget()
    await sample('student', student)
    await sample('cockpit', cockpit)
  }
  if (host.lobby.phase !== 'round') throw new Error('the round ended before its memory was measured')
  await student.context.close()
  await cockpit.context.close()
  return { minutes, ...taken }
}
