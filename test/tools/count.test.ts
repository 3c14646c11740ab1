import { expect, test } from 'vitest'
import { countTests } from './count.ts'

test('counts what passed, failed and was skipped, and names the skipped', () => {
  const report = { testResults: [{ name: 'a', status: 'failed', assertionResults: [
    { fullName: 'one', status: 'passed' }, { fullName: 'two', status: 'failed' }, { fullName: 'three', status: 'skipped' }, { fullName: 'four', status: 'pending' },
  ] }] }
  expect(countTests(report)).toEqual({ passed: 1, failed: 1, skipped: 2, skippedNames: ['three', 'four'] })
})

test('a file that cannot be loaded is a failure, though it holds no test', () => {
  expect(countTests({ testResults: [{ name: 'a', status: 'failed', assertionResults: [] }] }).failed).toBe(1)
})
