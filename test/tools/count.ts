/** The part of Vitest's JSON report that is counted here. */
export interface Report {
  testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[]
}

/** What came of a run. A file that could not even be loaded holds no failed test, so it counts as one. */
export interface Count { passed: number; failed: number; skipped: number; skippedNames: string[]; /** Those of the skipped that needed data which is no part of a checkout. */ outside: number }

/** Stands in the names of tests that need histories recorded elsewhere. */
export const outsideMark = '(histories from outside)'

/** Counts the tests of a report; whatever neither passed nor failed was skipped. */
export function countTests(report: Report): Count {
  const count: Count = { passed: 0, failed: 0, skipped: 0, skippedNames: [], outside: 0 }
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter(result => result.status === 'failed').length
    const passed = file.assertionResults.filter(result => result.status === 'passed').length
    const skipped = file.assertionResults.filter(result => result.status !== 'failed' && result.status !== 'passed')
    count.passed += passed
    count.failed += failed === 0 && file.status === 'failed' ? 1 : failed
    count.skipped += skipped.length
    count.outside += skipped.filter(result => result.fullName.includes(outsideMark)).length
    count.skippedNames.push(...skipped.map(result => result.fullName))
  }
  return count
}
