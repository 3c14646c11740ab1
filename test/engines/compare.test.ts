import { expect, test } from 'vitest'
import type { Answer } from './answer.ts'
import { differences } from './compare.ts'
import type { Expected } from './compare.ts'

const one = '1111111111111111', two = '2222222222222222', three = '3333333333333333', other = 'eeeeeeeeeeeeeeee'
const expected: Expected = {
  tables: { hashes: one, threefry: two },
  rounds: [{ seed: 7, history: { facts: 2_500, digests: [[999, one], [1_999, two]], last: three } }, { seed: 8, history: { facts: 3, digests: [], last: one } }],
}
const same: Answer = { agent: 'Firefox/1', tables: { ...expected.tables }, rounds: [...expected.rounds] }
const [seven, eight] = expected.rounds
if (seven === undefined || eight === undefined) throw new Error('two rounds were made up above')
const withSeven = (history: Partial<typeof seven.history>): Answer => ({ ...same, rounds: [{ seed: 7, history: { ...seven.history, ...history } }, eight] })

test('an engine that says the same has no difference, in whatever order it answers', () => {
  expect(differences('Firefox', expected, same)).toEqual([])
  expect(differences('Firefox', expected, { ...same, rounds: same.rounds.toReversed() })).toEqual([])
})

test.each<[string, Answer, string]>([
  ['the first of two digests', withSeven({ digests: [[999, other], [1_999, other]], last: other }), `the recording of seed 7 has the digest ${other} after fact 999, the recording says ${one} after fact 999`],
  ['the second digest only', withSeven({ digests: [[999, one], [1_999, other]] }), `the recording of seed 7 has the digest ${other} after fact 1999, the recording says ${two} after fact 1999`],
  ['the last digest only', withSeven({ last: other }), `the recording of seed 7 has the digest ${other} after its last fact, the recording says ${three}`],
  ['the number of facts only', withSeven({ facts: 2_501 }), 'the recording of seed 7 has 2501 facts, the recording says 2500'],
  ['a history that is too short', withSeven({ facts: 1_200, digests: [[999, one]] }), 'the recording of seed 7 has 1200 facts and no digest after fact 1999, which the recording has'],
  ['a digest too many', withSeven({ digests: [...seven.history.digests, [2_999, one]] }), 'the recording of seed 7 has 3 digests on the way, the recording has 2'],
  ['a recording that stopped', { ...same, rounds: [{ seed: 7, stopped: 'RangeError: too deep' }, eight] }, 'the recording of seed 7 stopped: RangeError: too deep'],
  ['a recording left out', { ...same, rounds: [eight] }, 'the recording of seed 7 was not played'],
  ['a recording too many', { ...same, rounds: [...same.rounds, { seed: 9, history: eight.history }] }, 'played 3 recordings of 2'],
  ['a table', { ...same, tables: { hashes: other, threefry: two } }, `the table hashes has the digest ${other}, elsewhere ${one}`],
  ['a table left out', { ...same, tables: { hashes: one } }, `the table threefry has the digest none, elsewhere ${two}`],
  ['a table too many', { ...same, tables: { ...same.tables, more: other } }, `the table more has the digest ${other}, elsewhere none`],
])('names the engine and the place: %s', (_, got, sentence) => expect(differences('Firefox', expected, got)).toEqual([`Firefox: ${sentence}`]))
