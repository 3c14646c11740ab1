import { expect, test } from 'vitest'
import { raftLog } from './raft-log/index.ts'
import { botRound, brokenIn, faultsOf, wildRound } from './raft-log/bots.ts'

const mission = raftLog()

test('10,000 rounds by bots that play Raft well break nothing', () => {
  for (let seed = 1; seed <= 10_000; seed++) expect([...brokenIn(botRound(mission, 'good', seed).facts)], `seed ${seed}`).toEqual([])
})

test.each(Object.keys(mission.misconceptions))('1,000 rounds of %s: claims and the dumb verdict agree, and every witness stands alone', (idea) => {
  for (let seed = 1; seed <= 1_000; seed++) expect(faultsOf(mission, botRound(mission, idea, seed)), `seed ${seed}`).toEqual([])
})

test('10,000 rounds of students who click anything: claims and the dumb verdict agree, and every witness stands alone', () => {
  for (let seed = 1; seed <= 10_000; seed++) expect(faultsOf(mission, wildRound(mission, seed)), `seed ${seed}`).toEqual([])
})
