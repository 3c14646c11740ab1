import { expect, test } from 'vitest'
import { countTests, outsideMark } from './count.ts'

test('counts what passed, failed and was skipped, and names the skipped', () => {
  const report = { testResults: [{ name: 'a', status: 'failed', assertionResults: [
    { fullName: 'one', status: 'passed' }, { fullName: 'two', status: 'failed' }, { fullName: 'three', status: 'skipped' }, { fullName: 'four', status: 'pending' },
  ] }] }
  expect(countTests(report)).toEqual({ passed: 1, failed: 1, skipped: 2, skippedNames: ['three', 'four'], outside: 0 })
})

test('tells which skipped tests needed data that is no part of a checkout', () => {
  const report = { testResults: [{ name: 'a', status: 'passed', assertionResults: [
    { fullName: `verdicts agree ${outsideMark}`, status: 'pending' }, { fullName: 'in chromium', status: 'pending' }, { fullName: `sizes ${outsideMark}`, status: 'passed' },
  ] }] }
  expect(countTests(report)).toMatchObject({ passed: 1, skipped: 2, outside: 1 })
})

test('a file that cannot be loaded is a failure, though it holds no test', () => {
  expect(countTests({ testResults: [{ name: 'a', status: 'failed', assertionResults: [] }] }).failed).toBe(1)
})
